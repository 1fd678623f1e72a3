"""Working out what members' cycles have come to, and keeping it for whole bodies."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Exists, OuterRef

from ce_credits.queries import credits_by_member
from core.scope import Scope, scoped
from core.turns import take_turns
from credentials.models import Certification, Tally
from credentials.policy import versions_of
from renewals.queries import facts_by_member, history_of
from renewals.rules import cycles

logger = structlog.get_logger(__name__)

MOST_AT_ONCE = 500


@transaction.atomic
def tally(
    *, member_ids: Sequence[UUID], program: str, today: date, now: datetime
) -> None:
    """Work out members' figures from a day on, in place of those that were kept.

    However many they are, it takes the same few statements. Of two who do it at once
    for one member, the second waits and then reads what the first has written.
    """
    wait_for(member_ids, program)
    facts = facts_by_member(member_ids, program)
    credits = credits_by_member(member_ids, program)
    book = _book(program)
    rows = [
        _row(member_id, program, each, until_on, book, now)
        for member_id in member_ids
        for each, until_on in _with_ends(
            cycles.tallies(
                history_of(facts[member_id], program, as_of=date.max),
                credits[member_id],
                since=today,
            )
        )
    ]
    Tally.objects.filter(member__in=member_ids, program=program).delete()
    Tally.objects.bulk_create(rows)


def wait_for(member_ids: Sequence[UUID], program: str) -> None:
    """Wait for whoever writes what members' cycles came to; once more costs nothing."""
    take_turns(f"tally {program} {each}" for each in member_ids)


def tally_all(*, program: str, today: date, now: datetime) -> None:
    """Work out whatever is missing or follows an older policy, in a program of cycles.

    Each part is a transaction of its own: what is done stays done.
    """
    with scoped(Scope.sweep()):
        found = _untallied(program)
    for start in range(0, len(found), MOST_AT_ONCE):
        with scoped(Scope.sweep()):
            part = found[start : start + MOST_AT_ONCE]
            tally(member_ids=part, program=program, today=today, now=now)
    if found:
        logger.info("cycles tallied", program=program, members=len(found))


def _untallied(program: str) -> Sequence[UUID]:
    mine = Tally.objects.filter(
        member=OuterRef("member"), program=program, book=_book(program)
    )
    found = Certification.objects.filter(~Exists(mine), program=program).order_by()
    return list(found.values_list("member", flat=True).distinct())


def _with_ends(
    found: Sequence[cycles.Tally],
) -> Iterator[tuple[cycles.Tally, date | None]]:
    ends = [each.from_on for each in found[1:]]
    return zip(found, (*ends, None), strict=False)


def _row(
    member_id: UUID,
    program: str,
    each: cycles.Tally,
    until_on: date | None,
    book: str,
    now: datetime,
) -> Tally:
    first_on, last_on = each.cycle
    return Tally(
        member_id=member_id,
        program=program,
        from_on=each.from_on,
        until_on=until_on,
        standing=each.standing,
        first_on=first_on,
        last_on=last_on,
        counts_until=each.counts_until,
        credits=each.totals.credits,
        approved=each.totals.approved,
        credits_asked=each.need.credits,
        approved_asked=each.need.approved,
        book=book,
        recorded_at=now,
    )


def _book(program: str) -> str:
    """Name the newest version there is: with another, figures may be others."""
    return versions_of(program)[-1].version
