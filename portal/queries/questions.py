"""What a body's staff were asked, and what was answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F
from django.urls import reverse

from core.failures import Missing
from core.models import AuditEntry
from credentials.policy import zone_of
from portal.models import HelpQuestion
from portal.queries.paging import Pager, pager_of
from portal.queries.places import body_name
from portal.queries.shown import Tag
from portal.queries.trail import Happened, happened, when_words

PAGE_SIZE = 50
OPEN, DONE = Tag("warn", "To answer"), Tag("ok", "Answered")


@dataclass(frozen=True)
class Row:
    """One question of the list."""

    reference: str
    url: str
    who: str
    email: str
    beginning: str
    when_text: str
    tag: Tag


@dataclass(frozen=True)
class Questions:
    """The list."""

    body_name: str
    verdict: str
    rows: Sequence[Row]
    pager: Pager


@dataclass(frozen=True)
class OneQuestion:
    """One question with all that is known of it."""

    row: Row
    body_name: str
    back_url: str
    text: str
    facts: Sequence[tuple[str, str]]
    answer: str
    answered_text: str
    trail: Sequence[Happened]


def questions(program: str, *, number: int) -> Questions:
    """List what a body was asked, what is open first, the newest first."""
    found = HelpQuestion.objects.of_body(program)
    waiting = found.filter(answered_at=None).count()
    pager = pager_of(number, found.count(), PAGE_SIZE, {})
    ordered = found.order_by(F("answered_at").desc(nulls_first=True), "-asked_at", "id")
    rows = ordered[pager.start : pager.start + PAGE_SIZE]
    return Questions(
        body_name=body_name(program),
        verdict=_verdict(waiting),
        rows=[_row(row, program) for row in rows],
        pager=pager,
    )


def questions_waiting(program: str) -> str:
    """Say how many questions wait for an answer; empty where none does."""
    count = HelpQuestion.objects.of_body(program).filter(answered_at=None).count()
    return _verdict(count) if count else ""


def question_of(program: str, question_id: UUID) -> HelpQuestion:
    """Find a question of a body.

    Raises:
        Missing: there is none, or it was another body's.
    """
    found = HelpQuestion.objects.of_body(program).filter(pk=question_id).first()
    if found is None:
        raise Missing("Not found.")
    return found


def one_question(question: HelpQuestion) -> OneQuestion:
    """Show one question."""
    program = question.program
    facts = [
        ("Asked by", question.name),
        ("E-mail", question.email),
        ("Signed in", "Yes" if question.user_id else "No"),
        ("Page", question.page or "Not told"),
        ("Request", question.request or "Not told"),
    ]
    return OneQuestion(
        row=_row(question, program),
        body_name=body_name(program),
        back_url=reverse("staff_questions", kwargs={"program": program}),
        text=question.text,
        facts=facts,
        answer=question.answer,
        answered_text=_answered(question),
        trail=happened(
            AuditEntry.objects.filter(program=program, subject_id=question.pk),
            zone_of(program),
            most=PAGE_SIZE,
        ),
    )


def _row(question: HelpQuestion, program: str) -> Row:
    place = {"program": program, "question_id": question.pk}
    return Row(
        reference=question.reference,
        url=reverse("staff_question", kwargs=place),
        who=question.name,
        email=question.email,
        beginning=question.text,
        when_text=when_words(question.asked_at, zone_of(program)),
        tag=DONE if question.answered_at else OPEN,
    )


def _answered(question: HelpQuestion) -> str:
    if question.answered_at is None:
        return ""
    when = when_words(question.answered_at, zone_of(question.program))
    return f"Answered by {question.answered_by}, {when}"


def _verdict(waiting: int) -> str:
    if not waiting:
        return "Every question is answered."
    return f"{waiting} {'question waits' if waiting == 1 else 'questions wait'}."
