"""Standing by the terms alone: a person's whole dated timeline (A12, A16)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from credentials.policy import Policy, PolicyBook
from renewals.rules.terms import Term, in_order, known_as_of

Standing = str
PolicyOn = Callable[[date], Policy]

STANDINGS: tuple[Standing, ...] = ("none", "good", "due", "renew_now")
"""Every standing that terms can give."""


def policies_of(book: PolicyBook, program: str) -> PolicyOn:
    """Give a program's version of any day."""

    def policy_on(day: date) -> Policy:
        return book.policy_for(program, on=day)

    return policy_on


@dataclass(frozen=True, slots=True)
class StandingFact:
    """A standing that begins on a day and lasts until the next fact."""

    from_on: date
    standing: Standing


def standing_timeline(
    policy: Policy | PolicyOn, terms: Iterable[Term]
) -> tuple[StandingFact, ...]:
    """Compute the standing of every day there is, from the terms known today (A12).

    The first fact is `none` from the first day of the calendar, so no day is left
    without an answer; facts rise by date and no two neighbours say the same. Good from
    the day a term stands, due within the pack's days before its renewal date, to be
    renewed now from that date on; an early renewal is good at once. Where a body has
    several versions, pass a callable: each term follows that of its last day (X6).
    """
    ordered = in_order(terms)
    facts = [StandingFact(date.min, "none")]
    for number, term in enumerate(ordered):
        pack = policy(term.last_on) if callable(policy) else policy
        until = [later.known_on for later in ordered[number + 1 : number + 2]]
        facts.extend(
            fact
            for fact in _facts_of(pack, term)
            if all(fact.from_on < end for end in until)
        )
    return merged(facts)


def _facts_of(policy: Policy, term: Term) -> tuple[StandingFact, ...]:
    begins = term.known_on.toordinal()
    due = term.renewal_on.toordinal() - policy.terms.standing.due_days
    return (
        StandingFact(term.known_on, "good"),
        StandingFact(date.fromordinal(max(due, begins)), "due"),
        StandingFact(term.renewal_on, "renew_now"),
    )


def merged(facts: Iterable[StandingFact]) -> tuple[StandingFact, ...]:
    """Drop what a later fact of the same day replaces, and repetitions."""
    by_day = {fact.from_on: fact for fact in facts}
    kept: list[StandingFact] = []
    for fact in by_day.values():
        if not kept or kept[-1].standing != fact.standing:
            kept.append(fact)
    return tuple(kept)


def standing_on(timeline: Sequence[StandingFact], day: date) -> Standing:
    """Read a timeline for a day: the last fact that has begun."""
    standing: Standing = "none"
    for fact in timeline:
        if fact.from_on > day:
            break
        standing = fact.standing
    return standing


def is_current(standing: str) -> bool:
    """Say whether the public sees good standing: until the renewal date (A12)."""
    return standing in ("good", "due")


def fee_on(
    policy: Policy | PolicyOn, terms: Iterable[Term], day: date
) -> Decimal | None:
    """What the next renewal would cost on a day; None before the first membership.

    The fee is that of the pack of the last day of the term it would close (A2, X6).
    """
    known = known_as_of(terms, day)
    if not known:
        return None
    pack = policy(known[-1].last_on) if callable(policy) else policy
    return pack.terms.fees.renewal
