"""What credit a course brings, to one who learns it or as its staff write it (M5)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ce_credits.rules import Award, activity_input, award
from core.failures import NotEligible
from courses.models import Enrolment
from courses.queries.sources import learnt_facts
from courses.rules import CourseFacts
from credentials.policy import Policy, RateFormula, credit_words, policy_for

NO_CREDIT = "This course brings no credit."


@dataclass(frozen=True)
class Offered:
    """What a claim would bring: the answer of the rules, and what it rests on."""

    facts: CourseFacts
    answer: Award
    minutes: int | None
    inputs: dict[str, object]

    @property
    def attendance(self) -> bool:
        """Whether it is attendance alone (M5)."""
        return self.answer.attendance_only


def offered_credit(*, enrolment: Enrolment, on: date) -> Offered:
    """Say what claiming a course's credit brings its learner on a day.

    Raises:
        NotEligible: it brings none.
    """
    policy = policy_for(enrolment.program, on=on)
    return _offered(policy, learnt_facts(enrolment), enrolment.member.profession, on)


def problem_of_credit(*, facts: CourseFacts, policy: Policy, on: date) -> str:
    """Say why a course can't bring the credit that is stated of it; else nothing."""
    who = policy.physicians
    physician = who.professions[0] if who else ""
    try:
        answer = _offered(policy, facts, physician, on).answer
    except NotEligible:
        return "No course brings credit of this kind. Choose another, or no credit."
    if answer.credits != facts.credit:
        brings = credit_words(answer.credits or Decimal(0))
        return f"By the policy it would bring {brings}. Enter what it brings."
    return ""


def _offered(policy: Policy, facts: CourseFacts, profession: str, on: date) -> Offered:
    kind, credit = policy.kind(facts.credit_kind), facts.credit
    if kind is None or credit is None:
        raise NotEligible(NO_CREDIT)
    minutes: int | None = None
    inputs: dict[str, object] = {"profession": profession}
    if kind.stated:
        inputs["stated_credits"] = credit
    elif isinstance(kind.formula, RateFormula):
        minutes = int(credit * kind.formula.unit_minutes / kind.formula.credits)
    else:
        raise NotEligible(NO_CREDIT)
    asked = {name: inputs[name] for name in inputs if name in kind.inputs}
    found = award(
        policy,
        activity_input(kind.code, on, minutes=minutes, title=facts.title, extras=asked),
    )
    return Offered(facts, found, minutes, asked)
