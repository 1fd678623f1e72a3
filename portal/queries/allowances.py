"""What a body's staff allowed somebody in its exams and tests, and what they may."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
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
            for each in _used_up()
            .filter(program=program, member=member)
            .select_related("course", "version")
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
    rows = _used_up().filter(course=course)
    pager = pager_of(number, rows.count(), PAGE_SIZE, {})
    # Names are read for one page: each asks whom the body may see.
    ids = list(rows.values_list("member_id", flat=True)[pager.start :][:PAGE_SIZE])
    members = Member.objects.in_bulk(ids)
    place = {"program": course.program}
    people = [
        (
            members[each].name,
            reverse("staff_allowances", kwargs=place | {"member_id": each}),
        )
        for each in ids
        if each in members
    ]
    return UsedUpIn(people, pager)


def _used_up() -> QuerySet[Enrolment]:
    rows = Enrolment.objects.filter(used_up_at__isnull=False)
    return rows.order_by("used_up_at", "pk")


def _given(row: Allowance) -> Given:
    text = f"{row.percent} % more time" if row.percent else "The same time as others"
    if row.enrolment is not None:
        text = f"Try {row.nth} of the test of {row.enrolment.course.title}"
    return Given(text, f"{day_words(row.on)}, {row.by}", row.reason)
