"""What a body's staff asked an applicant, on the applicant's page and staff's."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from core.failures import Missing
from core.words import day_words
from portal.queries.own_programs import own_url
from portal.queries.places import body_name
from portal.queries.recertify import ROUTES
from portal.queries.recertify_states import WHAT
from renewals.models import ApplicationQuestion, Recertification


@dataclass(frozen=True)
class Answering:
    """All the answer's template shows."""

    body_name: str
    heading: str
    asked_text: str
    question: ApplicationQuestion
    back_url: str
    reported_url: str
    closed: bool


@dataclass(frozen=True)
class Exchange:
    """One question and what became of it."""

    asked_text: str
    words: str
    answer: str
    answered_text: str


def answering(row: Recertification) -> Answering:
    """Show the newest question of an application.

    Raises:
        Missing: nothing was asked.
    """
    question = row.questions.order_by("asked_at", "id").last()
    if question is None:
        raise Missing("Not found.")
    body = body_name(row.program)
    return Answering(
        body_name=body,
        heading=f"{body} asks about your {WHAT[row.kind]}",
        asked_text=f"Asked on {day_words(question.asked_on)}.",
        question=question,
        back_url=reverse(ROUTES[row.kind], kwargs={"program": row.program}),
        reported_url=own_url("transcript", row.program),
        closed=row.asked is None,
    )


def exchanged(row: Recertification) -> Sequence[Exchange]:
    """List what was asked about an application and answered, the oldest first."""
    return [
        Exchange(
            asked_text=f"{each.asked_by}, {day_words(each.asked_on)}",
            words=each.words,
            answer=each.answer,
            answered_text=(
                f"{row.member.name}, {day_words(each.answered_on)}"
                if each.answered_on
                else "Not answered yet."
            ),
        )
        for each in row.questions.all()
    ]
