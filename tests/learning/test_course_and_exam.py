"""A product that opens a course and an exam is complete by its exam (A14)."""

import pytest

from courses.services import enrol
from credentials.models import Assignment
from tests.cast import NOW, TODAY, Cast
from tests.courses.packs import HIPAA, published
from tests.learning.sitting import own, sat, was_given
from tests.learning.taking import passes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf")]
State = Assignment.State


def _reads(given: Assignment) -> None:
    """Begin what it opens, and go through every page of it."""
    version = published(HIPAA)
    mine = enrol(
        actor=own(given.member),
        assignment=given,
        course=version.course,
        member=given.member,
        today=TODAY,
        now=NOW,
    )
    for page in version.pages.all():
        passes(mine, page.code, read=True)
    mine.refresh_from_db()
    assert mine.completed_at == NOW


def test_the_exam_can_be_taken_after_the_course(cast: Cast) -> None:
    given = was_given(cast, "hipaa")
    _reads(given)
    given.refresh_from_db()
    assert given.state == State.STARTED
    assert sat(given, right=25).passed
    given.refresh_from_db()
    assert (given.state, given.label) == (State.COMPLETE, "passed 100 %")


def test_what_came_of_the_exam_stays_when_the_course_is_read_after_it(
    cast: Cast,
) -> None:
    given = was_given(cast, "hipaa")
    sat(given, right=25)
    given.refresh_from_db()
    _reads(given)
    given.refresh_from_db()
    assert (given.state, given.label) == (State.COMPLETE, "passed 100 %")


def test_a_course_without_an_exam_completes_its_product(cast: Cast) -> None:
    version = published("mscat-manual")
    given = was_given(cast, "mscat-manual")
    mine = enrol(
        actor=own(given.member),
        assignment=given,
        course=version.course,
        member=given.member,
        today=TODAY,
        now=NOW,
    )
    for page in version.pages.all():
        passes(mine, page.code)
    given.refresh_from_db()
    assert (given.state, given.label) == (State.COMPLETE, "completed")
