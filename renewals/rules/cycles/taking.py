"""Whether an application is taken on its day; every reason at once (N5-N8, N16)."""

from collections.abc import Iterable
from datetime import date

from ce_credits.rules import Credit, Reason
from credentials.policy import credit_words, day_words, money_words
from renewals.rules.cycles.facts import ApplicationKind, Payment
from renewals.rules.cycles.fees import Closed, Fee, fee_on
from renewals.rules.cycles.one import Cycle
from renewals.rules.cycles.totals import counted, totals_of
from renewals.rules.totals import Totals


def why_not_taken(
    cycle: Cycle | None,
    kind: ApplicationKind,
    *,
    on: date,
    payment: Payment | None,
    credits: Iterable[Credit],
    society_member: bool,
) -> tuple[Reason, ...]:
    """List what stands in the way of an application on a day; empty where it is taken.

    Args:
        cycle: the oldest cycle not recertified by that day; None before the first.
        kind: what is applied for.
        on: the day of the application.
        payment: what came with it; None while nothing is paid.
        credits: all credit of the person, with the days it counts.
        society_member: whether the society membership is active that day (N6).
    """
    if cycle is None:
        return (Reason("", "There is no certification to apply for."),)
    have = totals_of(counted(cycle, credits, as_of=on))
    if kind == "extension":
        return why_no_extension(cycle, have, on)
    paid_on = payment.on if payment else on
    fee = fee_on(cycle, on, society_member=society_member, paid_on=paid_on)
    if isinstance(fee, Closed):
        return (fee.reason,)
    if fee.kind != kind:
        text = f"On {day_words(on)} a {fee.kind} is what can be applied for."
        return (Reason(cycle.policy.cycles.application.basis.rule, text),)
    return (*_short_of_credit(cycle, have, on), *_short_of_fee(cycle, fee, on, payment))


def why_no_extension(cycle: Cycle, have: Totals, day: date) -> tuple[Reason, ...]:
    """List why no extension can be asked for on a day; empty where it can (N7)."""
    rule = cycle.policy.cycles.extension.basis.rule
    if cycle.recertified_by(day) or day < cycle.first_on:
        return (Reason(rule, "The cycle is recertified already."),)
    if day > cycle.last_on:
        text = f"It had to be asked for by {day_words(cycle.last_on)}."
        return (Reason(rule, text),)
    granted = cycle.granted_until(day)
    if granted is not None and granted >= cycle.season.extended_until:
        return (Reason(rule, "More time is granted already."),)
    asked = cycle.need(day).extension
    if have.credits < asked:
        text = f"{credit_words(have.credits)} of the {credit_words(asked)} credits "
        return (Reason(cycle.need(day).basis.rule, f"{text}it asks are there."),)
    return ()


def _short_of_credit(cycle: Cycle, have: Totals, on: date) -> tuple[Reason, ...]:
    need = cycle.need(on)
    found = []
    if have.credits < need.credits:
        text = f"{credit_words(have.credits)} of {credit_words(need.credits)} credits"
        found.append(Reason(need.basis.rule, f"{text} are there."))
    if have.approved < need.approved:
        share = f"{credit_words(have.approved)} of {credit_words(need.approved)}"
        found.append(Reason(need.basis.rule, f"{share} approved credits are there."))
    return tuple(found)


def _short_of_fee(
    cycle: Cycle, fee: Fee, on: date, payment: Payment | None
) -> tuple[Reason, ...]:
    """Hold the payment against the fee, and its day against the window (N5)."""
    rule = cycle.policy.cycles.application.basis.rule
    if payment is None:
        return (Reason(rule, "Nothing is paid."),)
    until = cycle.payable_until(on)
    if fee.kind == "reinstatement":
        until = cycle.season.grace_until
    if payment.on > until:
        text = f"The day of payment, {day_words(payment.on)}, is after the window."
        return (Reason(rule, text),)
    if payment.amount < fee.amount:
        paid, asked = (
            money_words(each, fee.currency) for each in (payment.amount, fee.amount)
        )
        return (Reason(rule, f"{paid} of {asked} are paid."),)
    return ()
