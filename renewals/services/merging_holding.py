"""Two records that are merged or parted: found, and held against everybody else."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db import OperationalError, transaction
from django.db.models import QuerySet

from accounts.access import refuse_own_record
from accounts.models import Duplicate, Member, Sponsorship, User
from ce_credits.events import CreditChanged
from ce_credits.models import ProofAllowance
from core.actor import Actor
from core.audit import hold_chains
from core.events import publish
from core.failures import FieldProblem, Missing, NotUsable, Stale
from core.scope import Scope, stepping_into
from core.zones import day_elsewhere
from credentials.models import Window
from credentials.policy import programs, zone_of
from renewals.models import Recertification, TermCertificate
from renewals.services.merging_rows import TABLES, every
from renewals.services.merging_telling import Pair, When
from renewals.services.standing import record_standing

LONGEST_WORDS = 400
MEANWHILE = "Somebody acted on this report just now. Open it again."
BUSY = "Somebody is acting on one of the two just now. Try again."


def said_words(text: str, field: str, missing: str) -> str:
    """Read why; `missing` is said where it is empty.

    Raises:
        NotUsable: it is empty or too long.
    """
    said = text.strip()
    if said and len(said) <= LONGEST_WORDS:
        return said
    problem = f"Use at most {LONGEST_WORDS} characters." if said else missing
    raise NotUsable(problem, [FieldProblem(field, problem)])


def locked(duplicate: Duplicate) -> Duplicate:
    """Lock a report whose second account was proved.

    Raises:
        Missing: there is none.
    """
    rows = Duplicate.objects.select_for_update(of=("self",)).exclude(other=None)
    row = rows.select_related("member__user").filter(pk=duplicate.pk).first()
    if row is None:
        raise Missing("Not found.")
    return row


def pair_of(row: Duplicate, keep: UUID) -> Pair:
    """Read both records; the kept one comes first.

    Raises:
        NotUsable: `keep` is neither of the two.
    """
    asked = [each for each in (row.member_id, row.other_id) if each]
    return _paired(Member.objects.filter(pk__in=asked), asked, keep)


def refuse_own(actor: Actor, pair: Pair) -> None:
    """Refuse who would merge or part their own.

    Raises:
        NotEligible: one of the two is the actor's own.
    """
    for each in (pair.kept, pair.given_up):
        refuse_own_record(actor, each)


def hold(row: Duplicate, pair: Pair) -> Pair:
    """Lock all that either has, and read both records again.

    It waits for applications, then for all trails, as everybody does. Whatever else
    there is, others lock first and a trail second: with the trails in hand it isn't
    waited for.

    Raises:
        Stale: somebody acts on one of the two at this moment.
    """
    both = [pair.kept.pk, pair.given_up.pk]
    practices: set[UUID] = set()
    for program in programs():
        with stepping_into(Scope.staff(program)):
            mine = Recertification.objects.filter(member__in=both, program=program)
            list(mine.select_for_update(of=("self",)).order_by("pk"))
            practices.update(_practices(both, program))
    for program in programs():
        hold_chains(practice_ids={None}, program=program)
    if practices:
        hold_chains(practice_ids=practices, program="")
    records = Member.objects.filter(pk__in=both)
    _take(records)
    fresh = _paired(records, both, pair.kept.pk)
    for user_id in {fresh.kept.user_id, fresh.given_up.user_id, row.given_up_user_id}:
        if user_id:
            _hold_account(user_id, both)
    for program in programs():
        with stepping_into(Scope.staff(program)):
            _hold_rows(both, program)
    return fresh


def reckon(row: Duplicate, pair: Pair, when: When) -> None:
    """Have everything that follows from facts follow from them anew, for both."""
    for program in row.moved["rows"]:
        today = elsewhere(row, program, when).today
        with stepping_into(Scope.staff(program)):
            for each in sorted((pair.kept.pk, pair.given_up.pk)):
                record_standing(
                    member_id=each, program=program, today=today, now=when.now
                )
                publish(CreditChanged(each, program, when.actor, today, when.now))


def elsewhere(row: Duplicate, program: str, when: When) -> When:
    """Say when it is for another body while it is that day for the one that merges."""
    here, there = zone_of(row.program), zone_of(program)
    today = day_elsewhere(when.today, when.now, here=here, there=there)
    return When(when.actor, today, when.now)


def _paired(records: QuerySet[Member], asked: list[UUID], keep: UUID) -> Pair:
    found = {each.pk: each for each in records}
    if keep not in found or len(found) != len(asked):
        text = "Choose which of the two accounts is kept."
        raise NotUsable(text, [FieldProblem("keep", text)])
    kept = found.pop(keep)
    return Pair(kept, found.popitem()[1])


def _practices(both: list[UUID], program: str) -> Iterator[UUID]:
    mine = {"member__in": both, "program": program}
    yield from Sponsorship.objects.filter(**mine).values_list("practice", flat=True)
    terms = Window.objects.filter(**mine).exclude(practice=None)
    yield from terms.values_list("practice", flat=True)


def _hold_account(user_id: UUID, both: list[UUID]) -> None:
    with stepping_into(Scope.entry()):
        _take(User.objects.filter(pk=user_id))
    with stepping_into(Scope.own(user_id)):
        _take(ProofAllowance.objects.filter(member__in=both))


def _hold_rows(both: list[UUID], program: str) -> None:
    for model, path in TABLES.items():
        _take(every(model).filter(**{path: program, "member__in": both}))
    mine = {"window__member__in": both, "window__program": program}
    _take(TermCertificate.objects.filter(**mine))


def _take(rows: QuerySet[Any]) -> None:
    """Lock rows, or say that somebody has one of them; SQLite has one writer anyway."""
    try:
        with transaction.atomic():
            list(rows.select_for_update(of=("self",), nowait=True).order_by("pk"))
    except OperationalError as error:
        raise Stale(BUSY) from error
