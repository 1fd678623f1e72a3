"""What kinds ask beside kind, day and time: positions, a level, academic credits (N10).

An activity keeps these as plain values, so that it can be judged again years later.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from ce_credits.rules.inputs import ActivityInput
from credentials.policy import FlatFormula, Kind

EXTRAS = (
    *("housekeeping_minutes", "paid", "academic_credits", "positions", "level"),
    *("stated_credits", "website", "topics"),
)
"""In the order in which forms ask them."""

KNOWN = ("profession",)
"""What no form asks: the member's record has it."""

AMOUNTS = ("academic_credits", "stated_credits")

Kept = int | str | bool | list[str]


def asked_of(kind: Kind | None) -> tuple[str, ...]:
    """Name what a kind asks beside its time, in the order of `EXTRAS`.

    A rate that allows no housekeeping, and counts paid time too, asks nothing more.
    """
    return tuple(name for name in EXTRAS if kind and name in kind.inputs)


def asked_by(kinds: Iterable[Kind]) -> tuple[str, ...]:
    """Name what any of some kinds asks beside its time, in the order of `EXTRAS`."""
    found = {name for kind in kinds for name in asked_of(kind)}
    return tuple(name for name in EXTRAS if name in found)


def levels_of(kind: Kind | None) -> tuple[str, ...]:
    """Name the levels a kind knows, in the order of its pack."""
    if kind is None or not isinstance(kind.formula, FlatFormula):
        return ()
    return tuple(name for name, _ in kind.formula.levels)


def main_input(kind: Kind | None) -> str:
    """Name the input that the credit grows with."""
    asked = asked_of(kind)
    amounts = ("academic_credits", "positions")
    return next((name for name in amounts if name in asked), "minutes")


def only_asked(kind: Kind | None, values: Mapping[str, object]) -> dict[str, object]:
    """Leave out what the kind doesn't ask, and what was left empty."""
    known = tuple(name for name in KNOWN if kind and name in kind.inputs)
    return {
        name: values[name]
        for name in (*asked_of(kind), *known)
        if values.get(name) not in (None, "", [], ())
    }


def as_kept(values: Mapping[str, object]) -> dict[str, Kept]:
    """Give inputs as an activity keeps them: whole numbers, yes or no, else text.

    An academic credit's decimals stay exact as text (X4).
    """
    return {name: _kept(name, value) for name, value in values.items()}


def as_given(kept: Mapping[str, object]) -> dict[str, object]:
    """Give inputs that an activity keeps as the rules take them."""
    return {
        name: Decimal(str(value)) if name in AMOUNTS else value
        for name, value in kept.items()
        if name in EXTRAS or name in KNOWN
    }


def activity_input(
    kind: str, on: date, *, minutes: object, title: str, extras: Mapping[str, object]
) -> ActivityInput:
    """Put together what the rules judge; `extras` are those the kind asks."""
    level = extras.get("level")
    return ActivityInput(
        kind=kind,
        on=on,
        minutes=minutes,
        title=title,
        positions=extras.get("positions"),
        level=None if level is None else str(level),
        housekeeping_minutes=extras.get("housekeeping_minutes"),
        academic_credits=extras.get("academic_credits"),
        paid=extras.get("paid"),
        stated_credits=extras.get("stated_credits"),
        profession=extras.get("profession"),
        topics=extras.get("topics"),
        website=extras.get("website"),
    )


def _kept(name: str, value: object) -> Kept:
    if isinstance(value, bool):
        return value
    if isinstance(value, (list, tuple)):
        return [str(each) for each in value]
    if name in AMOUNTS or not isinstance(value, (int, Decimal)):
        return str(value)
    return int(value)
