"""From a reported activity to its credit: one activity, one answer (A4-A7).

`award` never raises for what a member may have typed. It answers with an `Award`:
credit with its rule and its line for the screen, or `staff` (a person has to determine
it), or `refused` (the input or the activity cannot count).
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import partial

from ce_credits.rules.answers import (
    Award,
    Reason,
    awarded,
    reasons_of,
    refused,
    staff,
)
from ce_credits.rules.inputs import (
    STORED_MINUTES,
    ActivityInput,
    Refusal,
    about,
    above_zero,
    housekeeping,
    shown,
    stated,
    website,
    whole_count,
    whole_minutes,
)
from ce_credits.rules.rounding import learning, rate_credits, rate_words, round_to_step
from ce_credits.rules.titles import TitleMinutes, minutes_from_title
from credentials.policy import (
    AcademicFormula,
    BandFormula,
    FlatFormula,
    Kind,
    NeverFormula,
    Policy,
    RateFormula,
    StaffFormula,
    codes_of,
    credit_words,
    number_words,
)


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
        text = "is no kind of activity here"
        refusal = Refusal(shown(activity.kind), text, field="kind")
        return refused(policy, None, refusal, policy.time.basis)
    topics = _topics(policy, kind, activity)
    if isinstance(topics, Refusal):
        return refused(policy, kind, topics, policy.time.basis)
    answer = _award_kind(policy, kind, activity)
    if answer.outcome != "refused" or answer.asks_minutes:
        answer = replace(answer, topics=topics)
    return _for_physicians(policy, kind, activity, answer)


def _topics(
    policy: Policy, kind: Kind, activity: ActivityInput
) -> tuple[str, ...] | Refusal:
    """Read what it was about, and where it was studied where the kind asks (M8, M9)."""
    if kind.tagging.website and (missing := website(activity.website)):
        return missing
    said = about(activity.topics, codes_of(policy.topics)) if kind.tagging.asked else ()
    if isinstance(said, Refusal):
        return said
    return tuple(dict.fromkeys((*said, *kind.tagging.always)))


def _award_kind(policy: Policy, kind: Kind, activity: ActivityInput) -> Award:
    if kind.stated and activity.stated_credits is not None:
        return _award_stated(policy, kind, activity)
    match kind.formula:
        case NeverFormula(says):
            never = Refusal(kind.label, says, field="kind")
            return refused(policy, kind, never, kind.basis)
        case StaffFormula():
            return staff(policy, kind, kind.label, kind.basis, "no fixed credit")
        case FlatFormula():
            return _award_flat(policy, kind, kind.formula, activity)
        case AcademicFormula():
            return _award_academic(policy, kind, kind.formula, activity)
        case BandFormula() | RateFormula():
            return _award_time(policy, kind, kind.formula, activity)


def _for_physicians(
    policy: Policy, kind: Kind, activity: ActivityInput, answer: Award
) -> Award:
    """Leave attendance alone of what is for physicians, to whoever is none (M5)."""
    who = policy.physicians
    if not kind.physicians_only or who is None or who.has(activity.profession):
        return answer
    if answer.outcome == "refused":
        return answer
    given = answer.explanation.partition(" -> ")[0]
    line = f"{given} -> certificate of attendance, {kind.unit} is for physicians"
    return replace(
        answer,
        outcome="awarded",
        credits=Decimal(0),
        attendance_only=True,
        rule=who.basis.rule,
        explanation=line,
        reasons=(*answer.reasons, *reasons_of(who.basis, line)),
    )


def _award_stated(policy: Policy, kind: Kind, activity: ActivityInput) -> Award:
    """Take what the provider stated (M13)."""
    credits = stated(activity.stated_credits)
    if isinstance(credits, Refusal):
        return refused(policy, kind, credits, kind.basis)
    figure = credit_words(credits)
    line = f"{figure} stated -> {figure} {kind.unit}, as its provider stated"
    return awarded(policy, kind, credits, line, kind.basis)


def _award_time(
    policy: Policy,
    kind: Kind,
    formula: BandFormula | RateFormula,
    activity: ActivityInput,
) -> Award:
    time = _time(policy, activity)
    if isinstance(time.minutes, Refusal):
        basis = replace(policy.time.basis, rule=time.rule)
        return refused(policy, kind, time.minutes, basis, time.reasons)
    if isinstance(formula, RateFormula):
        answer = _award_rate(policy, kind, formula, activity, time)
    else:
        answer = _award_bands(policy, kind, time.minutes)
    if answer.outcome == "refused":
        return replace(answer, reasons=time.reasons + answer.reasons)
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
        return staff(policy, kind, given, answer.basis, answer.words)
    if answer.band is None:
        return refused(policy, kind, Refusal(given, answer.words), answer.basis)
    credits = answer.band.credits
    parts = [f"{given} -> {credit_words(credits)} {kind.unit}", answer.words]
    if answer.band.index:
        parts.append(f"Index {answer.band.index}")
    line = ", ".join(parts)
    if answer.basis.is_ruling:
        line = f"{line}. Note: {answer.basis.ruling}"
    found = awarded(policy, kind, credits, line, answer.basis)
    return replace(found, index=answer.band.index)


def _award_rate(
    policy: Policy,
    kind: Kind,
    formula: RateFormula,
    activity: ActivityInput,
    time: Time,
) -> Award:
    refuse = partial(refused, policy, kind)
    minutes = time.minutes
    assert isinstance(minutes, int)
    if formula.paid_says and activity.paid not in (None, False):
        given = "paid" if activity.paid is True else f"paid: {shown(activity.paid)}"
        return refuse(Refusal(given, formula.paid_says, field="paid"), kind.basis)
    if minutes > STORED_MINUTES:
        refusal = Refusal(f"{shown(minutes)} min", "nothing lasts that long")
        return refuse(refusal, policy.time.basis)
    away = housekeeping(activity.housekeeping_minutes, minutes)
    if isinstance(away, Refusal):
        return refuse(away, policy.time.basis)
    counted = learning(formula, minutes, away)
    credits = rate_credits(formula, counted)
    given = f"{shown(minutes)} min"
    if away:
        given = f"{given} with {away} min of housekeeping"
    line = (
        f"{given} -> {credit_words(credits)} {kind.unit}, "
        f"{rate_words(formula, counted)}"
    )
    found = awarded(policy, kind, credits, line, kind.basis)
    return replace(
        found, reasons=found.reasons + _cut_reasons(policy, minutes, counted)
    )


def _cut_reasons(policy: Policy, minutes: int, counted: Fraction) -> tuple[Reason, ...]:
    """Say how many minutes of housekeeping were more than allowed (N9)."""
    if counted == minutes:
        return ()
    over = number_words(Decimal(round((minutes - counted) * 100)) / 100)
    line = f"{over} min of housekeeping are more than allowed and don't count."
    return reasons_of(policy.time.basis, line)


def _award_academic(
    policy: Policy, kind: Kind, formula: AcademicFormula, activity: ActivityInput
) -> Award:
    taken = above_zero(activity.academic_credits)
    if isinstance(taken, Refusal):
        return refused(policy, kind, taken, policy.time.basis)
    amount = Fraction(taken) * Fraction(formula.credits)
    credits = round_to_step(amount, formula.step, formula.rounding)
    line = (
        f"{shown(taken)} academic credits -> {credit_words(credits)} {kind.unit}, "
        f"{number_words(formula.credits)} for each"
    )
    return awarded(policy, kind, credits, line, kind.basis)


def _award_flat(
    policy: Policy, kind: Kind, formula: FlatFormula, activity: ActivityInput
) -> Award:
    count = whole_count(activity.positions)
    if isinstance(count, Refusal):
        return refused(policy, kind, count, policy.time.basis)
    each = formula.credits_at(activity.level)
    if each is None:
        known = " or ".join(name for name, _ in formula.levels)
        text = f"choose {known}" if known else "is no level here"
        given = shown(activity.level or "no level")
        refusal = Refusal(given, text, field="level")
        return refused(policy, kind, refusal, policy.time.basis)
    credits = each * count
    given = f"{count} x {activity.level or kind.label}"
    line = (
        f"{given} -> {credit_words(credits)} {kind.unit}, {number_words(each)} for each"
    )
    return awarded(policy, kind, credits, line, kind.basis)
