"""What an application costs on which day, for the holder's page (N5-N8)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from credentials.policy import day_words, money_words, span_words
from renewals.rules.cycles import Closed, Cycle, fee_on


@dataclass(frozen=True)
class CostRow:
    """Days on which an application costs the same; `now` marks those of today."""

    days: str
    what: str
    member: str
    other: str
    now: bool
    closed: bool = False


def costs_of(cycle: Cycle, today: date) -> Sequence[CostRow]:
    """List what an application costs from the window's opening to the last day.

    Nothing where the cycle is recertified: there is nothing to apply for.
    """
    return [] if cycle.recertified_by(today) else list(_rows(cycle, today))


def _rows(cycle: Cycle, today: date) -> Iterator[CostRow]:
    season = cycle.season
    late_from, late_to = season.late_on, season.late_until
    late_to = max(cycle.granted_until(today) or late_to, late_to)
    # From the day after a decree has ended it costs something else.
    ends = {each.until for each in cycle.moved if late_from <= each.until < late_to}
    firsts = [late_from, *(_day_after(each) for each in sorted(ends))]
    spans = [
        (season.opens_on, season.last_on),
        *zip(firsts, [*sorted(ends), late_to], strict=True),
        (max(season.lapses_on, _day_after(late_to)), season.grace_until),
    ]
    for first, last in spans:
        yield _row(cycle, first, last, today)
    text = f"From {day_words(season.expires_on)}"
    after = today >= season.expires_on
    yield CostRow(text, "Only a new exam", "", "", now=after, closed=True)


def _row(cycle: Cycle, first: date, last: date, today: date) -> CostRow:
    here = first <= today <= last
    # Who holds what may still change: a day to come is shown as if it were today.
    on = today if here else first
    member = fee_on(cycle, on, society_member=True)
    other = fee_on(cycle, on, society_member=False)
    if isinstance(member, Closed) or isinstance(other, Closed):
        reason = member.reason if isinstance(member, Closed) else None
        text = reason.text if reason else ""
        return CostRow(span_words(first, last), text, "", "", now=here, closed=True)
    extra = [part.label for part in member.parts[1:]]
    return CostRow(
        days=span_words(first, last),
        what=" and ".join(["Recertification", *(each.lower() for each in extra)]),
        member=money_words(member.amount, member.currency),
        other=money_words(other.amount, other.currency),
        now=here,
    )


def _day_after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)
