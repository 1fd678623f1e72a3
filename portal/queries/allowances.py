"""What a body's staff allowed somebody in its exams and tests, and what they may."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from accounts.models import Member
from core.failures import Missing
from courses.models import Allowance, Attempt, Course, Enrolment
from courses.queries.allowances import allowances_of, extended_percent, tries_of
from courses.queries.course_tests import course_test_of, tests_taken, waits_until
from credentials.policy import day_words
from portal.queries.paging import Pager, pager_of
from portal.queries.places import body_name

PAGE_SIZE = 50


@dataclass(frozen=True)
class UsedUp:
    """A course's test that somebody took as often as they could, and did not pass."""

    enrolment_id: UUID
    course: str
    words: str


@dataclass(frozen=True)
class Given:
    """What was allowed: what, when and by whom, and why."""

    text: str
    about: str
    reason: str


@dataclass(frozen=True)
class AllowancesPage:
    """All that a body's manager sees of it."""

    body_name: str
    name: str
    verdict: str
    percent: int
    used_up: Sequence[UsedUp]
    given: Sequence[Given]


def learner_of(program: str, member_id: UUID) -> Member:
    """Find a member of the body, or who took an exam or a test of it.

    Raises:
        Missing: the body knows no such person.
    """
    found = Member.objects.of_program(program).filter(pk=member_id).first()
    took = Attempt.objects.of_program(program).filter(member=member_id)
    if found is None and took.exists():
        found = Member.objects.filter(pk=member_id, joined_to=None).first()
    if found is None:
        raise Missing("Not found.")
    return found


def enrolment_to_allow(
    member: Member, program: str, enrolment_id: UUID | None
) -> Enrolment:
    """Find what a member of the body learns.

    Raises:
        Missing: they learn no such course of it.
    """
    rows = Enrolment.objects.of_program(program).visible_to(member)
    rows = rows.select_related("course", "version", "member")
    found = rows.filter(pk=enrolment_id).first() if enrolment_id else None
    if found is None:
        raise Missing("Not found.")
    return found


def allowed_words(enrolment: Enrolment, today: date) -> str:
    """Say what another try lets a learner do, and from which day on."""
    said = f"{enrolment.member.name} can take the test once more"
    test = course_test_of(enrolment, today)
    again = test and waits_until(test, tests_taken(enrolment), today)
    return f"{said}, from {day_words(again)} on." if again else f"{said}."


def allowances_page(member: Member, program: str) -> AllowancesPage:
    """Show what somebody was allowed, and which tests they used up."""
    percent = extended_percent(member.pk, program)
    time = f"{percent} % more time" if percent else "The same time as others"
    return AllowancesPage(
        body_name=body_name(program),
        name=member.name,
        verdict=f"{time} in exams and tests.",
        percent=percent,
        used_up=[
            UsedUp(each.pk, each.course.title, f"Took its test {tries_of(each)} times.")
            for each in _used_up(Q(program=program, member=member))
        ],
        given=[_given(each) for each in allowances_of(member, program)],
    )


@dataclass(frozen=True)
class UsedUpIn:
    """Who used up the tries of a course's test, a page of them: name and address."""

    people: Sequence[tuple[str, str]]
    pager: Pager


def used_up_in(course: Course, number: int = 1) -> UsedUpIn:
    """Name who took a course's test as often as they could, the first ones first.

    Args:
        course: whose test.
        number: which page of them.
    """
    rows = _used_up(Q(course=course))
    pager = pager_of(number, rows.count(), PAGE_SIZE, {})
    place = {"program": course.program}
    people = [
        (
            each.member.name,
            reverse("staff_allowances", kwargs=place | {"member_id": each.member_id}),
        )
        for each in rows[pager.start : pager.start + PAGE_SIZE]
    ]
    return UsedUpIn(people, pager)


def _used_up(which: Q) -> QuerySet[Enrolment]:
    # What stays with a record that was given up in a merge is nobody's to take.
    rows = Enrolment.objects.filter(which, completed_at=None, member__joined_to=None)
    going = Attempt.objects.filter(enrolment=OuterRef("pk"))
    going = going.filter(Q(ended_at=None) | Q(passed=True))
    rows = rows.annotate(taken=_count(Attempt), allowed=_count(Allowance)).filter(
        ~Exists(going), taken__gt=0, taken__gte=F("version__tries") + F("allowed")
    )
    rows = rows.select_related("course", "version", "member")
    return rows.order_by("started_at", "pk")


def _count(of: type[Attempt | Allowance]) -> Coalesce:
    rows = of._default_manager.filter(enrolment=OuterRef("pk")).order_by()
    each = rows.values("enrolment").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(each), 0)


def _given(row: Allowance) -> Given:
    text = f"{row.percent} % more time" if row.percent else "The same time as others"
    if row.enrolment is not None:
        text = f"Try {row.nth} of the test of {row.enrolment.course.title}"
    return Given(text, f"{day_words(row.on)}, {row.by}", row.reason)
