"""Applying a membership or a renewal: whether it is taken, and the term it makes.

A renewal is taken when its fee is paid (A2, A11); what is unpaid or paid short changes
nothing. A membership comes with a package whose price is no matter of the pack, so any
payment takes it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from ce_credits.rules import Reason
from credentials.policy import Policy, day_words
from renewals.rules.standing import PolicyOn, fee_on
from renewals.rules.terms import Term, next_term

Application = Literal["membership", "renewal"]


class SecondMembershipError(ValueError):
    """A membership is the first term; what follows it is a renewal."""


@dataclass(frozen=True, slots=True)
class Applied:
    """The term an application made, or None when it was not taken, and why."""

    term: Term | None
    reason: Reason


def apply_term(
    policies: PolicyOn,
    terms: Sequence[Term],
    application: Application,
    *,
    on: date,
    paid: Decimal | None,
) -> Applied:
    """Apply a membership or a renewal on a day; `paid` is None while nothing is paid.

    `policies` gives the version of a day. Raises SecondMembershipError for a membership
    that follows another, and OutOfCalendarError.
    """
    policy = policies(on)
    previous = terms[-1] if terms else None
    if application == "membership" and previous is not None:
        raise SecondMembershipError("there is a membership already; apply a renewal")
    not_taken = _not_taken(policies, terms, application, on=on, paid=paid)
    if not_taken is not None:
        return Applied(None, not_taken)
    term = next_term(policy, applied_on=on, previous=previous)
    days = f"{day_words(term.first_on)} to {day_words(term.last_on)}"
    text = f"{application.capitalize()} applied on {day_words(on)}: term {days}."
    return Applied(term, Reason(policy.terms.term.basis.rule, text))


def _not_taken(
    policies: PolicyOn,
    terms: Sequence[Term],
    application: Application,
    *,
    on: date,
    paid: Decimal | None,
) -> Reason | None:
    policy = policies(on)
    start = f"{application.capitalize()} of {day_words(on)} not taken:"
    if paid is None:
        return Reason(policy.terms.fees.basis.rule, f"{start} nothing is paid.")
    if application == "membership":
        return None
    fee = fee_on(policies, terms, on)
    if fee is None:
        text = f"{start} there is no membership to renew."
        return Reason(policy.terms.term.basis.rule, text)
    if paid < fee:
        rule = policy.terms.fees.basis.rule
        return Reason(rule, f"{start} {_short(policy, paid, fee)}.")
    return None


def _short(policy: Policy, paid: Decimal, fee: Decimal) -> str:
    return f"{paid:.2f} of {fee:.2f} {policy.terms.fees.currency} paid"
