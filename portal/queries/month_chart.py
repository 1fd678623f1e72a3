"""A picture of months: a column for each, in parts that differ without colour.

The table beside it says the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

HEIGHT, WIDTH, GAP = 160, 30, 6
# How parts look, from the foot of a column upwards: filled, hatched, dotted, outlined.
GOOD, DUE, RENEW_NOW, NONE = "good", "due", "renew_now", "none"
LOOKS = (GOOD, DUE, RENEW_NOW, NONE)


@dataclass(frozen=True)
class Part:
    """A part of a column: how it looks, how many it is, and where it is drawn."""

    standing: str
    count: int
    y: int
    height: int


@dataclass(frozen=True)
class Column:
    """A month, with its parts; `now` is this month."""

    month: str
    year: str
    x: int
    parts: Sequence[Part]
    counts: Sequence[int]
    now: bool
    ahead: bool


@dataclass(frozen=True)
class Line:
    """A line across, and the number it stands for."""

    y: int
    text: str


@dataclass(frozen=True)
class MonthChart:
    """A picture of columns. `words` say what each look is, `lines` how high it goes."""

    width: int
    height: int
    words: Sequence[tuple[str, str]]
    columns: Sequence[Column]
    lines: Sequence[Line] = ()


def month_chart(
    words: Mapping[str, str],
    counts: Mapping[date, Mapping[str, int]],
    *,
    today: date,
) -> MonthChart:
    """Draw columns as high as what they count.

    Args:
        words: what each look that is used stands for, from the foot upwards.
        counts: by the first of each month and the look, in order.
        today: the body's day.
    """
    highest = max((sum(each.values()) for each in counts.values()), default=0)
    top = nice(highest)
    order = list(words)
    first = today.replace(day=1)
    return MonthChart(
        width=len(counts) * (WIDTH + GAP),
        height=HEIGHT,
        words=list(words.items()),
        columns=[
            column(place, month, each, whole=top, order=order, first=first)
            for place, (month, each) in enumerate(counts.items())
        ],
        lines=[Line(HEIGHT, "0"), Line(0, f"{top:,}")] if top else (),
    )


def nice(number: int) -> int:
    """Round up to a figure and noughts that read well; 0 stays."""
    step = 1
    while number > 0:
        for factor in (1, 2, 3, 4, 5, 6, 8):
            if number <= factor * step:
                return factor * step
        step *= 10
    return 0


def column(
    place: int,
    day: date,
    counts: Mapping[str, int],
    *,
    whole: int,
    order: Sequence[str],
    first: date,
) -> Column:
    """Lay out one column.

    Args:
        place: its number, from 0.
        day: the first of its month.
        counts: by look.
        whole: how many fill the whole height.
        order: the looks from the foot upwards.
        first: the first of this month.
    """
    parts, top = [], HEIGHT
    below = 0
    for look in order:
        below += counts.get(look, 0)
        y = HEIGHT - round(HEIGHT * below / whole) if whole else HEIGHT
        if counts.get(look):
            parts.append(Part(look, counts[look], y, top - y))
        top = y
    return Column(
        month=f"{day:%b}",
        year=str(day.year),
        x=place * (WIDTH + GAP),
        parts=parts,
        counts=[counts.get(look, 0) for look in order],
        now=day == first,
        ahead=day > first,
    )
