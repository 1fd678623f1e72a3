"""Somebody's way through a course: its pages, what is done, where they go on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property
from uuid import UUID

from accounts.models import Member
from courses.models import (
    CourseCredit,
    CourseFile,
    Enrolment,
    EvaluationGiven,
    Page,
    Watched,
    Whereabouts,
)
from courses.queries.course_tests import tests_taken
from courses.rules import Leaf, Place, joined, missing_leaves, resume_at
from courses.rules.watching import Spans
from credentials.policy import day_words, zone_of


@dataclass(frozen=True)
class Way:
    """An enrolment with its version's pages in order and what was seen of them."""

    enrolment: Enrolment
    pages: Sequence[Page]
    watched: Mapping[UUID, Watched]
    left: Whereabouts | None

    @cached_property
    def leaves(self) -> Sequence[Leaf]:
        """The pages as the rules know them."""
        return [Leaf(each.code, each.seconds) for each in self.pages]

    @cached_property
    def done(self) -> frozenset[str]:
        """The codes of the pages that are read or watched."""
        return frozenset(
            each.code
            for each in self.pages
            if each.pk in self.watched and self.watched[each.pk].done_at
        )

    @property
    def missing(self) -> Sequence[Leaf]:
        """The pages that are neither read nor watched."""
        return missing_leaves(self.leaves, self.done)

    @property
    def resume(self) -> Place:
        """Where to go on (M1)."""
        if self.left is None:
            return resume_at(self.leaves, None)
        return resume_at(self.leaves, Place(self.left.page.code, self.left.second))

    def page(self, code: str) -> Page | None:
        """Find a page of the version."""
        return next((each for each in self.pages if each.code == code), None)

    def spans(self, page: Page) -> Spans:
        """What was watched of a page's video."""
        row = self.watched.get(page.pk)
        if row is None or page.seconds is None:
            return ()
        return spans_of(row, page)


def spans_of(row: Watched, page: Page) -> Spans:
    """Read stretches as they are kept."""
    assert page.seconds is not None
    pairs = [(Decimal(str(first)), Decimal(str(last))) for first, last in row.spans]
    return joined(pairs, seconds=page.seconds)


def enrolment_of(member: Member, course_id: UUID) -> Enrolment | None:
    """Find what a member learns, with course and version."""
    rows = Enrolment.objects.visible_to(member)
    rows = rows.select_related("course", "version", "member", "assignment")
    return rows.filter(course=course_id).first()


def way_of(enrolment: Enrolment) -> Way:
    """Read somebody's way through a course, in three statements."""
    pages = list(
        Page.objects.filter(version=enrolment.version_id)
        .select_related("module", "video", "captions")
        .order_by("module__place", "place")
    )
    watched = Watched.objects.filter(enrolment=enrolment)
    left = Whereabouts.objects.filter(enrolment=enrolment).select_related("page")
    return Way(enrolment, pages, {row.page_id: row for row in watched}, left.first())


def is_over(enrolment: Enrolment, today: date) -> bool:
    """Say whether a course can be read no more (M1)."""
    ends = enrolment.course.expires_on
    return ends is not None and ends < today


def over_words(enrolment: Enrolment) -> str:
    """Say since when a course can be read no more, and that nothing is kept of it."""
    ends = enrolment.course.expires_on
    assert ends is not None
    return (
        f"This course ended on {day_words(ends)}. Nothing of it is saved any more; "
        "what you earned by then stays yours."
    )


def last_day_words(enrolment: Enrolment, today: date) -> str:
    """Warn whose course ends today; empty on other days, and once it is claimed."""
    if enrolment.course.expires_on != today or credit_of(enrolment) is not None:
        return ""
    midnight = datetime.combine(today, time.max, zone_of(enrolment.program))
    return (
        "This is the course's last day. What you haven't finished and claimed by "
        f"midnight ({midnight:%Z}) brings nothing."
    )


def passed_test(enrolment: Enrolment) -> bool:
    """Say whether nothing of a version's test is missing."""
    if not enrolment.version.bank:
        return True
    return any(each.passed for each in tests_taken(enrolment))


def has_evaluated(enrolment: Enrolment) -> bool:
    """Say whether somebody gave their evaluation."""
    return EvaluationGiven.objects.filter(enrolment=enrolment).exists()


def file_of(enrolment: Enrolment, name: str) -> CourseFile | None:
    """Find a file of somebody's version by its name; never a question's picture."""
    rows = CourseFile.objects.filter(version=enrolment.version_id, name=name)
    return rows.exclude(kind=CourseFile.Kind.QUESTION).first()


def credit_of(enrolment: Enrolment) -> CourseCredit | None:
    """Find what was claimed of a course, by this enrolment or another."""
    rows = CourseCredit.objects.filter(member=enrolment.member_id)
    rows = rows.select_related("certificate", "activity")
    return rows.filter(course=enrolment.course_id).first()
