"""Rows of exams to break guards with, and how to break them."""

from datetime import timedelta
from uuid import uuid4

from django.db import models

from accounts.models import Member
from courses.models import Allowance, Answer, Attempt, Enrolment, QuestionBank
from credentials.models import Assignment
from tests.cast import BODY, NOW, TODAY
from tests.db.breaking import Changes
from tests.db.course_rows import a_published_course

ENDED = {"ended_at": NOW, "right": 0, "passed": False}


def rows_of_exams(member: Member, assignment: Assignment | None = None) -> Attempt:
    """Let somebody begin an exam of what they were given, and answer one question."""
    given = assignment or Assignment.objects.filter(member=member).order_by("at")[0]
    bank, _ = QuestionBank.objects.get_or_create(
        sha256="0" * 64, defaults={"exam": "x", "title": "X", "text": "", "at": NOW}
    )
    attempt = Attempt.objects.create(
        member=member,
        program=BODY,
        assignment=given,
        exam="x",
        title="X",
        nth=1,
        bank=bank,
        policy="x",
        seed="17",
        number=1,
        sheet=[["x-1", [0, 1]]],
        started_on=TODAY,
        started_at=NOW,
        ends_at=NOW + timedelta(minutes=1),
    )
    Answer.objects.create(attempt=attempt, question="x-1", chosen=[0], at=NOW)
    Allowance.objects.create(
        member=member,
        allowed_to=member,
        program=BODY,
        percent=50,
        reason="A note",
        by="tests",
        on=TODAY,
        at=NOW,
    )
    return attempt


ONE_MORE = ENDED | {"nth": 2}


def _of_a_course(row: Attempt) -> dict[str, object]:
    """Let the same member take a course's test, and give what would be another try."""
    version = a_published_course()
    enrolment = Enrolment.objects.create(
        member=row.member,
        begun_by=row.member,
        program=BODY,
        course=version.course,
        version=version,
        started_on=TODAY,
        started_at=NOW,
    )
    test: dict[str, object] = {"assignment_id": None, "exam": ""}
    taken = Attempt.objects.get(pk=row.pk)
    taken.pk, taken.assignment_id, taken.exam = uuid4(), None, ""
    taken.enrolment = enrolment
    taken.save(force_insert=True)
    return test | {"enrolment_id": enrolment.pk}


def _second_try(row: Allowance) -> dict[str, object]:
    """Allow somebody a try of a course's test, and give what would be the same one."""
    version = a_published_course()
    enrolment = Enrolment.objects.create(
        member=row.member,
        begun_by=row.member,
        program=BODY,
        course=version.course,
        version=version,
        started_on=TODAY,
        started_at=NOW,
    )
    allowed: dict[str, object] = {"enrolment_id": enrolment.pk, "nth": 3}
    first = Allowance.objects.get(pk=row.pk)
    first.pk, first.percent, first.enrolment, first.nth = uuid4(), None, enrolment, 3
    first.save(force_insert=True)
    return allowed | {"percent": None}


BREACHES: dict[str, tuple[type[models.Model], Changes]] = {
    "one_attempt_a_number": (Attempt, lambda row: ENDED),
    "one_attempt_at_a_time": (Attempt, lambda row: {"nth": 2}),
    "one_test_attempt_a_number": (Attempt, lambda row: _of_a_course(row) | ENDED),
    "one_test_attempt_at_a_time": (Attempt, lambda row: _of_a_course(row) | {"nth": 2}),
    "attempt_opened_once": (Attempt, lambda row: ONE_MORE | {"exam": ""}),
    "attempt_ended_whole": (Attempt, lambda row: {"nth": 2, "ended_at": NOW}),
    "attempt_right_of_asked": (Attempt, lambda row: ENDED | {"nth": 2, "right": 2}),
    "attempt_has_time": (Attempt, lambda row: ENDED | {"nth": 2, "ends_at": NOW}),
    "one_allowance_a_try": (Allowance, _second_try),
    "allowance_of_one_kind": (Allowance, lambda row: {"nth": 3}),
    "allowance_percent_bound": (Allowance, lambda row: {"percent": 301}),
    "one_answer_a_question": (Answer, lambda row: {"id": uuid4()}),
}
