"""What credit a course brings, to one who learns it or as its staff write it (M5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol
from uuid import UUID

from accounts.models import Member
from ce_credits.rules import Award, activity_input, award
from core.failures import NotEligible
from courses.models import Course, CourseCredit, Enrolment
from courses.queries.catalogue import offered_courses
from courses.queries.sources import facts_of, learnt_facts
from credentials.policy import (
    Policy,
    RateFormula,
    codes_of,
    credit_words,
    policy_for,
)

NO_CREDIT = "This course brings no credit."


class Creditable(Protocol):
    """What states the credit it brings: a course's facts, or a live activity."""

    @property
    def title(self) -> str:
        """What it is called."""

    @property
    def provider(self) -> str:
        """Who provides it."""

    @property
    def credit_kind(self) -> str:
        """A kind of credit of the body's pack, or nothing."""

    @property
    def credit(self) -> Decimal | None:
        """How much of it."""

    @property
    def topics(self) -> Sequence[str]:
        """What it is about, by the pack's codes (M8)."""


@dataclass(frozen=True)
class Offered:
    """What a claim would bring: the answer of the rules, and what it rests on."""

    facts: Creditable
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
    facts = learnt_facts(enrolment)
    return credit_stated(policy, facts, enrolment.member.profession, on)


def earnable_courses(
    *, member: Member, program: str, on: date
) -> Mapping[Course, Award]:
    """Name what a body offers that brings somebody credit, by title, and how much.

    As a claim of that day would: attendance alone is none (M5), and what was claimed
    before brings nothing again (M1).
    """
    policy = policy_for(program, on=on)
    claimed = CourseCredit.objects.filter(member=member).values("course_id")
    courses = offered_courses([program], on).exclude(pk__in=claimed)
    begun = _begun(member, program)
    found = dict[Course, Award]()
    for course in courses:
        mine = begun.get(course.pk)
        facts = learnt_facts(mine) if mine else facts_of(course)
        try:
            offered = credit_stated(policy, facts, member.profession, on)
        except NotEligible:
            continue
        if not offered.attendance and offered.answer.credits:
            found[course] = offered.answer
    return found


def _begun(member: Member, program: str) -> Mapping[UUID, Enrolment]:
    rows = Enrolment.objects.of_program(program).filter(member=member)
    rows = rows.select_related("course", "version")
    return {each.course_id: each for each in rows}


def problem_of_credit(*, facts: Creditable, policy: Policy, on: date) -> str:
    """Say why a course can't bring the credit that is stated of it; else nothing."""
    who = policy.physicians
    physician = who.professions[0] if who else ""
    try:
        answer = credit_stated(policy, facts, physician, on).answer
    except NotEligible:
        return "No course brings credit of this kind. Choose another, or no credit."
    if answer.credits != facts.credit:
        brings = credit_words(answer.credits or Decimal(0))
        return f"By the policy it would bring {brings}. Enter what it brings."
    return ""


def credit_stated(
    policy: Policy, facts: Creditable, profession: str, on: date
) -> Offered:
    """Say what the credit that is stated brings somebody of a profession (M5).

    Args:
        policy: of that day.
        facts: what states it.
        profession: as it stands in their record.
        on: the day it is earned.

    Raises:
        NotEligible: it brings none.
    """
    kind, credit = policy.kind(facts.credit_kind), facts.credit
    if kind is None or credit is None:
        raise NotEligible(NO_CREDIT)
    minutes: int | None = None
    # A topic that is none is refused where it is written, by its own name.
    topics = [each for each in facts.topics if each in codes_of(policy.topics)]
    inputs: dict[str, object] = {"profession": profession, "topics": topics}
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
