"""The credit of a sponsor's activity, and what its attendance must say (M12, N9)."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import floor

from ce_credits.rules.answers import Award, Reason
from ce_credits.rules.awards import award
from ce_credits.rules.feeds import Completion, day_read, minutes_read, plain
from ce_credits.rules.inputs import ActivityInput
from ce_credits.rules.programmes import BREAK, EDUCATION, HOUSEKEEPING, Programme, Wrong
from ce_credits.rules.rounding import learning
from credentials.policy import (
    ApprovalRules,
    Policy,
    RateFormula,
    Topic,
    codes_of,
    credit_words,
    day_words,
    number_words,
)


@dataclass(frozen=True, slots=True)
class Stated:
    """What an activity brings whoever attends all of it, and why.

    `minutes` are those that count, as the catalogue has them: breaks are left out, and
    of housekeeping what is more than allowed (N9). Where credit is for physicians alone
    it is what they have.
    """

    minutes: int
    award: Award
    reasons: Sequence[Reason]

    @property
    def words(self) -> str:
        """The credit in words: "5.25 CE"."""
        credits = self.award.credits
        return f"{credit_words(credits)} {self.award.unit}" if credits else "No credit"


@dataclass(frozen=True, slots=True)
class Attended:
    """What is known of an approved activity, against which attendance is held.

    `ended_on` is the last day that has credit, where its approval ended.
    """

    code: str
    days: Sequence[date]
    minutes: int
    ended_on: date | None = None
    ended_why: str = ""


def stated_credit(policy: Policy, programme: Programme) -> Stated:
    """State the credit of a programme from its minutes.

    Args:
        policy: that of the activity's first day (X6).
    """
    education, away = (programme.minutes_of(each) for each in (EDUCATION, HOUSEKEEPING))
    kind, rule = policy.kind(programme.kind), policy.time.basis.rule
    formula = kind.formula if kind else None
    reasons = []
    rest = programme.minutes_of(BREAK)
    if rest:
        text = f"{rest} min of breaks, meals, networking or business are left out."
        reasons.append(Reason(rule, text))
    counted = Fraction(education)
    if isinstance(formula, RateFormula) and formula.housekeeping is not None:
        # A catalogue has whole minutes: what is less than one is left out.
        counted = learning(formula, education + away, away)
    lost = education + away - counted
    if away:
        about = number_words(Decimal(round(lost * 100)) / 100)
        text = f"Of {away} min of housekeeping {about} are more than allowed."
        reasons.append(Reason(rule, text))
    minutes = floor(counted)
    who = policy.physicians
    found = award(
        policy,
        ActivityInput(
            kind=programme.kind,
            on=programme.days[0],
            minutes=minutes,
            title=programme.title,
            profession=who.professions[0] if who else None,
        ),
    )
    return Stated(minutes, found, (*reasons, *found.reasons))


def topics_asked(policy: Policy, kinds: Collection[str]) -> Sequence[Topic]:
    """Give the topics a sponsor may say an activity of some kinds is about (M8)."""
    asked = (kind for code in kinds if (kind := policy.kind(code)))
    return policy.topics if any("topics" in each.inputs for each in asked) else ()


def wrong_topics(policy: Policy, programme: Programme) -> Iterator[Wrong]:
    """Say which topics the kind of a programme isn't asked, or its body doesn't know.

    Args:
        policy: that of the activity's first day (X6).
    """
    known = codes_of(topics_asked(policy, [programme.kind]))
    if set(programme.topics) <= set(known):
        return
    text = f"Use some of these: {', '.join(known)}."
    if not known:
        text = "Choose none: this kind of activity is not asked what it is about."
    yield Wrong("topics", text)


def in_order(policy: Policy, topics: Collection[str]) -> list[str]:
    """Give the codes of topics as the catalogue has them: in the pack's order."""
    return [code for code in codes_of(policy.topics) if code in topics]


def wrong_time(
    policy: Policy, rules: ApprovalRules, programme: Programme, today: date
) -> Iterator[Wrong]:
    """Say what is wrong with when an activity is held, or with what it brings.

    Args:
        policy: that of the activity's first day (X6).
    """
    first = programme.days[0]
    last_day = first - timedelta(days=rules.days_before or 0)
    if rules.days_before is not None and today > last_day:
        text = (
            f"Apply at least {rules.days_before} days before: for "
            f"{day_words(first)} that was {day_words(last_day)}."
        )
        yield Wrong("days.0", text)
    if policy.kind(programme.kind) is None:
        yield Wrong("days.0", "The rules of that day know no such kind of activity.")
        return
    found = stated_credit(policy, programme).award
    if not found.credits:
        text = "This programme brings no credit: it is too short."
        yield Wrong("parts.0.minutes", text)


def wrong_rows(
    activity: Attended, sent: Sequence[tuple[int, Completion]], today: date
) -> Iterator[tuple[int, Wrong]]:
    """Say what is wrong with rows of attendance, each with its number in the list.

    Nothing is said of who anybody is: only the body knows that.
    """
    seen: dict[str, int] = {}
    for number, each in sent:
        yield from ((number, wrong) for wrong in _wrong_row(activity, each, today))
        first = seen.setdefault(person_of(each), number)
        if first != number:
            text = (
                f"Row {first} names them already. Send one row a person, with the "
                "minutes of all days."
            )
            yield number, Wrong("certification_no", text)


def no_credit_since(ended_on: date, why: str) -> str:
    """Say that days after an approval's end have no credit, and why it ended."""
    return (
        f"Its approval ended on {day_words(ended_on)}. Later days have no credit: {why}"
    )


def person_of(sent: Completion) -> str:
    """Tell people of a list apart, as it names them."""
    number = sent.number.strip()
    parts = (number, sent.last_name) if number else (sent.email, sent.name)
    return "\0".join(map(plain, parts))


def _wrong_row(activity: Attended, sent: Completion, today: date) -> Iterator[Wrong]:
    named = sent.first_name.strip() and sent.last_name.strip() and sent.email.strip()
    if not sent.number.strip() and not named:
        text = "Send a certification number, or an e-mail address and both names."
        yield Wrong("certification_no", text)
    if sent.code.strip() not in ("", activity.code):
        text = f"This list is of {activity.code} alone. Leave the cell empty."
        yield Wrong("activity_code", text)
    yield from _wrong_day(activity, sent, today)
    minutes = minutes_read(sent.minutes)
    if sent.minutes.strip() and minutes is None:
        text = "Send whole minutes above 0, or nothing for all of it."
        yield Wrong("minutes", text)
    elif minutes and minutes > activity.minutes:
        text = f"It has {activity.minutes} minutes that count. Send no more."
        yield Wrong("minutes", text)


def _wrong_day(activity: Attended, sent: Completion, today: date) -> Iterator[Wrong]:
    on = day_read(sent.completed_on)
    if on is None:
        yield Wrong("completed_on", "Send a day such as 2025-10-02.")
    elif on not in activity.days:
        days = ", ".join(map(day_words, activity.days[:5]))
        more = " and so on" if len(activity.days) > 5 else ""
        yield Wrong("completed_on", f"It is held on {days}{more}.")
    elif activity.ended_on is not None and on > activity.ended_on:
        text = no_credit_since(activity.ended_on, activity.ended_why)
        yield Wrong("completed_on", text)
    elif on > today:
        yield Wrong("completed_on", f"{day_words(on)} is still to come.")
