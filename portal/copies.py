"""What pages and REST hand out alike: documents, binders' PDFs, reports, pictures."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from django.core.files.storage import default_storage
from django.http import HttpResponse, HttpResponseBase

from accounts.access import PracticeDoor
from accounts.models import Practice
from core.downloads import download
from core.failures import Missing
from core.files import (
    MADE_TYPES,
    StoredFile,
    answer,
    answer_installed,
    marked_copy,
)
from core.files.keeping import gone, is_kept
from core.zips import member_pieces
from courses.models import Attempt
from courses.queries.sitting import installed_picture, picture_of
from credentials.models import DocumentReading, DocumentVersion
from credentials.policy import zone_of
from credentials.services import check_readable, note_reading, reader_of
from portal.queries.good_standing import Answer, Line, answers
from portal.queries.trail import when_words
from portal.services import Given, Rows, rows_of


def copy_for(
    door: PracticeDoor, version: DocumentVersion, *, today: date, now: datetime
) -> tuple[bytes, DocumentReading]:
    """Make a reader's copy, and note that they opened it before anybody sends it.

    The note takes turns on the trail, so it comes after the work of making the copy.

    Raises:
        Stale: the version was withdrawn.
        NotEligible: the practice is not in good standing.
        NotMarked: no copy could be made; nothing is noted.
        Missing: the file is gone.
    """
    check_readable(practice=door.practice, version=version, today=today)
    _, reader = reader_of(actor=door.actor)
    copy = _marked(door.practice, version, reader, now)
    reading = note_reading(
        actor=door.actor,
        practice=door.practice,
        version=version,
        today=today,
        now=now,
    )
    return copy, reading


def copy_of(practice: Practice, reading: DocumentReading, *, today: date) -> bytes:
    """Make the copy of a reading that was noted before; the same one each time.

    Raises:
        Stale: the version was withdrawn.
        NotEligible: the practice is not in good standing.
        NotMarked: no copy could be made.
        Missing: the file is gone.
    """
    version = reading.version
    check_readable(practice=practice, version=version, today=today)
    return _marked(practice, version, reading.reader, reading.at)


def binder_pdf(whole: StoredFile) -> HttpResponseBase:
    """Send the PDF of an audit binder out of its ZIP, piece by piece.

    Whoever calls has found out that the person may have the ZIP.

    Raises:
        Missing: the storage doesn't have it, which is logged as an error of ours.
    """
    if not is_kept(whole.key):
        raise gone(whole.key)
    archive: Callable[[], Any] = partial(default_storage.open, whole.key)
    name = f"{whole.name.removesuffix('.zip')}.pdf"
    return download(member_pieces(archive, "binder.pdf"), MADE_TYPES["pdf"], name)


def _marked(
    practice: Practice, version: DocumentVersion, reader: str, at: datetime
) -> bytes:
    zone = zone_of(version.document.program)
    lines = (reader, practice.name, when_words(at, zone))
    return marked_copy(key=version.file_key, lines=lines)


def hour_of(found: Answer) -> str:
    """Write the hour of an answer in the zone of the body that gives it."""
    return when_words(found.as_of, zone_of(found.program))


def report_of(
    lines: Sequence[Line],
    *,
    kind: str,
    check: str,
    moments: Mapping[str, datetime],
    now: datetime,
) -> tuple[Sequence[Answer], Rows]:
    """Answer a list as of now, and put the answers together as one dated report.

    Args:
        lines: at least one, counted already.
        kind: of the file that it will be.
        check: the address at which a file can be checked.
        moments: the hour in each body's zone, by program.
        now: this instant, which is kept.
    """
    found = answers(lines, moments)
    first = next((each for each in found if each.found), found[0])
    rows = rows_of(
        answers=found, kind=kind, now=now, as_of_text=hour_of(first), check=check
    )
    return found, rows


def report_answer(given: Given) -> HttpResponse:
    """Answer with a report's file, its hash in the headers."""
    response = HttpResponse(given.content, content_type=given.media_type)
    response["Content-Disposition"] = (
        f'attachment; filename="{given.name}.{given.kind}"'
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    for name, value in given.headers.items():
        response[name] = value
    return response


def question_picture(attempt: Attempt, number: int) -> HttpResponseBase:
    """Give the picture of one question to whoever is asked it.

    Args:
        attempt: their own; it runs.
        number: which question of its sheet, counted from 1.

    Raises:
        Missing: there is no such question, or it has no picture.
    """
    if not 1 <= number <= attempt.number:
        raise Missing("Not found.")
    # Its own name may say more than the question does.
    if path := installed_picture(attempt, number):
        return answer_installed(path, f"question-{number}{path.suffix}")
    found = picture_of(attempt, number)
    if found is None:
        raise Missing("Not found.")
    named = f"question-{number}.{found.media}"
    return answer(StoredFile(found.file_key, found.media, named))
