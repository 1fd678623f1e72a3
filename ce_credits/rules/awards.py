"""From a reported activity to its credit: one activity, one answer (A4-A7).

`award` never raises for what a member may have typed. It answers with an `Award`:
credit with its rule and its line for the screen, or `staff` (a person has to determine
it), or `refused` (the input or the activity cannot count).
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from ce_credits.rules.inputs import (
    STORED_MINUTES,
    ActivityInput,
    Refusal,
    shown,
    whole_count,
    whole_minutes,
)
from ce_credits.rules.rounding import rate_credits, rate_words
from ce_credits.rules.titles import TitleMinutes, minutes_from_title
from credentials.policy import (
    BandFormula,
    Basis,
    FlatFormula,
    Kind,
    NeverFormula,
    Outcome,
    Policy,
    RateFormula,
    StaffFormula,
    credit_words,
    number_words,
)

ASK_STAFF = "A staff member will decide."


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of the answer: its rule, a sentence, and whether it is our ruling."""

    rule: str
    text: str
    ruling: bool = False


@dataclass(frozen=True, slots=True)
class Award:
    """The answer to one activity, and why.

    `credits` is None unless the outcome is `awarded`; `policy` is the version that
    answered, so that the same answer can be computed again (X1). `minutes` is what was
    counted; None where the kind asks no time or the figure is beyond any table.
    `asks_minutes` marks a refusal that is only a question: no length is known yet.
    """

    outcome: Outcome
    credits: Decimal | None
    unit: str
    index: str | None
    approved: bool | None
    rule: str
    policy: str
    minutes: int | None
    explanation: str
    reasons: tuple[Reason, ...]
    attendance_only: bool = False
    asks_minutes: bool = False


@dataclass(frozen=True, slots=True)
class Time:
    """Whole minutes above zero, or the refusal, with the steps that led there."""

    minutes: int | Refusal
    rule: str
    reasons: tuple[Reason, ...] = ()


def award(policy: Policy, activity: ActivityInput) -> Award:
    """Answer an activity under one version of a policy.

    The caller picks the version of the day the activity was done on (X6). Junk of any
    type is refused, never raised for.
    """
    kind = policy.kind(activity.kind)
    if kind is None:
        refusal = Refusal(shown(activity.kind), "is no kind of activity here")
        return _refused(policy, None, refusal, policy.time.basis)
    match kind.formula:
        case NeverFormula(says):
            return _refused(policy, kind, Refusal(kind.label, says), kind.basis)
        case StaffFormula():
            return _staff(policy, kind, kind.label, kind.basis, "no fixed credit")
        case FlatFormula():
            return _award_flat(policy, kind, kind.formula, activity)
        case BandFormula() | RateFormula():
            return _award_time(policy, kind, kind.formula, activity)


def _award_time(
    policy: Policy,
    kind: Kind,
    formula: BandFormula | RateFormula,
    activity: ActivityInput,
) -> Award:
    time = _time(policy, activity)
    if isinstance(time.minutes, Refusal):
        basis = replace(policy.time.basis, rule=time.rule)
        return _refused(policy, kind, time.minutes, basis, time.reasons)
    if isinstance(formula, RateFormula):
        if time.minutes > STORED_MINUTES:
            refusal = Refusal(f"{shown(time.minutes)} min", "nothing lasts that long")
            return _refused(policy, kind, refusal, policy.time.basis, time.reasons)
        answer = _award_rate(policy, kind, formula, time.minutes)
    else:
        answer = _award_bands(policy, kind, time.minutes)
    stored = time.minutes if time.minutes <= STORED_MINUTES else None
    return replace(answer, minutes=stored, reasons=time.reasons + answer.reasons)


def _time(policy: Policy, activity: ActivityInput) -> Time:
    """Find the minutes: what was typed wins over what the title carries (A7)."""
    typed = activity.minutes is not None or activity.hours is not None
    title = activity.title
    if typed or not policy.titles.read_minutes or not isinstance(title, str):
        minutes = whole_minutes(activity.minutes, activity.hours)
        return Time(minutes, policy.time.basis.rule)
    return _time_of_title(policy, minutes_from_title(title))


