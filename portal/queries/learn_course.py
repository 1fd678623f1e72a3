"""A course as somebody meets it before they begin it, and when they come back (H5)."""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from accounts.models import Member
from core.failures import Missing
from core.words import money_words
from courses.models import Course, Enrolment
from courses.queries import (
    assignment_for,
    exam_of,
    learnt_facts,
    newest_version,
    quote_for,
    why_not_open,
)
from credentials.models import Assignment
from credentials.policy import day_words
from portal.queries.course_words import (
    CURRENCY,
    credit_of,
    going_url,
    member_words,
    other_words,
    provider_words,
    topics_of,
)
from portal.queries.order_places import place_of
from portal.queries.places import body_name


@dataclass(frozen=True)
class Offer:
    """What a course costs somebody, why, and the order that waits; amount in digits."""

    price: str
    price_text: str
    why: str
    follows: Sequence[str]
    order_url: str
    order_number: str


@dataclass(frozen=True)
class CoursePage:
    """A course: its facts, and the one thing to do with it."""

    title: str
    kind: str
    body_name: str
    summary: str
    facts: Sequence[tuple[str, str]]
    objectives: Sequence[str]
    modules: Sequence[str]
    why_not: str
    can_enrol: bool
    offer: Offer | None
    begin: str
    resume_url: str
    exam_url: str
    completed: str


def course_shown(member: Member, course_id: UUID, today: Mapping[str, date]) -> Course:
    """Find a course that somebody may look at: it is offered, or theirs.

    Raises:
        Missing: there is none.
    """
    # A body without a policy offers nothing.
    row = Course.objects.filter(pk=course_id, program__in=today).first()
    if row is not None:
        theirs = Enrolment.objects.visible_to(member).filter(course=row)
        opens = not why_not_open(row, today[row.program])
        if opens or theirs.exists() or assignment_for(member, row):
            return row
    raise Missing("Not found.")


def course_page(member: Member, course: Course, today: date) -> CoursePage:
    """Read a course as somebody meets it."""
    enrolment = (
        Enrolment.objects.visible_to(member)
        .filter(course=course)
        .select_related("course", "version")
        .first()
    )
    version = enrolment.version if enrolment else newest_version(course)
    given = assignment_for(member, course)
    why_not = "" if enrolment else why_not_open(course, today)
    offer = None if enrolment or given or why_not else _offer(member, course, today)
    return CoursePage(
        title=course.title,
        kind=course.get_kind_display(),
        body_name=body_name(course.program),
        summary=course.summary,
        facts=_facts(as_stated(course, enrolment), today),
        objectives=version.objectives if version else (),
        modules=list(version.modules.values_list("title", flat=True))
        if version
        else (),
        why_not=why_not,
        can_enrol=not (enrolment or why_not or offer),
        offer=offer,
        begin="Open" if course.kind == Course.Kind.MANUAL else "Enrol",
        resume_url=going_url(enrolment, today),
        exam_url=_exam_url(given, today),
        completed=_completed(enrolment),
    )


def _offer(member: Member, course: Course, today: date) -> Offer | None:
    """Say what a course costs somebody; None where it costs them nothing."""
    quote = quote_for(member, course, today, CURRENCY)
    if not quote.price:
        return None
    order = quote.order
    amount = order.total if order else quote.price
    return Offer(
        price=f"{amount:.2f}",
        price_text=money_words(amount, CURRENCY),
        why=quote.why,
        follows=(
            "You place an order, and get its invoice. No money is taken now.",
            "Once it is paid, you are enrolled.",
            "What was paid for a course that is begun is not given back.",
        ),
        order_url=place_of(order) if order else "",
        order_number=order.number if order else "",
    )


def as_stated(course: Course, enrolment: Enrolment | None) -> Course:
    """Read a course as it was stated to whoever learns it: what they can claim."""
    if enrolment is None:
        return course
    found, facts = copy(course), learnt_facts(enrolment)
    for name in ("provider", "joint_provider", "credit_kind", "credit", "topics"):
        setattr(found, name, getattr(facts, name))
    return found


def _completed(enrolment: Enrolment | None) -> str:
    if enrolment is None or enrolment.completed_at is None:
        return ""
    return (
        "You completed this course. It stays here to be read; it brings no more credit."
    )


def _exam_url(given: Assignment | None, today: date) -> str:
    """Lead to the exam that the same product opens, where it opens one (A14)."""
    if given is None or exam_of(given, today) is None:
        return ""
    return reverse("exam", args=[given.pk])


def _facts(course: Course, today: date) -> list[tuple[str, str]]:
    found = [("Provider", provider_words(course))]
    if course.credit is not None:
        found.append(("Credit", credit_of(course, today)))
    if topics := topics_of(course, today):
        found.append(("Counts as", topics))
    if course.nonmember_price:
        found.append(("Price for members", member_words(course)))
        found.append(("Price for others", other_words(course)))
    else:
        found.append(("Price", "Free"))
    if course.expires_on:
        found.append(("Can be read until", day_words(course.expires_on)))
    return found
