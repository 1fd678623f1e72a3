"""What would bring all that a registration lacks, hours shared or apart (M8)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from operator import or_

from ce_credits.rules import Credit
from credentials.policy import Relicensure
from renewals.rules.licences.allocating import allocate
from renewals.rules.licences.fewest import Lacking, Offer, enough, fewest
from renewals.rules.licences.standing import qualifies

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Together:
    """Requirements that stand apart, with the credit that is there for them.

    `lacks` is how many of all their hours are missing, however they are given out.
    """

    needs: Mapping[str, Decimal]
    there: Sequence[tuple[Decimal, frozenset[str]]]
    lacks: Decimal

    def lacking_with(self, some: Sequence[Offer]) -> Lacking:
        """Say what the best allocation of what is there and of these leaves open."""
        codes = frozenset(self.needs)
        brought = [(each.credits, each.requirements & codes) for each in some]
        left = _lacks([*self.there, *brought], self.needs)
        return {codes: left} if left > 0 else {}


def shortest(
    rules: Relicensure,
    credits: Iterable[Credit],
    missing: Mapping[str, Decimal],
    offers: Sequence[Offer],
) -> tuple[Offer, ...]:
    """Choose the fewest offers that bring all that is missing; see `fewest`.

    Among requirements that stand apart an offer counts for one of them, or frees an
    hour that is there for another: all of those are looked at.

    Args:
        credits: those of the registration period.
        missing: what each requirement lacks.
    """
    known = list(credits)
    groups = [
        group
        for each in rules.apart
        if (group := _together(rules, each.requirements, known)).lacks
    ]
    apart = {code for each in rules.apart for code in each.requirements}
    alone = {code: need for code, need in missing.items() if code not in apart}

    def lacking_with(some: Sequence[Offer]) -> Lacking:
        together = (each.lacking_with(some) for each in groups)
        return reduce(or_, together, dict(enough(some, alone)))

    return fewest(offers, lacking_with)


def _together(
    rules: Relicensure, codes: Sequence[str], credits: Sequence[Credit]
) -> Together:
    named = [each for each in rules.requirements if each.code in codes]
    needs = {each.code: each.need or NOTHING for each in named}
    there = [
        (one.credits, frozenset(each.code for each in named if qualifies(each, one)))
        for one in credits
    ]
    return Together(needs, there, _lacks(there, needs))


def _lacks(
    credits: Sequence[tuple[Decimal, frozenset[str]]], needs: Mapping[str, Decimal]
) -> Decimal:
    given = sum((each.credits for each in allocate(credits, needs)), NOTHING)
    return sum(needs.values(), NOTHING) - given
