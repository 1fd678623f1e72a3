"""What else waits for a body's staff, told where their queue has nothing left."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from ce_credits.models import ApprovalApplication
from credentials.policy import approval_programs, cycle_programs
from portal.queries.application_list import applications_waiting
from portal.queries.fed import rows_waiting
from portal.queries.merging import duplicates_waiting
from portal.queries.missed import missing_waiting
from portal.queries.questions import questions_waiting


@dataclass(frozen=True)
class Waiting:
    """Something to decide on or to answer on another page."""

    text: str
    url: str


def waiting_elsewhere(program: str, *, manages: bool, today: date) -> Sequence[Waiting]:
    """Name what waits on the body's other pages, of those that somebody may open."""
    return list(_waiting(program, manages=manages, today=today))


def _waiting(program: str, *, manages: bool, today: date) -> Iterator[Waiting]:
    said: dict[str, str] = {}
    if manages and program in cycle_programs():
        said["staff_applications"] = applications_waiting(program, today)
    if manages and program in approval_programs():
        said["staff_approvals"] = _approvals(program)
    said["staff_feed"] = rows_waiting(program)
    said["staff_missing"] = missing_waiting(program)
    if manages:
        said["staff_duplicates"] = _duplicates(program)
    said["staff_questions"] = questions_waiting(program)
    for name, text in said.items():
        if text:
            yield Waiting(text, reverse(name, kwargs={"program": program}))


def _duplicates(program: str) -> str:
    count = duplicates_waiting(program)
    if not count:
        return ""
    return (
        "1 report of two accounts waits."
        if count == 1
        else f"{count} reports of two accounts wait."
    )


def _approvals(program: str) -> str:
    sent = ApprovalApplication.objects.of_program(program)
    count = sent.filter(state=ApprovalApplication.State.SUBMITTED).count()
    if not count:
        return ""
    return (
        "1 sponsor's activity waits."
        if count == 1
        else f"{count} sponsors' activities wait."
    )
