"""Whom a decree would give more time, and who of the list is left out."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID

from django.db.models import Max, QuerySet

from accounts.models import Member
from core.words import day_words
from credentials.models import Certification, Tally
from renewals.models import MovedDeadline
from renewals.queries.histories import facts_by_member, history_of
from renewals.rules.cycles import Cycle, deadline_of, why_not_moved
from renewals.rules.terms import add_months

MOST_DECREED = 5_000
UNKNOWN = "Nobody of the body has this number."
OWN = "This is your own record: another manager has to decree it."


@dataclass(frozen=True)
class Chosen:
    """Whom a decree is for, and for how long.

    Args:
        until_on: the last day; None where `months` says how many after each cycle.
        months: so many months after the cycle's last day.
        code: a credential; empty: any.
        cycle_last_on: the last day of the cycle; None where the numbers alone decide.
        numbers: certification numbers, a line each; empty: all of the cycle.
    """

    until_on: date | None
    months: int | None
    code: str = ""
    cycle_last_on: date | None = None
    numbers: Sequence[str] = ()

    def until(self, last_on: date) -> date:
        """Give the last day for a cycle."""
        return self.until_on or add_months(last_on, self.months or 0)


@dataclass(frozen=True)
class Gives:
    """Somebody's deadline: of which cycle, from and to."""

    member_id: UUID
    name: str
    number: str
    cycle_last_on: date
    from_on: date
    until_on: date


@dataclass(frozen=True)
class LeftOut:
    """Who of the list is given nothing: the line (0 without a list), who, and why."""

    line: int
    who: str
    why: str


@dataclass(frozen=True)
class DecreePlan:
    """All of a decree before it is one."""

    gives: Sequence[Gives] = ()
    left_out: Sequence[LeftOut] = ()
    over: int = 0

    @property
    def digest(self) -> str:
        """Tell whether it is still what somebody saw."""
        said = [[str(e.member_id), str(e.from_on), str(e.until_on)] for e in self.gives]
        return sha256(json.dumps(said).encode()).hexdigest()


@dataclass(frozen=True)
class _Named:
    """Somebody of the list, by the first number that named them."""

    line: int
    row: Certification


def planned_decree(
    program: str, chosen: Chosen, *, by: UUID | None, today: date
) -> DecreePlan:
    """Work out whom a decree gives more time today, and who is left out.

    Args:
        program: the body.
        chosen: whom it is for.
        by: the manager's user id: their own record is left to another.
        today: the day in the body's zone.

    Returns:
        The plan; only with `over` where more than `MOST_DECREED` are chosen.
    """
    rows = _chosen_rows(program, chosen)
    count = len(chosen.numbers) or rows.order_by().values("member").distinct().count()
    if count > MOST_DECREED:
        return DecreePlan(over=count)
    named, left_out = _named(rows, chosen)
    members = [each.row.member_id for each in named]
    cycles, coming = _cycles(members, program, today), _coming(members, program)
    gives: list[Gives] = []
    for each in named:
        member, cycle = each.row.member, cycles[each.row.member_id]
        why = _why_not(each.row, cycle, chosen, by, today)
        why = why or _comes(coming.get(member.pk), cycle, chosen)
        if why or cycle is None:
            who = f"{member.name}, {each.row.number}"
            left_out.append(LeftOut(each.line, who, why))
            continue
        gives.append(
            Gives(
                member_id=member.pk,
                name=member.name,
                number=each.row.number,
                cycle_last_on=cycle.last_on,
                from_on=deadline_of(cycle, today),
                until_on=chosen.until(cycle.last_on),
            )
        )
    gives.sort(key=lambda each: (each.name, each.number))
    left_out.sort(key=lambda each: (each.line, each.who))
    return DecreePlan(gives, left_out)


def decreed_ends(program: str, today: date) -> set[tuple[date, date]]:
    """List the cycles' ends that decrees moved, with the days they moved them to.

    What ended long ago is told of no more.
    """
    rows = MovedDeadline.objects.given().filter(program=program, until_on__gte=today)
    return set(rows.values_list("cycle_last_on", "until_on").distinct())


