"""The formulas a pack can give to a kind of activity.

bands   credit by bands of minutes (`[bands]` of the pack)
rate    so many credits a unit of minutes, cut to a step by a rounding
academic  so many credits for each academic credit of a course, cut to a step
flat    so many credits for each thing counted, by level where the body has levels
staff   a person determines the credit
never   the activity cannot count
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from credentials.policy.basis import Basis, read_basis
from credentials.policy.reading import (
    Table,
    as_count,
    as_flag,
    as_positive,
    as_share,
    as_text,
    one_of,
)
from credentials.policy.topics import PLAIN, Tagging, Topic, read_tagging

Rounding = Literal["down", "nearest", "half_up"]

TIME_INPUTS = frozenset({"minutes", "hours"})


@dataclass(frozen=True, slots=True)
class BandFormula:
    """Credit by the pack's bands of minutes."""


@dataclass(frozen=True, slots=True)
class RateFormula:
    """`credits` for every `unit_minutes`, cut to whole steps.

    Rounding: `down` drops what is over a step, `nearest` takes the nearer step (a tie
    goes to the even one), `half_up` takes the nearer step (a tie goes up).
    `housekeeping` minutes of each unit may be no learning; more is deducted (N9). Where
    it is None the kind asks for none. Where only unpaid time counts, `paid_says` tells
    whoever was paid.
    """

    credits: Decimal
    unit_minutes: int
    step: Decimal
    rounding: Rounding
    housekeeping: int | None = None
    paid_says: str = ""


@dataclass(frozen=True, slots=True)
class AcademicFormula:
    """`credits` for each academic credit of a course, cut to whole steps (N10)."""

    credits: Decimal
    step: Decimal
    rounding: Rounding


@dataclass(frozen=True, slots=True)
class FlatFormula:
    """Credit for each position held; `levels` pairs a level with its credits."""

    credits: Decimal | None
    levels: tuple[tuple[str, Decimal], ...]

    def credits_at(self, level: str | None) -> Decimal | None:
        """Credits for one position at a level; None when the level is unknown."""
        if not self.levels:
            return self.credits if level is None else None
        return dict(self.levels).get(level or "")


@dataclass(frozen=True, slots=True)
class StaffFormula:
    """A person determines the credit."""


@dataclass(frozen=True, slots=True)
class NeverFormula:
    """The activity cannot count, and the sentence that says so before any work."""

    says: str


Formula = (
    BandFormula
    | RateFormula
    | AcademicFormula
    | FlatFormula
    | StaffFormula
    | NeverFormula
)


@dataclass(frozen=True, slots=True)
class Appears:
    """What reports itself is there so many business days after its completion (N12)."""

    basis: Basis
    from_days: int
    to_days: int


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of activity: its label, formula, unit and whether it counts as approved.

    `approved` is None where the body knows no approved share; `appears` is None where
    its holder reports it. `physicians_only` brings others attendance alone (M5);
    `stated` takes what its provider stated, and time where it stated nothing (M13);
    `tagging` is whether it says what it is about (M8).
    """

    basis: Basis
    code: str
    label: str
    formula: Formula
    unit: str
    approved: bool | None
    appears: Appears | None = None
    physicians_only: bool = False
    stated: bool = False
    tagging: Tagging = PLAIN

    @property
    def inputs(self) -> frozenset[str]:
        """What the kind asks, beside a title that may name the activity."""
        known = {"stated_credits"} if self.stated else set()
        who = {"profession"} if self.physicians_only else set()
        return self._asked | known | who | self.tagging.inputs

    @property
    def _asked(self) -> frozenset[str]:
        match self.formula:
            case RateFormula(housekeeping=housekeeping, paid_says=paid):
                more = {"housekeeping_minutes"} if housekeeping is not None else set()
                return TIME_INPUTS | more | ({"paid"} if paid else set())
            case BandFormula() | NeverFormula():
                return TIME_INPUTS
            case AcademicFormula():
                return frozenset({"academic_credits"})
            case FlatFormula(levels=levels):
                return frozenset({"positions", "level"} if levels else {"positions"})
            case StaffFormula():
                return frozenset()


def read_kind(
    table: Table, sources: tuple[str, ...], *, unit: str, topics: tuple[Topic, ...]
) -> Kind:
    """Read one of `[[kinds]]`; `unit` is the pack's own, which a kind may replace."""
    code = table.need("code", as_text)
    label = table.need("label", as_text)
    formula = _read_formula(table)
    own_unit = table.maybe("unit", as_text)
    approved = table.maybe("approved", as_flag)
    appears = _read_appears(table, sources)
    physicians_only = table.maybe("physicians_only", as_flag) or False
    stated = table.maybe("stated", as_flag) or False
    tagging = read_tagging(table, topics)
    basis = read_basis(table, sources)
    table.close()
    return Kind(
        basis=basis,
        code=code,
        label=label,
        formula=formula,
        unit=own_unit or unit,
        approved=approved,
        appears=appears,
        physicians_only=physicians_only,
        stated=stated,
        tagging=tagging,
    )


def _read_appears(table: Table, sources: tuple[str, ...]) -> Appears | None:
    if not table.has("appears"):
        return None
    inner = table.table("appears")
    from_days = inner.need("from_days", as_positive)
    to_days = inner.need("to_days", as_positive)
    if to_days < from_days:
        inner.fail("to_days", "must not be before from_days")
    found = Appears(read_basis(inner, sources), from_days, to_days)
    inner.close()
    return found


def _read_formula(table: Table) -> Formula:
    words = ("bands", "rate", "academic", "flat", "staff", "never")
    match table.need("formula", one_of(words)):
        case "bands":
            return BandFormula()
        case "rate":
            return _read_rate(table)
        case "academic":
            return AcademicFormula(
                credits=table.need("credits", as_share),
                step=table.need("step", as_share),
                rounding=_read_rounding(table),
            )
        case "flat":
            return _read_flat(table)
        case "staff":
            return StaffFormula()
        case _:
            return NeverFormula(table.need("says", as_text))


def _read_rate(table: Table) -> RateFormula:
    unit_minutes = table.need("unit_minutes", as_positive)
    housekeeping = table.maybe("housekeeping", as_count)
    if housekeeping is not None and housekeeping >= unit_minutes:
        table.fail("housekeeping", "must be less than the unit's minutes")
    return RateFormula(
        credits=table.need("credits", as_share),
        unit_minutes=unit_minutes,
        step=table.need("step", as_share),
        rounding=_read_rounding(table),
        housekeeping=housekeeping,
        paid_says=table.maybe("paid_says", as_text) or "",
    )


def _read_flat(table: Table) -> FlatFormula:
    credits = table.maybe("credits", as_share)
    if not table.has("levels"):
        if credits is None:
            table.fail("credits", 'is missing (or "levels")')
        return FlatFormula(credits, ())
    if credits is not None:
        table.fail("levels", 'stands instead of "credits"; keep one')
    levels = table.table("levels")
    pairs = tuple((name, levels.need(name, as_share)) for name in levels.keys())  # noqa: SIM118
    if not pairs:
        table.fail("levels", "must name at least one level")
    return FlatFormula(None, pairs)


def _read_rounding(table: Table) -> Rounding:
    match table.need("rounding", one_of(("down", "nearest", "half_up"))):
        case "down":
            return "down"
        case "nearest":
            return "nearest"
        case _:
            return "half_up"