def _time_of_title(policy: Policy, read: TitleMinutes) -> Time:
    rule = policy.titles.basis.rule
    written = ", ".join(f'"{text}"' for text in read.found)
    if read.state == "none":
        return Time(
            Refusal("title", "it names no length; give the minutes", asks=True), rule
        )
    if read.state == "ambiguous":
        text = f"it names different lengths ({written}); give the minutes"
        return Time(Refusal("title", text, asks=True), rule)
    step = Reason(rule, f"Length read from the title: {written}.")
    if read.minutes is None:
        refusal = Refusal(written, "minutes must be whole")
        return Time(refusal, policy.time.basis.rule, (step,))
    minutes = whole_minutes(read.minutes, None)
    return Time(minutes, policy.time.basis.rule, (step,))


def _award_bands(policy: Policy, kind: Kind, minutes: int) -> Award:
    if policy.bands is None:  # the loader refuses such a pack
        raise ValueError(f"{policy.version} has no bands")
    answer = policy.bands.answer(minutes)
    given = f"{shown(minutes)} min"
    if answer.outcome == "staff":
        return _staff(policy, kind, given, answer.basis, answer.words)
    if answer.band is None:
        return _refused(policy, kind, Refusal(given, answer.words), answer.basis)
    credits = answer.band.credits
    parts = [f"{given} -> {credit_words(credits)} {kind.unit}", answer.words]
    if answer.band.index:
        parts.append(f"Index {answer.band.index}")
    line = ", ".join(parts)
    if answer.basis.is_ruling:
        line = f"{line}. Note: {answer.basis.ruling}"
    found = _awarded(policy, kind, credits, line, answer.basis)
    return replace(found, index=answer.band.index)


def _award_rate(
    policy: Policy, kind: Kind, formula: RateFormula, minutes: int
) -> Award:
    credits = rate_credits(formula, minutes)
    words = rate_words(formula, minutes)
    line = f"{shown(minutes)} min -> {credit_words(credits)} {kind.unit}, {words}"
    return _awarded(policy, kind, credits, line, kind.basis)


def _award_flat(
    policy: Policy, kind: Kind, formula: FlatFormula, activity: ActivityInput
) -> Award:
    count = whole_count(activity.positions)
    if isinstance(count, Refusal):
        return _refused(policy, kind, count, kind.basis)
    each = formula.credits_at(activity.level)
    if each is None:
        refusal = Refusal(shown(activity.level or "no level"), "is no level here")
        return _refused(policy, kind, refusal, kind.basis)
    credits = each * count
    given = f"{count} x {activity.level or kind.label}"
    line = (
        f"{given} -> {credit_words(credits)} {kind.unit}, {number_words(each)} for each"
    )
    return _awarded(policy, kind, credits, line, kind.basis)


def _awarded(
    policy: Policy, kind: Kind, credits: Decimal, line: str, basis: Basis
) -> Award:
    return Award(
        outcome="awarded",
        credits=credits,
        unit=kind.unit,
        index=None,
        approved=kind.approved,
        rule=basis.rule,
        policy=policy.version,
        minutes=None,
        explanation=line,
        reasons=_reasons(basis, line),
    )


def _staff(policy: Policy, kind: Kind, given: str, basis: Basis, words: str) -> Award:
    line = f"{given} -> not computed, {words}. {ASK_STAFF}"
    answer = _awarded(policy, kind, Decimal(0), line, basis)
    return replace(answer, outcome="staff", credits=None)


def _refused(
    policy: Policy,
    kind: Kind | None,
    refusal: Refusal,
    basis: Basis,
    before: tuple[Reason, ...] = (),
) -> Award:
    line = f"{refusal.shown} -> no credit, {refusal.text}"
    return Award(
        outcome="refused",
        credits=None,
        unit=kind.unit if kind else policy.unit,
        index=None,
        approved=kind.approved if kind else None,
        rule=basis.rule,
        policy=policy.version,
        minutes=None,
        explanation=line,
        reasons=(*before, Reason(basis.rule, line)),
        asks_minutes=refusal.asks,
    )


def _reasons(basis: Basis, line: str) -> tuple[Reason, ...]:
    step = Reason(basis.rule, line)
    if not basis.is_ruling:
        return (step,)
    return (step, Reason(basis.rule, basis.ruling, ruling=True))
