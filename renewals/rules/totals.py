"""What has been earned in a term, caps applied, and the part that is approved (A16)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ce_credits.rules import Credit
from credentials.policy import Cap, Policy, credit_words
from renewals.rules.terms import Term, term_before, term_of

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Totals:
    """Credits that count, and how many of them are approved.

    `carried` of them were over in the term before.
    """

    credits: Decimal = NOTHING
    approved: Decimal = NOTHING
    carried: Decimal = NOTHING


def counting(
    terms: Iterable[Term], term: Term, credits: Iterable[Credit], *, as_of: date
) -> tuple[Credit, ...]:
    """List the credits of a term that count at the end of a day, in date order (A16).

    `terms` are all of the person's terms: together they decide where a day belongs.
    """
    chain = tuple(terms)

    def is_mine(credit: Credit) -> bool:
        found = term_of(chain, credit.on)
        return found is not None and found.first_on == term.first_on

    mine = [credit for credit in credits if credit.counts_as_of(as_of)]
    return tuple(sorted(filter(is_mine, mine), key=lambda credit: credit.on))


def applied(
    terms: Iterable[Term],
    term: Term,
    credits: Iterable[Credit],
    *,
    as_of: date,
    caps: Iterable[Cap] = (),
) -> list[tuple[Credit, Decimal]]:
    """List what each credit of a term brings: less than it is where a cap cuts it."""
    found = [
        (credit, credit.credits)
        for credit in counting(terms, term, credits, as_of=as_of)
    ]
    for cap in caps:
        parts = under(cap, found)
        found = [(one, part) for (one, _), part in zip(found, parts, strict=True)]
    return found


def totals(
    terms: Iterable[Term],
    term: Term,
    credits: Iterable[Credit],
    *,
    as_of: date,
    caps: Iterable[Cap] = (),
) -> Totals:
    """Add up a term at the end of a day; what is over a cap does not count."""
    found = applied(terms, term, credits, as_of=as_of, caps=caps)
    return Totals(
        sum((amount for _, amount in found), NOTHING),
        sum((amount for credit, amount in found if credit.approved), NOTHING),
    )


def in_all(
    policy: Policy,
    terms: Iterable[Term],
    term: Term,
    credits: Iterable[Credit],
    *,
    as_of: date,
) -> Totals:
    """Add up a term under its pack, with what is carried over into it."""
    chain, known = tuple(terms), tuple(credits)
    own = totals(chain, term, known, as_of=as_of, caps=policy.caps)
    carried = carried_into(policy, chain, term, known, as_of=as_of)
    return Totals(own.credits + carried, own.approved, carried)


def carried_into(
    policy: Policy,
    terms: Sequence[Term],
    term: Term,
    credits: Sequence[Credit],
    *,
    as_of: date,
) -> Decimal:
    """Say how much of what was over in the term before counts in this one.

    What was carried into that term is used up first, and is never carried twice.
    """
    asked = policy.terms.requirement
    before = term_before(terms, term) if asked.carry_over else None
    if before is None:
        return NOTHING
    own = totals(terms, before, credits, as_of=as_of, caps=policy.caps).credits
    brought = carried_into(policy, terms, before, credits, as_of=as_of)
    over = own - max(NOTHING, asked.credits - brought)
    return min(asked.carry_over, max(NOTHING, over))


def earned(
    terms: Iterable[Term],
    term: Term,
    credits: Iterable[Credit],
    *,
    as_of: date,
    caps: Iterable[Cap] = (),
) -> Decimal:
    """Credits that count in a term at the end of a day (A16).

    Pass the pack's `caps` where the body has any.
    """
    return totals(terms, term, credits, as_of=as_of, caps=caps).credits


def cut_words(reported: Decimal, amount: Decimal) -> str:
    """Say how much of a credit a limit lets count; nothing where it cuts nothing."""
    if amount == reported:
        return ""
    return (
        f"{credit_words(reported)} reported, {credit_words(amount)} applied: only "
        f"{credit_words(amount)} left under this type's limit."
    )


def under(cap: Cap, amounts: Sequence[tuple[Credit, Decimal]]) -> list[Decimal]:
    """Cut what the cap's kinds bring to its credits a term or a calendar year.

    Gives each its part, in their order. Approved credit is kept first, then the
    earlier: the member loses the least.
    """
    room: dict[int, Decimal] = defaultdict(lambda: cap.credits)
    parts = [amount for _, amount in amounts]
    for number, (credit, amount) in sorted(
        enumerate(amounts), key=lambda each: not each[1][0].approved
    ):
        if credit.kind not in cap.kinds:
            continue
        bucket = credit.on.year if cap.per == "year" else 0
        parts[number] = min(amount, room[bucket])
        room[bucket] -= parts[number]
    return parts
