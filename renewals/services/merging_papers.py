"""Certificates that a merge frees, and that undoing it takes back."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from accounts.models import Duplicate
from certificates.services import bar_papers, supersede
from core.failures import NotEligible
from core.scope import Scope, stepping_into
from renewals.models import TermCertificate
from renewals.queries import opened_words
from renewals.services.merging_telling import Pair, When

State = TermCertificate.State
REASON = "The merge it rested on was undone."


def waiting_terms(row: Duplicate, pair: Pair) -> Mapping[str, Sequence[UUID]]:
    """Name by body what is held for either, before all is reckoned anew."""
    found = {}
    for program in row.moved["rows"]:
        mine = {"window__member__in": pair.ids, "window__program": program}
        with stepping_into(Scope.staff(program)):
            held = TermCertificate.objects.filter(state=State.HELD, **mine)
            found[program] = list(held.values_list("pk", flat=True))
    return found


def freed_of(waited: Mapping[str, Sequence[UUID]]) -> list[str]:
    """Name the certificates that were issued for what had waited."""
    found: list[str] = []
    for program, ids in waited.items():
        with stepping_into(Scope.staff(program)):
            freed = TermCertificate.objects.filter(pk__in=ids, state=State.ISSUED)
            found += map(str, freed.values_list("certificate", flat=True))
    return sorted(found)


def take_papers_back(row: Duplicate, program: str, when: When) -> None:
    """Take back what the merge itself freed: its terms are judged anew after this.

    Raises:
        NotEligible: somebody has opened one.
    """
    freed = [UUID(each) for each in row.moved.get("freed", ())]
    issued = (
        TermCertificate.objects.filter(
            window__program=program, state=State.ISSUED, certificate__in=freed
        )
        .select_for_update(of=("self",))
        .select_related("window__member", "certificate__member")
        .order_by("pk")
    )
    papers = {each.certificate.pk: each for each in issued if each.certificate}
    opening = bar_papers(actor=when.actor, certificate_ids=papers, now=when.now)
    if opening is not None:
        name = papers[opening.certificate_id].window.member.name
        said = opened_words(name, opening, program)
        raise NotEligible(f"{said} The merge issued it, so the merge stands.")
    for held in papers.values():
        assert held.certificate
        supersede(
            actor=when.actor,
            certificate=held.certificate,
            by=None,
            reason=REASON,
            today=when.today,
            now=when.now,
        )
        held.state, held.certificate = State.HELD, None
        held.save(update_fields=["state", "certificate"])