def _chosen_rows(program: str, chosen: Chosen) -> QuerySet[Certification]:
    rows = Certification.objects.filter(program=program)
    if chosen.numbers:
        spelled = {each for n in chosen.numbers for each in (n, n.upper())}
        return rows.filter(number__in=spelled)
    if chosen.code:
        rows = rows.filter(code=chosen.code)
    assert chosen.cycle_last_on is not None
    return rows.filter(member__in=_of_cycle(program, chosen.cycle_last_on))


def _of_cycle(program: str, last_on: date) -> QuerySet[Tally, UUID]:
    """Find whose kept figures name a cycle: the rules are asked of them afterwards."""
    rows = Tally.objects.filter(program=program, last_on=last_on)
    return rows.values_list("member", flat=True)


def _named(
    rows: QuerySet[Certification], chosen: Chosen
) -> tuple[list[_Named], list[LeftOut]]:
    """Give each person of the list once, and the lines that name nobody."""
    found = list(rows.select_related("member").order_by("member", "earned_on", "code"))
    first: dict[UUID, _Named] = {}
    if not chosen.numbers:
        for row in found:
            first.setdefault(row.member_id, _Named(0, row))
        return list(first.values()), []
    by_number = {row.number: row for row in found}
    left_out = []
    for line, number in enumerate(chosen.numbers, start=1):
        held = by_number.get(number) or by_number.get(number.upper())
        if held is not None:
            first.setdefault(held.member_id, _Named(line, held))
        elif number:
            left_out.append(LeftOut(line, number, UNKNOWN))
    return list(first.values()), left_out


def _cycles(
    ids: Sequence[UUID], program: str, today: date
) -> Mapping[UUID, Cycle | None]:
    facts = facts_by_member(ids, program)
    return {
        each: history_of(facts[each], program, as_of=today).working(today)
        for each in ids
    }


def _coming(members: Sequence[UUID], program: str) -> Mapping[UUID, date]:
    """Find until when decrees give them time that no worker came to yet."""
    rows = MovedDeadline.objects.waiting().filter(program=program, member__in=members)
    found = rows.order_by().values("member").annotate(until=Max("until_on"))
    return {each["member"]: each["until"] for each in found}


def _comes(until: date | None, cycle: Cycle | None, chosen: Chosen) -> str:
    if until is None or cycle is None or chosen.until(cycle.last_on) > until:
        return ""
    return f"A decree gives them until {day_words(until)} already."


def _why_not(
    row: Certification,
    cycle: Cycle | None,
    chosen: Chosen,
    by: UUID | None,
    today: date,
) -> str:
    """Say why somebody is left out; empty where they are given more time."""
    if by is not None and row.member.user_id == by:
        return OWN
    if cycle is not None:
        # Whoever is recertified has the next cycle already, if it has begun.
        last = chosen.cycle_last_on
        if last is not None and cycle.last_on != last:
            return f"Their cycle ends {day_words(cycle.last_on)}."
        if chosen.code and chosen.code not in {e.code for e in cycle.held(today)}:
            return f"They hold no {chosen.code} in this cycle."
    until = chosen.until(cycle.last_on) if cycle else today
    return why_not_moved(cycle, until, on=today, today=today)


def own_decrees(member: Member, program: str) -> Sequence[MovedDeadline]:
    """List what decrees gave somebody, the newest first."""
    mine = MovedDeadline.objects.given().filter(member=member, program=program)
    return list(mine.order_by("-decreed_on", "-number"))


def waiting_lines(program: str, *, most: int) -> Sequence[UUID]:
    """List lines of decrees that a worker has still to give, the oldest first."""
    rows = MovedDeadline.objects.waiting().filter(program=program)
    return list(rows.order_by("number", "pk").values_list("pk", flat=True)[:most])
