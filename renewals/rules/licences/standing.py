"""What counts for a licence in its registration period, requirement by requirement."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ce_credits.rules import Credit
from credentials.policy import Basis, Relicensure, TopicRequirement, credit_words
from renewals.rules.licences.allocating import allocate

NOTHING = Decimal(0)
ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Licensed:
    """A licence as far as the rules ask: its period, None for all time (M13).

    From `retired_on` on nothing is owed (M11).
    """

    period: tuple[date, date] | None = None
    retired_on: date | None = None

    def is_retired(self, day: date) -> bool:
        """Say whether its holder has given up practice by a day."""
        return self.retired_on is not None and self.retired_on <= day

    def holds(self, on: date) -> bool:
        """Say whether a day lies in the registration period."""
        return self.period is None or self.period[0] <= on <= self.period[1]


def retired_since(licences: Sequence[Licensed], day: date) -> date | None:
    """Say since when somebody is retired by a day; None for who isn't (M11).

    That is who retired from every licence they hold: the last of the days counts.
    """
    if not licences or not all(each.is_retired(day) for each in licences):
        return None
    return max(each.retired_on for each in licences if each.retired_on)


@dataclass(frozen=True, slots=True)
class Part:
    """What a credit brings to a requirement."""

    credit: Credit
    credits: Decimal


@dataclass(frozen=True, slots=True)
class Asked:
    """A requirement on a day: what is there, asked and missing, and out of what.

    For one that is asked once these are activities: 1 or 0.
    """

    code: str
    title: str
    once: bool
    have: Decimal
    need: Decimal
    missing: Decimal
    parts: tuple[Part, ...]
    why: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class Relicensing:
    """How a licence stands on a day; `earned` counts each credit once (M8)."""

    earned: Decimal
    asked: tuple[Asked, ...]
    retired: bool
    why: str
    basis: Basis

    @property
    def met(self) -> bool:
        """Whether nothing is missing."""
        return not any(each.missing for each in self.asked)

    @property
    def missing(self) -> Mapping[str, Decimal]:
        """What is missing, by requirement."""
        return {each.code: each.missing for each in self.asked if each.missing}


def relicensing(
    rules: Relicensure, licence: Licensed, credits: Iterable[Credit], *, as_of: date
) -> Relicensing:
    """Say what is there and what is missing at the end of a day (M8, M11, M13).

    A credit counts wherever it qualifies; among requirements that stand apart each hour
    counts for one, given out so that as much as possible is met.
    """
    known = _known(credits, as_of)
    within = [each for each in known if licence.holds(each.on)]
    retired = licence.is_retired(as_of)
    parted = _parted(rules, within)
    asked = tuple(
        _asked(each, known, within, parted.get(each.code), retired=retired)
        for each in rules.requirements
    )
    earned = sum((each.credits for each in within), NOTHING)
    basis = rules.retired if retired else rules.basis
    why = rules.retired_words if retired else _span(licence)
    text = f"{basis.rule}: {credit_words(earned)} earned, each counted once. {why}"
    return Relicensing(earned, asked, retired, text, basis)


def within_period(
    licence: Licensed, credits: Iterable[Credit], *, as_of: date
) -> list[Credit]:
    """List the credits of a registration period that count at the end of a day."""
    return [each for each in _known(credits, as_of) if licence.holds(each.on)]


def _known(credits: Iterable[Credit], as_of: date) -> list[Credit]:
    known = [each for each in credits if each.counts_as_of(as_of) and each.credits]
    return sorted(known, key=lambda each: each.on)


def _span(licence: Licensed) -> str:
    if licence.period is None:
        return "No registration period is entered: everything counts."
    first, last = licence.period
    return f"Registration period {first} to {last}."


def qualifies(requirement: TopicRequirement, credit: Credit) -> bool:
    """Say whether a credit is about what a requirement asks."""
    return not set(requirement.topics).isdisjoint(credit.topics)


def _parted(
    rules: Relicensure, credits: Sequence[Credit]
) -> Mapping[str, tuple[Part, ...]]:
    """Give out the hours of requirements that stand apart."""
    found: dict[str, tuple[Part, ...]] = {}
    for apart in rules.apart:
        named = [each for each in rules.requirements if each.code in apart.requirements]
        shares = allocate(
            [
                (
                    one.credits,
                    frozenset(each.code for each in named if qualifies(each, one)),
                )
                for one in credits
            ],
            {each.code: each.need or NOTHING for each in named},
        )
        for each in named:
            found[each.code] = tuple(
                Part(credits[share.credit], share.credits)
                for share in shares
                if share.requirement == each.code
            )
    return found


def _asked(
    requirement: TopicRequirement,
    known: Sequence[Credit],
    within: Sequence[Credit],
    parted: tuple[Part, ...] | None,
    *,
    retired: bool,
) -> Asked:
    if requirement.need is None:
        fits = [each for each in known if qualifies(requirement, each)][:1]
        parts = tuple(Part(each, ONE) for each in fits)
        need = ONE
    else:
        fits = [each for each in within if qualifies(requirement, each)]
        whole = tuple(Part(each, each.credits) for each in fits)
        parts = whole if parted is None else parted
        need = requirement.need
    have = sum((each.credits for each in parts), NOTHING)
    owed = NOTHING if retired else need
    missing = max(NOTHING, owed - have)
    return Asked(
        code=requirement.code,
        title=requirement.title,
        once=requirement.once,
        have=have,
        need=owed,
        missing=missing,
        parts=parts,
        why=f"{requirement.basis.rule}: {_words(requirement, have, owed, missing)}",
        basis=requirement.basis,
    )


def _words(
    requirement: TopicRequirement, have: Decimal, owed: Decimal, missing: Decimal
) -> str:
    title = requirement.title
    if not owed:
        return f"{title}: nothing is owed."
    if requirement.once:
        return (
            f"{title}: {'done, for good' if have else 'one activity is asked, once'}."
        )
    said = f"{title}: {credit_words(have)} of {credit_words(owed)}"
    return f"{said}, {credit_words(missing)} missing." if missing else f"{said}."
