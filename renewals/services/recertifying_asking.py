"""Staff ask an applicant for something, and the applicant answers."""

from datetime import date, datetime

from django.db import transaction

from accounts.access import refuse_own_record
from core.actor import Actor
from core.audit import record
from core.failures import FieldProblem, NotEligible, NotUsable, Stale
from core.work import hasten
from renewals.models import ApplicationQuestion, Recertification
from renewals.models.cycles import LONGEST_ANSWER
from renewals.services.recertifying_holding import check_open, words_of
from renewals.services.recertifying_rows import change, lock_application
from renewals.services.recertifying_telling import tell_application

MISSING = "Write what you need: the applicant reads it."
NO_ANSWER = "Write your answer."
ENDED = "It is decided on meanwhile, or answered. Your answer was not sent."


@transaction.atomic
def ask_applicant(
    *,
    actor: Actor,
    application: Recertification,
    seen: int,
    words: str,
    today: date,
    now: datetime,
) -> ApplicationQuestion:
    """Ask an applicant for something; a letter and the bell say so.

    The days of the answer stay as they are. Asking the same again is nothing.

    Args:
        actor: a manager of the body.
        application: under review.
        seen: the version they saw.
        words: what is needed.
        today: the day in the body's zone.
        now: the instant, UTC.

    Raises:
        NotEligible: it is the manager's own, or something else is asked already.
        Stale: it is not under review any more, or changed since they saw it.
        NotUsable: the words are empty or too long.
    """
    refuse_own_record(actor, application.member)
    said = words_of(words, MISSING)
    row = lock_application(application.pk)
    asked = row.asked
    if asked is not None and asked.words == said:
        return asked
    check_open(row, seen, "asked")
    if asked is not None:
        raise NotEligible(
            "Something is asked already, and not answered. Nothing was asked."
        )
    question = ApplicationQuestion.objects.create(
        application=row,
        words=said,
        asked_on=today,
        asked_by=actor.label[:200],
        asked_user_id=actor.user_id,
        asked_at=now,
    )
    change(row, now)
    record(
        actor=actor,
        action="application.asked",
        subject=row,
        member_id=row.member_id,
        program=row.program,
        sentence=f"Asked {row.member.name} about the {row.kind} application",
        reason=said,
        now=now,
    )
    tell_application(
        row, "application_asked", now, about=question.pk, reason=question.words
    )
    return question


@transaction.atomic
def answer_staff(
    *,
    actor: Actor,
    application: Recertification,
    question: ApplicationQuestion,
    answer: str,
    today: date,
    now: datetime,
) -> ApplicationQuestion:
    """Answer what staff asked, once; the same answer again is nothing.

    Args:
        actor: the applicant.
        application: theirs, under review.
        question: what they were asked.
        answer: in their words; proofs are added where activities are.
        today: the day in the body's zone.
        now: the instant, UTC.

    Raises:
        Stale: it is answered or decided on already.
        NotUsable: the answer is empty or too long.
    """
    said = answer.strip()
    text = NO_ANSWER if not said else f"Use at most {LONGEST_ANSWER} characters."
    if not said or len(said) > LONGEST_ANSWER:
        raise NotUsable(text, [FieldProblem("answer", text)])
    row = lock_application(application.pk)
    found = row.questions.get(pk=question.pk)
    if found.answer == said:
        return found
    if row.asked is None or row.asked.pk != found.pk:
        raise Stale(ENDED)
    found.answer, found.answered_on = said, today
    found.save(update_fields=["answer", "answered_on"])
    change(row, now)
    record(
        actor=actor,
        action="application.answered",
        subject=row,
        member_id=row.member_id,
        program=row.program,
        sentence=f"Answered what was asked about the {row.kind} application",
        now=now,
    )
    hasten("renewals.tasks.tell_answers")
    return found
