"""How a licence stands in its registration period, from what its holder learned."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from decimal import Decimal

from ce_credits.rules import Credit
from credentials.policy import Relicensure, policy_for
from renewals.models import Licence
from renewals.rules.licences import (
    Licensed,
    Offer,
    Relicensing,
    relicensing,
    shortest,
    within_period,
)


def licensed(licence: Licence) -> Licensed:
    """Take a licence as the rules do."""
    return Licensed(licence.period, licence.retired_on)


def offer_of(
    rules: Relicensure, code: str, credits: Decimal, topics: Collection[str]
) -> Offer:
    """Say what an activity about some topics would count for."""
    about = set(topics)
    fits = [each for each in rules.requirements if not about.isdisjoint(each.topics)]
    return Offer(
        code,
        credits,
        frozenset(each.code for each in fits),
        frozenset(each.code for each in fits if each.once),
    )


def shortest_way(
    licence: Licence,
    found: Relicensing,
    offers: Sequence[Offer],
    credits: Iterable[Credit],
    *,
    as_of: date,
) -> tuple[Offer, ...]:
    """Choose of what is offered the fewest that bring all a licence lacks.

    None where all of it together doesn't.

    Args:
        found: what it lacks on that day.
        offers: what its holder could do.
        credits: all that its holder has with the body.
    """
    rules = rules_of(licence)
    if rules is None or not found.missing:
        return ()
    # What is shared is a sum; hours that stand apart are given out anew each time.
    there = credits if rules.apart else ()
    within = within_period(licensed(licence), there, as_of=as_of)
    return shortest(rules, within, found.missing, offers)


def rules_of(licence: Licence) -> Relicensure | None:
    """Read what its registration asks, by the pack of its last day (X6)."""
    return policy_for(licence.program, on=licence.last_on).relicensure


def relicensing_of(
    licence: Licence, credits: Iterable[Credit], *, as_of: date
) -> Relicensing | None:
    """Say what a licence's registration has and lacks at the end of a day.

    By the pack of its last day (X6); None where that asks nothing by topic.

    Args:
        credits: all that its holder has with the body.
    """
    rules = rules_of(licence)
    if rules is None:
        return None
    return relicensing(rules, licensed(licence), credits, as_of=as_of)
