"""Where an attempt is sat: the addresses of its pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from credentials.models import Assignment


@dataclass(frozen=True)
class Room:
    """Where an attempt is sat: the routes of its pages, and whose they are."""

    page: str
    question: str
    submit: str
    where: Mapping[str, UUID]

    @property
    def page_url(self) -> str:
        """What stands before and after it."""
        return reverse(self.page, kwargs=dict(self.where))

    @property
    def submit_url(self) -> str:
        """Where it is handed in."""
        return reverse(self.submit, kwargs=dict(self.where))

    def question_url(self, number: int) -> str:
        """One of its questions."""
        return reverse(self.question, kwargs=self._at(number))

    def picture_url(self, number: int) -> str:
        """The picture of one of its questions."""
        return reverse(f"{self.question}_picture", kwargs=self._at(number))

    def _at(self, number: int) -> dict[str, object]:
        return {**self.where, "number": number}


def room_of(row: Assignment) -> Room:
    """Say where an exam is sat."""
    return Room("exam", "exam_question", "exam_submit", {"assignment_id": row.pk})
