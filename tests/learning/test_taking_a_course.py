"""A course is read, watched, sits, evaluated, and its credit claimed once."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Member
from ce_credits.models import Activity
from certificates.models import Certificate
from core.failures import NotEligible, NotUsable
from core.models import AuditEntry
from courses.models import (
    CourseCredit,
    EvaluationAnswers,
    EvaluationGiven,
    Watched,
    Whereabouts,
)
from courses.queries.learning import way_of
from courses.rules import Place
from courses.services import pass_page
from portal.queries.verification import check_number
from tests.cast import NOW, TODAY, Cast
from tests.learning.sitting import own
from tests.learning.taking import (
    ANSWERS,
    a_course,
    claims,
    completed,
    enrolled,
    evaluated,
    page_of,
    passes,
    reads_all,
    sits,
    watched,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf")]


def physician(member: Member, profession: str = "MD") -> Member:
    member.profession = profession
    member.save()
    return member


def test_one_goes_on_at_the_second_where_one_left(cast: Cast) -> None:
    mine = enrolled(cast.bob, a_course())
    assert way_of(mine).resume == Place("welcome")
    watched(mine, (0, 12), second=12.4)
    watched(mine, (30, 41), second=41, now=NOW + timedelta(seconds=30))
    way = way_of(mine)
    assert way.resume == Place("film", Decimal(41))
    assert [*map(list, way.spans(page_of(mine, "film")))] == [[0, 12], [30, 41]]
    assert Whereabouts.objects.count() == Watched.objects.count() == 1


def test_skipping_leaves_a_video_unwatched_where_it_must_be(cast: Cast) -> None:
    mine = enrolled(cast.bob, a_course())
    assert not watched(mine, (0, 5), (55, 60), second=60).done
    with pytest.raises(NotEligible, match="Not watched yet: 0:05 to 0:55"):
        passes(mine, "film")
    seen = watched(mine, (5, 54))
    assert seen.done
    passes(mine, "film")
    assert way_of(mine).done == {"film"}


def test_the_transcript_is_the_other_way(cast: Cast) -> None:
    mine = enrolled(cast.bob, a_course())
    passes(mine, "film", read=True)
    assert way_of(mine).done == {"film"}


def test_elsewhere_a_video_is_passed_by_going_on(cast: Cast) -> None:
    mine = enrolled(cast.bob, a_course(must_watch=False))
    passes(mine, "film")
    assert way_of(mine).done == {"film"}


def test_a_page_of_another_version_is_none_of_theirs(cast: Cast) -> None:
    mine, other = enrolled(cast.bob, a_course()), a_course()
    with pytest.raises(NotUsable, match="another version"):
        pass_page(
            actor=own(mine.member),
            enrolment=mine,
            page=other.pages.get(code="welcome"),
            read_instead=False,
            today=TODAY,
            now=NOW,
        )


def test_a_course_that_ended_keeps_nothing_more(cast: Cast) -> None:
    mine = enrolled(cast.bob, a_course(expires_on=TODAY))
    watched(mine, (0, 5))
    late = NOW + timedelta(days=1)
    for late_act in (
        lambda: watched(mine, (5, 9), now=late),
        lambda: passes(mine, "welcome", now=late),
        lambda: sits(mine, right=2, now=late),
    ):
        with pytest.raises(NotEligible, match=r"ended on Nov 17, 2025\. Nothing"):
            late_act()


def test_the_test_follows_the_pages_and_completes_the_course(cast: Cast) -> None:
    mine = enrolled(cast.bob, a_course())
    with pytest.raises(NotEligible, match="Read every page"):
        sits(mine, right=2)
    reads_all(mine)
    mine.refresh_from_db()
    assert mine.completed_at is None
    first = sits(mine, right=1)
    assert (first.passed, first.exam, first.reported_at) == (False, "", None)
    assert sits(mine, right=2).passed
    mine.refresh_from_db()
    assert mine.completed_at == NOW
    with pytest.raises(NotEligible, match="You passed this test"):
        sits(mine, right=2)
    assert AuditEntry.objects.filter(action="course.completed").count() == 1


def test_the_test_is_taken_as_often_as_its_version_says(cast: Cast) -> None:
    mine = enrolled(cast.bob, a_course())
    reads_all(mine)
    sits(mine, right=0)
    sits(mine, right=0)
    with pytest.raises(NotEligible, match="You took it 2 times"):
        sits(mine, right=2)


def test_credit_follows_completing_and_evaluating(cast: Cast) -> None:
    mine = enrolled(physician(cast.bob), a_course())
    with pytest.raises(NotEligible, match="Complete the course"):
        claims(mine)
    with pytest.raises(NotEligible, match="Complete the course"):
        evaluated(mine)
    reads_all(mine)
    sits(mine, right=2)
    with pytest.raises(NotEligible, match="Fill in the evaluation"):
        claims(mine)
    with pytest.raises(NotUsable, match="Choose an answer"):
        evaluated(mine, {"objectives": 9})
    evaluated(mine)
    evaluated(mine)
    assert EvaluationGiven.objects.get().on == TODAY
    said = EvaluationAnswers.objects.get()
    assert (said.month, said.answers) == (date(2025, 11, 1), dict(ANSWERS))


def test_a_physician_has_credit_and_its_certificate_once(cast: Cast) -> None:
    mine = completed(enrolled(physician(cast.bob), a_course()))
    earned = claims(mine)
    assert claims(mine) == earned
    assert (earned.kind, earned.credits) == ("category_1", Decimal(1))
    activity = Activity.objects.get(program="mms")
    assert earned.activity == activity
    assert activity.state == "accepted"
    assert activity.provider == "The society"
    award = activity.awards.get()
    assert (award.credits, award.unit) == (Decimal(1), "AMA PRA Category 1 Credit")
    assert earned.certificate is not None
    facts = earned.certificate.facts
    assert facts["title"] == "Certificate of Credit"
    assert facts["subtitle"] == "1.0 AMA PRA Category 1 Credit"
    check = check_number(earned.certificate.number, today=date(2040, 1, 1))
    assert check is not None
    assert check.certificate_verdict.code == "valid"
    assert check.credential_verdict is None
    assert ("Completed", "Nov 17, 2025", False) in check.rows


@pytest.mark.parametrize("profession", ["Medical scribe", "Scribe (MD)"])
def test_others_have_attendance_without_credit(cast: Cast, profession: str) -> None:
    mine = completed(enrolled(physician(cast.bob, profession), a_course()))
    earned = claims(mine)
    assert (earned.kind, earned.credits) == ("attendance", Decimal(0))
    assert earned.certificate is not None
    facts = earned.certificate.facts
    assert facts["title"] == "Certificate of Attendance"
    assert "AMA" not in "".join(str(each) for each in facts.values())


def test_the_database_gives_no_second_credit(cast: Cast) -> None:
    mine = completed(enrolled(physician(cast.bob), a_course()))
    earned = claims(mine)
    with pytest.raises(IntegrityError), transaction.atomic():
        CourseCredit.objects.create(
            member=mine.member,
            program=mine.program,
            course=mine.course,
            version=mine.version,
            enrolment=mine,
            kind="x",
            credits=1,
            on=TODAY,
            at=NOW,
        )
    assert Certificate.objects.get(source_id=mine.pk) == earned.certificate


def test_credit_by_time_comes_out_as_the_course_states(cast: Cast) -> None:
    course = a_course(
        program="namss",
        bank="",
        credit_kind="sponsored_education",
        credit=Decimal("0.5"),
    )
    earned = claims(completed(enrolled(cast.bob, course)))
    assert earned.credits == Decimal("0.5")
    assert earned.activity is not None
    assert earned.activity.minutes == 30


def test_a_course_without_credit_has_none_to_claim(cast: Cast) -> None:
    course = a_course(credit_kind="", credit=None, bank="")
    with pytest.raises(NotEligible, match="brings no credit"):
        claims(completed(enrolled(cast.bob, course)))
