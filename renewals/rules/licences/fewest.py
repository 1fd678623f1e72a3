"""The fewest activities of a catalogue that bring what is still missing (M8)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

NOTHING = Decimal(0)
ONE = Decimal(1)
# Beyond these every choice is no longer looked at: a person reads no longer list.
MOST_TRIED = 4
# So many beginnings of a choice are looked at for each number of activities.
MOST_LOOKS = 4_000
# What is missing: how much of which requirements, any of which an activity may bring.
Lacking = Mapping[frozenset[str], Decimal]


@dataclass(frozen=True, slots=True)
class Offer:
    """An activity one could take: its name, credit, and what it counts for.

    What is asked once is met by any activity: it brings 1 towards it.
    """

    code: str
    credits: Decimal
    requirements: frozenset[str]
    once: frozenset[str] = frozenset()

    def brings(self, requirement: str) -> Decimal:
        """Say how much it brings towards a requirement."""
        if requirement not in self.requirements:
            return NOTHING
        return ONE if requirement in self.once else self.credits

    def fills(self, lacking: Lacking) -> Decimal:
        """Say how much of what is missing it brings at most."""
        return sum(
            (
                min(much, max(self.brings(code) for code in codes))
                for codes, much in lacking.items()
            ),
            NOTHING,
        )

    def is_as_good_as(self, other: "Offer", codes: frozenset[str]) -> bool:
        """Say whether it can stand for another where `codes` are missing."""
        mine, its = self.requirements & codes, other.requirements & codes
        return its <= mine and (self.credits >= other.credits or its <= other.once)


@dataclass(slots=True)
class _Looks:
    """How many beginnings may still be looked at."""

    left: int = field(default=MOST_LOOKS)


def fewest(
    offers: Sequence[Offer], lacking_with: Callable[[Sequence[Offer]], Lacking]
) -> tuple[Offer, ...]:
    """Choose activities that together bring what is missing, as few as can be.

    Where more than `MOST_TRIED` are needed, or there are more ways to look at than
    `MOST_LOOKS`, the one that brings most of what is left is taken each time: none of
    them can be left out, perhaps others would be fewer.

    Args:
        offers: what there is, the better liked first: of equals the first is taken.
        lacking_with: says what is missing still with some of them; nothing where they
            bring all of it.

    Returns:
        The activities as they are offered; none where nothing is missing, or all of
        them don't bring it.
    """
    lacking = lacking_with(())
    fitting = [each for each in offers if each.fills(lacking) > 0]
    if not lacking or lacking_with(fitting):
        return ()
    near = _nearest(fitting, frozenset[str]().union(*lacking))
    for count in range(1, MOST_TRIED + 1):
        found = _found((), near, count, lacking_with, _Looks())
        if found:
            return tuple(each for each in offers if each in found)
    return _one_by_one(fitting, lacking_with)


def enough(some: Sequence[Offer], missing: Mapping[str, Decimal]) -> Lacking:
    """Say what of each requirement is missing with some activities, hours shared."""
    left = {
        frozenset({code}): need - sum((each.brings(code) for each in some), NOTHING)
        for code, need in missing.items()
    }
    return {codes: much for codes, much in left.items() if much > 0}


def _nearest(offers: Sequence[Offer], codes: frozenset[str]) -> Sequence[Offer]:
    """Leave out what as many as may be taken can stand for."""
    order = sorted(offers, key=lambda each: -each.credits)
    kept = list[Offer]()
    for each in sorted(order, key=lambda each: -len(each.requirements & codes)):
        better = sum(other.is_as_good_as(each, codes) for other in kept)
        if better < MOST_TRIED:
            kept.append(each)
    return kept


def _found(
    chosen: tuple[Offer, ...],
    rest: Sequence[Offer],
    count: int,
    lacking_with: Callable[[Sequence[Offer]], Lacking],
    looks: _Looks,
) -> tuple[Offer, ...]:
    """Find `count` of the rest that bring what is missing beside those chosen.

    One of them brings the requirement that the fewest bring. Whoever was tried is left
    out after it: all choices with it were looked at.
    """
    lacking = lacking_with(chosen)
    if not lacking:
        return chosen
    if count == 0 or looks.left == 0 or not _can_be_filled(rest, lacking, count):
        return ()
    looks.left -= 1
    untried = list(rest)
    for each in _of_the_scarcest(rest, lacking):
        untried.remove(each)
        found = _found((*chosen, each), untried, count - 1, lacking_with, looks)
        if found:
            return found
    return ()


def _can_be_filled(rest: Sequence[Offer], lacking: Lacking, count: int) -> bool:
    most = sorted((each.fills(lacking) for each in rest), reverse=True)[:count]
    return sum(most, NOTHING) >= sum(lacking.values(), NOTHING)


def _of_the_scarcest(rest: Sequence[Offer], lacking: Lacking) -> Iterator[Offer]:
    bringing = [
        [each for each in rest if each.requirements & codes] for codes in lacking
    ]
    scarce = min(bringing, key=len)
    return iter(sorted(scarce, key=lambda each: -each.fills(lacking)))


def _one_by_one(
    offers: Sequence[Offer], lacking_with: Callable[[Sequence[Offer]], Lacking]
) -> tuple[Offer, ...]:
    chosen, rest = list[Offer](), list(offers)
    while rest and (lacking := lacking_with(chosen)):
        best = max(rest, key=lambda each: each.fills(lacking))
        rest.remove(best)
        chosen.append(best)
    # What was taken early may be brought by the later ones.
    for each in tuple(chosen):
        others = [other for other in chosen if other is not each]
        if not lacking_with(others):
            chosen = others
    return tuple(chosen)
