"""Asking a body's staff for help, and answering."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import StaffRole, User
from core.actor import Actor
from core.audit import record
from core.failures import FieldProblem, NotUsable, Stale
from core.outbox import tell
from core.work import hasten
from portal.models import HelpQuestion
from portal.queries.places import body_name

LONGEST = 4000
# How many questions of a body its staff are mailed in an hour.
AN_HOUR, HOUR = 20, timedelta(hours=1)
NO_ANSWER = "Write the answer."
ANSWERED = "Somebody answered it meanwhile. Your answer was not sent."


@dataclass(frozen=True)
class Question:
    """What somebody asks.

    Args:
        program: the body whose staff are asked.
        key: the form's own key, and the question's id; the same key asks once.
        name: who asks.
        email: where the answer goes.
        text: the question.
        page: the address of the page it is about, without the host.
        request: the number of the request it is about.
    """

    program: str
    key: UUID
    name: str
    email: str
    text: str
    page: str = ""
    request: str = ""


def ask_staff(
    *, actor: Actor, user_id: UUID | None, question: Question, now: datetime
) -> HelpQuestion:
    """Keep a question for the body's staff, and have them told.

    Asking again with the same key changes nothing.
    """
    row = HelpQuestion(
        id=question.key,
        program=question.program,
        asked_at=now,
        user_id=user_id,
        name=question.name,
        email=question.email,
        page=question.page,
        request=question.request,
        text=question.text,
    )
    with transaction.atomic():
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            return row
        record(
            actor=actor,
            action="help.asked",
            subject=row,
            sentence=f"Asked for help ({row.reference})",
            now=now,
            program=question.program,
        )
        hasten("portal.tasks.tell_of_questions")
    return row


def tell_staff(*, now: datetime, most: int = 100) -> int:
    """Mail the bodies' staff what they were asked and not yet told of.

    A flood of questions fills no mailbox: of a body's, so many are told in an hour, the
    rest wait in the list meanwhile.

    Returns:
        How many questions they are told of now.
    """
    waiting = HelpQuestion.objects.filter(told_at=None).order_by("asked_at", "id")
    told = HelpQuestion.objects.filter(told_at__gt=now - HOUR)
    with transaction.atomic():
        found = list(waiting.select_for_update()[:most])
        room = {
            program: max(0, AN_HOUR - told.filter(program=program).count())
            for program in {row.program for row in found}
        }
        rows = []
        for row in found:
            if room[row.program]:
                room[row.program] -= 1
                rows.append(row)
        staff = {program: _staff(program) for program in room}
        for row in rows:
            _tell(row, staff[row.program], now)
        HelpQuestion.objects.filter(pk__in=[row.pk for row in rows]).update(told_at=now)
    return len(rows)


def _staff(program: str) -> Sequence[User]:
    roles = StaffRole.objects.filter(
        program=program, until_at=None, user__is_active=True
    )
    found = roles.select_related("user").order_by("user__email")
    return [role.user for role in found]


def _tell(row: HelpQuestion, staff: Sequence[User], now: datetime) -> None:
    place = {"program": row.program, "question_id": row.pk}
    for person in staff:
        tell(
            kind="help_question",
            subject_id=row.pk,
            recipient=person.email,
            payload={
                "body": body_name(row.program),
                "name": person.name,
                "reference": row.reference,
                "who": row.name,
                "page": row.page,
                "request": row.request,
                "text": row.text,
                "url": f"{settings.BASE_URL}{reverse('staff_question', kwargs=place)}",
            },
            now=now,
            program=row.program,
        )


@transaction.atomic
def answer_question(
    *, actor: Actor, question: HelpQuestion, text: str, now: datetime
) -> None:
    """Answer a question once, by mail.

    Raises:
        NotUsable: there is no answer, or it is too long.
        Stale: it was answered meanwhile; nothing is sent.
    """
    text = text.strip()
    if not text or len(text) > LONGEST:
        said = f"Use at most {LONGEST:,} characters." if text else NO_ANSWER
        raise NotUsable(said, [FieldProblem("answer", said)])
    changed = HelpQuestion.objects.filter(pk=question.pk, answered_at=None).update(
        answer=text, answered_by=actor.label[:200], answered_at=now
    )
    if not changed:
        raise Stale(ANSWERED)
    record(
        actor=actor,
        action="help.answered",
        subject=question,
        sentence=f"Answered {question.reference}",
        now=now,
        program=question.program,
    )
    tell(
        kind="help_answer",
        subject_id=question.pk,
        recipient=question.email,
        payload={
            "body": body_name(question.program),
            "name": question.name,
            "reference": question.reference,
            "question": question.text,
            "answer": text,
            "url": f"{settings.BASE_URL}{reverse('help')}",
        },
        now=now,
        program=question.program,
    )


def forget_questions(*, before: datetime) -> int:
    """Delete questions that were answered before; return how many."""
    return HelpQuestion.objects.filter(answered_at__lt=before).delete()[0]
