"""What an application is checked for: each line with its figure and rule (N3-N8, N13).

It decides nothing. A manager reads it beside the application.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from credentials.policy import Basis, credit_words, day_words, money_words
from renewals.rules.cycles.facts import ApplicationKind
from renewals.rules.cycles.one import Cycle
from renewals.rules.totals import Totals

Found = Literal["ok", "not_ok", "look"]
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Check:
    """One line: in order, not in order or to be looked at, and why."""

    code: str
    label: str
    found: Found
    figure: str
    reason: str
    rule: str


@dataclass(frozen=True, slots=True)
class Proofs:
    """How many activities count, have their proof, and were looked at or refused."""

    counted: int
    proven: int
    unreviewed: int
    refused_since: int


@dataclass(frozen=True, slots=True)
class Paid:
    """What was ordered and is paid; `codes` name the parts of the fee."""

    asked: Decimal
    paid: Decimal
    currency: str
    on: date | None
    until: date
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sent:
    """An application as it was submitted, and what is known of it on a later day.

    `first` and `later` are its cycle as known on the two days, `had` and `has` the
    credit of them. `society` is what was noted when it was submitted, `on_record` what
    is recorded of that day by now.
    """

    kind: ApplicationKind
    sent_on: date
    as_of: date
    first: Cycle
    later: Cycle
    had: Totals
    has: Totals
    name: str
    profile_name: str
    declared: bool
    society: bool
    on_record: bool
    paid: Paid
    proofs: Proofs


def checks(sent: Sent) -> tuple[Check, ...]:
    """List what an application is checked for, in the order it is read."""
    return (
        *_credits(sent),
        _proof(sent),
        _reviewed(sent),
        _refused_since(sent),
        _name(sent),
        _declared(sent),
        *_fee(sent),
        _window(sent),
        *_extension(sent),
    )


def _staff(sent: Sent) -> str:
    """The rule under which staff check what was reported."""
    return sent.later.policy.cycles.application.review_basis.rule


def _asked(sent: Sent, cycle: Cycle, day: date) -> Totals:
    """The credits asked on a day, and the approved ones; more time asks a part."""
    need = cycle.need(day)
    if sent.kind == "extension":
        return Totals(need.extension, NOTHING)
    return Totals(need.credits, need.approved)


def _credits(sent: Sent) -> list[Check]:
    then, now = (
        _asked(sent, sent.first, sent.sent_on),
        _asked(sent, sent.later, sent.as_of),
    )
    basis = sent.later.need(sent.as_of).basis
    # A reinstatement may have been submitted while credit was missing (N8).
    had = sent.kind == "reinstatement" or sent.had.credits >= then.credits
    rows = [
        _amount(
            sent,
            ("credits", "Credits", basis),
            (sent.had.credits, then.credits),
            (sent.has.credits, now.credits),
            had=had,
        )
    ]
    if now.approved or then.approved:
        had = sent.kind == "reinstatement" or sent.had.approved >= then.approved
        rows.append(
            _amount(
                sent,
                ("approved", "Approved credits", basis),
                (sent.had.approved, then.approved),
                (sent.has.approved, now.approved),
                had=had,
            )
        )
    return rows


def _amount(
    sent: Sent,
    named: tuple[str, str, Basis],
    then: tuple[Decimal, Decimal],
    now: tuple[Decimal, Decimal],
    *,
    had: bool,
) -> Check:
    """Hold credit against what is asked, on the day of submitting and as of now."""
    code, label, basis = named
    enough = now[0] >= now[1]
    at, of = (
        f"{credit_words(each[0])} of {credit_words(each[1])}" for each in (then, now)
    )
    found: Found = ("ok" if had else "look") if enough else "not_ok"
    reason = f"{at} on {day_words(sent.sent_on)}, the day it was submitted."
    if not enough:
        reason = f"{credit_words(now[1] - now[0])} are missing. {reason}"
    return Check(code, label, found, of, reason, basis.rule)


def _proof(sent: Sent) -> Check:
    counted, proven = sent.proofs.counted, sent.proofs.proven
    lacking = counted - proven
    reason = "Every activity that counts has its proof."
    if lacking:
        noun = "activity counts" if lacking == 1 else "activities count"
        reason = f"{lacking} {noun} without a proof on record."
    found: Found = "not_ok" if lacking else "ok"
    figure = f"{proven} of {counted}"
    return Check("proof", "Proof", found, figure, reason, _staff(sent))


def _reviewed(sent: Sent) -> Check:
    left, counted = sent.proofs.unreviewed, sent.proofs.counted
    reason = "Staff looked at every activity that counts."
    if left:
        noun = "activity was" if left == 1 else "activities were"
        reason = f"{left} {noun} not reviewed yet."
    found: Found = "look" if left else "ok"
    figure = f"{counted - left} of {counted}"
    return Check("reviewed", "Reviewed", found, figure, reason, _staff(sent))


def _refused_since(sent: Sent) -> Check:
    count = sent.proofs.refused_since
    reason = "Nothing was refused or sent back since it was submitted."
    if count:
        noun = "activity was" if count == 1 else "activities were"
        reason = f"{count} {noun} refused or sent back since it was submitted."
    found: Found = "look" if count else "ok"
    label = "Refused since"
    return Check("refused_since", label, found, str(count), reason, _staff(sent))


def _name(sent: Sent) -> Check:
    same = sent.name == " ".join(sent.profile_name.split())
    reason = "It is the name of the profile."
    if not same:
        reason = f"The profile says {sent.profile_name} now."
    found: Found = "ok" if same else "not_ok"
    return Check("name", "Name", found, sent.name, reason, _staff(sent))


def _declared(sent: Sent) -> Check:
    reason = "They declared that what they report is true."
    if not sent.declared:
        reason = "Nothing was declared."
    found: Found = "ok" if sent.declared else "not_ok"
    figure = "Yes" if sent.declared else "No"
    return Check("declared", "Declared", found, figure, reason, _staff(sent))


def _fee(sent: Sent) -> list[Check]:
    plan, paid = sent.later.policy.cycles, sent.paid
    price = plan.price_for(len(sent.first.held(sent.sent_on)))
    if sent.kind == "extension":
        text = f"{money_words(plan.extension.fee, plan.currency)} are paid later, with "
        text += "the application that ends it."
        rule = plan.extension.basis.rule
        return [Check("fee", "Fee", "ok", "Nothing now", text, rule)]
    figure = f"{money_words(paid.paid, paid.currency)} of "
    figure += money_words(paid.asked, paid.currency)
    reason = "Not all of it is paid."
    if paid.on is not None:
        reason = f"Paid on {day_words(paid.on)}, the day that counts."
    whole = paid.on is not None and paid.paid >= paid.asked
    if paid.on is not None and not whole:
        reason += " Some of it was given back since."
    rule = price.basis.rule
    found: Found = "ok" if whole else "not_ok"
    return [Check("fee", "Fee", found, figure, reason, rule), _society(sent, rule)]


def _society(sent: Sent, rule: str) -> Check:
    """Hold what was noted when it was submitted against the record of that day."""
    day = day_words(sent.sent_on)
    member = "Member" if sent.society else "Not a member"
    reason = f"A membership is on record for {day}."
    if not sent.on_record:
        reason = f"No membership is on record for {day}."
    same = sent.society == sent.on_record
    if not same:
        reason += " The record was changed since: the fee is that of the day."
    found: Found = "ok" if same else "look"
    return Check("society", "Society", found, member, reason, rule)


def _window(sent: Sent) -> Check:
    plan, season = sent.first.policy.cycles, sent.first.season
    if sent.kind == "extension":
        until, rule = season.last_on, plan.extension.basis.rule
        late = sent.sent_on > until
    else:
        grace = sent.kind == "reinstatement"
        rule = (plan.grace if grace else plan.application).basis.rule
        until = sent.paid.until
        late = max(sent.sent_on, sent.paid.on or sent.sent_on) > until
    reason = f"It was open until {day_words(until)}."
    early = sent.sent_on < season.opens_on
    if early:
        reason = f"It opened on {day_words(season.opens_on)}."
    found: Found = "not_ok" if late or early else "ok"
    return Check("window", "Window", found, day_words(sent.sent_on), reason, rule)


def _extension(sent: Sent) -> list[Check]:
    """Say what the extension is that is asked for, or that it was made under (N7)."""
    plan, until = sent.first.policy.cycles, sent.first.season.extended_until
    rule, label = plan.extension.basis.rule, "Extension"
    if sent.kind != "extension":
        until = sent.first.granted_until(sent.sent_on) or until
    figure = f"To {day_words(until)}"
    if sent.kind == "extension":
        text = "Granted, credits may be earned and the application made until then."
        return [Check("extension", label, "ok", figure, text, rule)]
    if not sent.first.extended(sent.sent_on):
        return []
    if sent.first.decreed(sent.sent_on, sent.paid.on or sent.sent_on):
        text = "It was decreed for many: no fee is asked for it."
        return [Check("extension", label, "ok", figure, text, rule)]
    paid = "extension" in sent.paid.codes
    text = "Its fee is among what was asked."
    if not paid:
        text = "Its fee is not among what was asked."
    return [Check("extension", label, "ok" if paid else "look", figure, text, rule)]
