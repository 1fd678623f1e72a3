"""Giving an evaluation: that it was given has a name, what was said has none (M3)."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from core.actor import Actor
from core.audit import record
from core.failures import FieldProblem, NotEligible, NotUsable
from courses.models import Enrolment, EvaluationAnswers, EvaluationGiven
from courses.queries.course_tests import rules_of
from courses.rules import answers_kept, problems_of_answers
from courses.services.keeping import check_going, hold_enrolment

NOT_COMPLETED = "Complete the course first: read every page, and pass its test."


@transaction.atomic
def give_evaluation(
    *,
    actor: Actor,
    enrolment: Enrolment,
    answers: Mapping[str, object],
    today: date,
    now: datetime,
) -> EvaluationGiven:
    """Take somebody's evaluation of a course; again gives back the first one.

    Args:
        actor: who learnt it.
        enrolment: their own.
        answers: by the question's code: the place on the scale from 1, or words.
        today: the day in the body's zone.
        now: the instant, UTC.

    Raises:
        NotEligible: the course ended, or is not completed.
        NotUsable: an answer is missing, or none of those there are.
    """
    row = hold_enrolment(enrolment)
    if given := EvaluationGiven.objects.filter(enrolment=row).first():
        return given
    check_going(row, today)
    if row.completed_at is None:
        raise NotEligible(NOT_COMPLETED)
    asked = rules_of(row.course, today).evaluation
    if problems := problems_of_answers(asked, answers):
        named = [FieldProblem(code, text) for code, text in problems]
        raise NotUsable(named[0].text, named)
    # Its id is random, and its month all that is known of when: no row leads back.
    EvaluationAnswers.objects.bulk_create(
        [
            EvaluationAnswers(
                version=row.version,
                month=today.replace(day=1),
                answers=answers_kept(asked, answers),
            )
        ]
    )
    given = EvaluationGiven.objects.create(enrolment=row, on=today)
    record(
        actor=actor,
        action="course.evaluated",
        subject=given,
        member_id=row.member_id,
        program=row.program,
        sentence=f"Evaluated {row.course.title}",
        now=now,
    )
    return given
