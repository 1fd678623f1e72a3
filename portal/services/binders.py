"""Asking for an audit binder: whom it is about is settled there and then."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts.models import Practice
from core.actor import Actor
from core.exporting import ask_for_export, note_opened
from core.failures import FieldProblem, NotEligible, NotUsable
from core.models import ExportJob
from credentials.models import DocumentVersion
from credentials.policy import day_words
from credentials.queries import current_secure
from credentials.services import check_readable, note_reading, reader_of
from portal.queries.binder_page import ANOTHERS, BINDER, is_anothers
from portal.queries.binder_people import Chosen, chosen_people

MOST_PEOPLE = 1_000
NOBODY = "Nobody is chosen. Choose everybody on the list, or tick at least one person."
NOT_THERE = (
    "Somebody you chose is not on the list of these days. "
    "Look at the list, then choose again."
)
TOO_MANY = (
    "A binder is about at most 1,000 people, and these are {count:,}. "
    "Narrow the list, and make several."
)


@transaction.atomic
def ask_for_binder(
    *,
    actor: Actor,
    practice: Practice,
    program: str,
    chosen: Chosen,
    ticked: Collection[UUID] | None,
    key: str,
    today: date,
    now: datetime,
) -> ExportJob:
    """Have a worker make an audit binder; asked twice by one form it is one.

    Those of the body's documents that the practice may read (A13) are bound with the
    name of whoever asks; they are read when the binder is opened.

    Args:
        chosen: the days, and who is on the list.
        ticked: of those on the list, these alone; None: everybody on it.
        key: names the form or request.
        today: the day it is in the body's zone.

    Raises:
        NotUsable: the days are no period of the past, or nobody or too many are chosen,
            or somebody who is not on the list.
        NotEligible: ten files of the practice are being made already.
    """
    ids = _people(practice, program, chosen, ticked, today)
    documents = [
        each
        for each in current_secure(practice, today=today)
        if each.program == program and each.readable
    ]
    return ask_for_export(
        actor=actor,
        practice_id=practice.pk,
        program=program,
        kind=BINDER,
        params={
            "from_on": chosen.period.from_on.isoformat(),
            "until_on": chosen.period.until_on.isoformat(),
            "members": [str(each) for each in ids],
            "documents": [str(each.version_id) for each in documents],
            # As the readings of them will say it: behind a program stands a person.
            "reader": reader_of(actor=actor)[1] if documents else "",
        },
        key=key,
        now=now,
    )


def check_opened(
    *, actor: Actor, practice: Practice, job: ExportJob, today: date
) -> None:
    """See whether somebody may open a file: of the body's documents none leaves by it.

    A file without such documents may be opened by whoever may see the practice.

    Args:
        today: the day it is in the body's zone.

    Raises:
        NotEligible: somebody else's name is on the documents in it, or the practice is
            not in good standing.
        Stale: one of them was withdrawn.
    """
    if is_anothers(job, actor):
        raise NotEligible(ANOTHERS.format(by=job.by))
    for version in _documents_in(job):
        check_readable(practice=practice, version=version, today=today)


@transaction.atomic
def open_export(
    *,
    actor: Actor,
    practice: Practice,
    job: ExportJob,
    today: date,
    now: datetime,
) -> None:
    """Note that somebody opens a file, and reads the body's documents that are in it.

    Call it before the file is sent.

    Raises:
        NotEligible: as `check_opened`; nothing is noted.
        Stale: as `check_opened`; nothing is noted.
    """
    check_opened(actor=actor, practice=practice, job=job, today=today)
    for version in _documents_in(job):
        note_reading(
            actor=actor, practice=practice, version=version, today=today, now=now
        )
    note_opened(actor=actor, job=job, now=now)


def _documents_in(job: ExportJob) -> list[DocumentVersion]:
    """The versions that a file was asked for with; most kinds of files have none."""
    ids = [UUID(each) for each in job.params.get("documents", ())]
    if not ids:
        return []
    found = DocumentVersion.objects.filter(pk__in=ids).select_related("document")
    return list(found.order_by("document", "number"))


def check_period(*, chosen: Chosen, today: date) -> list[FieldProblem]:
    """Say what keeps days from being a period of the past."""
    period = chosen.period
    if period.until_on > today:
        text = f"Nothing is recorded after today. Write {day_words(today)} or before."
        return [FieldProblem("until_on", text, "in_the_future")]
    if period.from_on > period.until_on:
        text = "The first day is after the last. Write a day before it."
        return [FieldProblem("from_on", text, "wrong_order")]
    return []


def _people(
    practice: Practice,
    program: str,
    chosen: Chosen,
    ticked: Collection[UUID] | None,
    today: date,
) -> list[UUID]:
    if problems := check_period(chosen=chosen, today=today):
        raise NotUsable(problems[0].text, problems)
    found = chosen_people(practice, program, chosen, today=today)
    if ticked is not None:
        found = found.filter(pk__in=ticked)
    ids = list(found.values_list("pk", flat=True)[: MOST_PEOPLE + 1])
    if ticked is not None and len(ids) < len(set(ticked)):
        raise _not_usable(NOT_THERE, "unknown")
    if not ids:
        raise _not_usable(NOBODY, "nobody")
    if len(ids) > MOST_PEOPLE:
        raise _not_usable(TOO_MANY.format(count=found.count()), "too_many")
    return ids


def _not_usable(text: str, code: str) -> NotUsable:
    return NotUsable(text, [FieldProblem("members", text, code)])
