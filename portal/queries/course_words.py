"""How a course's price, credit and addresses are said, one way on every page (M10)."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.urls import reverse

from core.words import money_words
from courses.models import Course, Enrolment, LiveActivity
from courses.queries.learning import way_of
from credentials.policy import CourseRules, credit_words, policy_for

CURRENCY = "USD"


def price_words(course: Course) -> str:
    """Say what a course costs members and others."""
    if not course.nonmember_price:
        return "Free"
    return f"{member_words(course)} for members, {other_words(course)} for others"


def member_words(course: Course) -> str:
    """Say what a course costs a member."""
    if not course.member_price:
        return "Free"
    return money_words(course.member_price, CURRENCY)


def other_words(course: Course) -> str:
    """Say what a course costs whoever is no member."""
    return money_words(course.nonmember_price, CURRENCY)


def provider_words(course: Course | LiveActivity) -> str:
    """Say who provides a course, and with whom."""
    if not course.joint_provider:
        return course.provider
    return f"{course.provider}, jointly with {course.joint_provider}"


def files_at(course_id: UUID) -> str:
    """Give the address under which whoever learns a course finds its files."""
    return f"{reverse('course', kwargs={'course_id': course_id})}files/"


def resume_url(enrolment: Enrolment) -> str:
    """Give the page on which somebody goes on (M1)."""
    at = way_of(enrolment).resume
    return f"{reverse('course', kwargs={'course_id': enrolment.course_id})}{at.code}/"


def going_url(enrolment: Enrolment | None, today: date) -> str:
    """Give where somebody goes on; empty where there is nothing to go on with."""
    if enrolment is None:
        return ""
    ends = enrolment.course.expires_on
    return "" if ends and ends < today else resume_url(enrolment)


def credit_of(course: Course | LiveActivity, today: date) -> str:
    """Say how much credit a course brings, and of which kind."""
    kinds = policy_for(course.program, on=today).kinds
    labels = {kind.code: kind.label for kind in kinds}
    amount = credit_words(course.credit or Decimal(0))
    return f"{amount} {labels.get(course.credit_kind, course.credit_kind)}"


def topics_of(course: Course | LiveActivity, today: date) -> str:
    """Name what a course counts as, by the body's list."""
    rules = rules_for(course.program, today)
    if rules is None:
        return ""
    return ", ".join(rules.topic_title(each) for each in course.topics)


def rules_for(program: str, today: date) -> CourseRules | None:
    """Find how a body's courses are taken; None where it has none."""
    return policy_for(program, on=today).courses
