"""Copies of what is kept: a body's document for one reader; a binder's PDF alone."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any

from django.core.files.storage import default_storage
from django.http import HttpResponseBase

from accounts.access import PracticeDoor
from accounts.models import Practice
from core.downloads import download
from core.files import MADE_TYPES, StoredFile, marked_copy
from core.files.keeping import gone, is_kept
from core.zips import member_pieces
from credentials.models import DocumentReading, DocumentVersion
from credentials.policy import zone_of
from credentials.services import check_readable, note_reading, reader_of
from portal.queries.trail import when_words


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
