"""Undoing a term: it counts nowhere any more, and its certificate is superseded."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from certificates.services import bar_papers, supersede
from core.actor import Actor
from core.audit import record
from core.failures import NotEligible, Stale
from credentials.events import TermsUndone, Why
from credentials.models import Assignment, Window
from credentials.policy import day_words
from renewals.models import TermCertificate
from renewals.queries import Life, life_of, opened_words, why_terms_stand
from renewals.services.holding import free_held
from renewals.services.standing import record_standing
from renewals.services.untelling import Undone, take_letters_back

State = TermCertificate.State
REASON = "What it was issued for was undone."


def on_terms_undone(event: TermsUndone) -> None:
    """Undo the terms that assignments began, all of them or none.

    Whoever publishes holds the sponsorships, so nobody renews their members meanwhile.

    Raises:
        NotEligible: something was done with one of them since.
        Stale: another undid one of them at this very moment.
    """
    reasons = why_terms_stand(event.assignments, event.days)
    for given in event.assignments:
        if given.pk in reasons:
            raise NotEligible(f"{reasons[given.pk]} Nothing was undone.")
    held = _hold(event.assignments)
    _bar(event, held.values())
    done = [
        _set_aside(
            actor=event.actor,
            given=given,
            held=held[given.pk],
            today=event.days[given.product.program],
            now=event.now,
            why=event.why,
        )
        for given in event.assignments
    ]
    # What a letter said of a term that moves stays true: its days are the same.
    if event.why != "moved":
        take_letters_back(done, event.now)


def _hold(given: Sequence[Assignment]) -> Mapping[UUID, TermCertificate]:
    """Lock what was decided on the terms' certificates; by assignment."""
    found = (
        TermCertificate.objects.filter(window__assignment__in=[row.pk for row in given])
        .select_for_update(of=("self",))
        .select_related("window__member", "window__practice", "certificate__member")
        .order_by("pk")
    )
    held = {each.window.assignment_id: each for each in found}
    if held.keys() != {row.pk for row in given}:
        raise Stale("Somebody undid this just now. Reload the page.")
    return {pk: each for pk, each in held.items() if pk}


def _bar(event: TermsUndone, held: Iterable[TermCertificate]) -> None:
    """Keep the certificates from being opened; who opened one first wins."""
    papers = {each.certificate.pk: each for each in held if each.certificate}
    opening = bar_papers(
        actor=event.actor,
        certificate_ids=list(papers),
        now=event.now,
    )
    if opening is not None:
        window = papers[opening.certificate_id].window
        said = opened_words(window.member.name, opening, window.program)
        raise NotEligible(f"{said} Nothing was undone.")


def _set_aside(
    *,
    actor: Actor,
    given: Assignment,
    held: TermCertificate,
    today: date,
    now: datetime,
    why: Why,
) -> Undone:
    window, certificate = held.window, held.certificate
    if not Window.objects.filter(pk=window.pk).update(undone_at=now):
        raise Stale("Somebody undid this just now. Reload the page.")
    TermCertificate.objects.filter(pk=held.pk).update(state=State.UNDONE)
    life = life_of(window.member_id, window.program)
    _record(actor, window, life, now, why)
    if certificate:
        supersede(
            actor=actor,
            certificate=certificate,
            by=None,
            reason=REASON,
            today=today,
            now=now,
        )
    record_standing(
        member_id=window.member_id, program=window.program, today=today, now=now
    )
    # Credit of its days counts in the term before it again (A16).
    free_held(window.member_id, window.program, actor, today, now)
    number = certificate.number if certificate else ""
    return Undone(given, window, life.latest, number, why)


def _record(actor: Actor, window: Window, life: Life, now: datetime, why: Why) -> None:
    name, latest = window.member.name, life.latest
    renewal_on = latest.renewal_on if latest else None
    said = f"{name} is not a member any more"
    if why != "pressed":
        said = f"Set the term aside that stood on the practice's own record of {name}"
    elif renewal_on:
        said = f"Renewal date of {name} is {day_words(renewal_on)} again"
    record(
        actor=actor,
        action="term.undone",
        subject=window,
        practice_id=window.practice_id,
        member_id=window.member_id,
        program=window.program,
        sentence=said,
        changes={"renewal_on": (window.renewal_on, renewal_on)},
        now=now,
    )
