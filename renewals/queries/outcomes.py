"""How many terms and cycles ended in each month, and what became of them.

Counted in the database; what is asked of the rules alone are the few people who let a
cycle expire and began another. Tests hold all of it against the rules.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from credentials.models import Certification, StandingPeriod, Tally, Window
from credentials.policy import cycle_programs
from renewals.models import MovedDeadline, Recertification
from renewals.queries.histories import facts_by_member, history_of
from renewals.rules import Term
from renewals.rules.cycles import History
from renewals.rules.outcomes import (
    EXPIRED,
    EXTENDED,
    LAPSED,
    LATE,
    ON_TIME,
    OPEN,
    REINSTATED,
    term_outcome,
)

Outcomes = Counter[tuple[date, str]]
"""By the first of the month and what became of it."""
Kind = Recertification.Kind
M = TypeVar("M", Window, Recertification, Tally)


@dataclass(frozen=True)
class Ended:
    """Which terms or cycles are asked about.

    Args:
        program: the body.
        first: the first day on which they end.
        until: the last one.
        credential: of holders of this one by the last day; all where it is empty.
    """

    program: str
    first: date
    until: date
    credential: str = ""


def outcomes(ended: Ended, *, today: date) -> Outcomes:
    """Count what ended in each month, by what is known of it today.

    A month ahead has what ends in it as things are now. At most six statements,
    whatever the number of people.
    """
    if ended.program in cycle_programs():
        return _closed(ended) + _running(ended, today) + _left_behind(ended, today)
    return _terms(ended, today)


def _terms(ended: Ended, today: date) -> Outcomes:
    there = Window.objects.filter(
        program=ended.program,
        last_on__range=(ended.first, ended.until),
        member__joined_to=None,
    )
    found = _held(there, ended, OuterRef("last_on")).order_by()
    every = Counter(dict(found.values_list("last_on").annotate(count=Count("pk"))))
    followed = found.filter(
        member__windows__program=ended.program,
        member__windows__undone_at=None,
        member__windows__sequence=F("sequence") + 1,
    ).values_list("last_on", "member__windows__first_on")
    counts: Outcomes = Counter()
    for last_on, next_on, count in followed.annotate(count=Count("pk")):
        counts[_of_term(last_on, next_on, today)] += count
        every[last_on] -= count
    for last_on, count in every.items():
        counts[_of_term(last_on, None, today)] += count
    return +counts


def _of_term(last_on: date, next_on: date | None, today: date) -> tuple[date, str]:
    term = Term(last_on, last_on, last_on)
    return _month(last_on), term_outcome(term, next_first_on=next_on, today=today)


def _closed(ended: Ended) -> Outcomes:
    """Count the cycles that were recertified, by how (as `cycle_outcome` does)."""
    longer = Recertification.objects.filter(
        member=OuterRef("member"),
        program=ended.program,
        kind=Kind.EXTENSION,
        state=Recertification.State.APPROVED,
        cycle_last_on=OuterRef("cycle_last_on"),
        decided_on__lte=OuterRef("submitted_on"),
    )
    decreed = MovedDeadline.objects.given().filter(
        member=OuterRef("member"),
        program=ended.program,
        cycle_last_on=OuterRef("cycle_last_on"),
        decreed_on__lte=OuterRef("submitted_on"),
        until_on__gte=OuterRef("submitted_on"),
    )
    after = Q(submitted_on__gt=F("cycle_last_on"))
    how = Case(
        When(kind=Kind.REINSTATEMENT, then=Value(REINSTATED)),
        When(after & (Exists(longer) | Exists(decreed)), then=Value(EXTENDED)),
        When(paid_on__lte=F("cycle_last_on"), then=Value(ON_TIME)),
        default=Value(LATE),
        output_field=CharField(),
    )
    found = _approved(ended).filter(
        cycle_last_on__range=(ended.first, ended.until), member__joined_to=None
    )
    found = _held(found, ended, OuterRef("cycle_last_on")).order_by()
    return _by_month(
        found.annotate(how=how)
        .values_list("cycle_last_on", "how")
        .annotate(count=Count("pk"))
    )


def _running(ended: Ended, today: date) -> Outcomes:
    """Count what is not recertified, of the cycle that everybody is asked about."""
    closed = _approved(ended).filter(
        member=OuterRef("member"), cycle_last_on=OuterRef("last_on")
    )
    found = (
        Tally.objects.of_program(ended.program)
        .on(today)
        .filter(~Exists(closed), last_on__range=(ended.first, ended.until))
    )
    rows = (
        _held(found, ended, OuterRef("last_on"))
        .order_by()
        .values_list("last_on", "standing")
        .annotate(count=Count("pk"))
    )
    over = {LAPSED, EXPIRED}
    return _by_month(
        (last_on, standing if standing in over else OPEN, count)
        for last_on, standing, count in rows
    )


def _left_behind(ended: Ended, today: date) -> Outcomes:
    """Count the expired cycles of people who began anew by another exam (N8)."""
    ids = _began_anew(ended.program, today)
    counts: Outcomes = Counter()
    if not ids:
        return counts
    for facts in facts_by_member(ids, ended.program).values():
        history = history_of(facts, ended.program, as_of=today)
        for last_on in _expired(history, ended, today):
            counts[_month(last_on), EXPIRED] += 1
    return counts


def _expired(history: History, ended: Ended, today: date) -> Iterator[date]:
    present = history.running(today)
    for cycle in history.cycles:
        held = {each.code for each in cycle.earned if each.on <= cycle.last_on}
        if (
            cycle != present
            and cycle.closed_on is None
            and ended.first <= cycle.last_on <= ended.until
            and (not ended.credential or ended.credential in held)
        ):
            yield cycle.last_on


def _began_anew(program: str, today: date) -> set[UUID]:
    """Find whose cycle expired before another began; none who only may is one too many.

    The standing kept says so, or a cycle that begins on the day of a later exam.
    """
    of_member = {"member": OuterRef("member"), "program": program}
    mine = StandingPeriod.objects.filter(**of_member)
    expired = StandingPeriod.objects.filter(
        Exists(
            mine.filter(
                recording=OuterRef("recording"),
                from_on__gt=OuterRef("from_on"),
                from_on__lte=today,
            )
        ),
        ~Exists(mine.filter(recording__gt=OuterRef("recording"))),
        program=program,
        standing=EXPIRED,
        from_on__lte=today,
        member__joined_to=None,
    )
    exams = Certification.objects.filter(**of_member)
    again = (
        Tally.objects.of_program(program)
        .on(today)
        .filter(
            Exists(exams.filter(earned_on=OuterRef("first_on"))),
            Exists(exams.filter(earned_on__lt=OuterRef("first_on"))),
        )
    )
    ids = expired.order_by().values_list("member", flat=True)
    return {*ids, *again.order_by().values_list("member", flat=True)}


def _approved(ended: Ended) -> QuerySet[Recertification]:
    """Find what closed a cycle of the body."""
    return Recertification.objects.filter(
        program=ended.program,
        state=Recertification.State.APPROVED,
        kind__in=(Kind.RECERTIFICATION, Kind.REINSTATEMENT),
    )


def _held(found: QuerySet[M], ended: Ended, by: OuterRef) -> QuerySet[M]:
    if not ended.credential:
        return found
    held = Certification.objects.filter(
        member=OuterRef("member"),
        program=ended.program,
        code=ended.credential,
        earned_on__lte=by,
    )
    return found.filter(Exists(held))


def _by_month(rows: Iterable[tuple[date, str, int]]) -> Outcomes:
    counts: Outcomes = Counter()
    for last_on, outcome, count in rows:
        counts[_month(last_on), outcome] += count
    return counts


def _month(day: date) -> date:
    return day.replace(day=1)
