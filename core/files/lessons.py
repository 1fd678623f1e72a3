"""Files of courses: pictures and PDFs as everywhere, films and captions beside them."""

from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.core.files import File

from core.files.film import NoFilm, film_of, seconds_of
from core.files.intake import look_into
from core.files.naming import check_ending
from core.files.refusals import FileRefused
from core.files.scanning import scan

# An hour of a lecture, as conferences record it.
MOST_FILM = 100 * 1024 * 1024
MOST_CAPTIONS = 1024 * 1024
CAPTIONS = (b"WEBVTT", b"\xef\xbb\xbfWEBVTT")


@dataclass(frozen=True)
class Lesson:
    """A file of a course in which nothing was found.

    Args:
        media: by its content: "png", "jpeg", "pdf", "webm", "mp4" or "vtt".
        content: what is to be stored.
        sha256: of `content`.
        seconds: how long a film is, where it says so.
    """

    media: str
    content: bytes
    sha256: str
    seconds: Decimal | None = None


def look_into_lesson(upload: "File[Any]") -> Lesson:
    """Look into a file that staff put into a course. Nothing is stored.

    Raises:
        FileRefused: it is not taken; the sentence says why and what to do.
    """
    upload.seek(0)
    head: bytes = upload.read(64)
    media = film_of(head) or ("vtt" if head.startswith(CAPTIONS) else "")
    if not media:
        found = look_into(upload)
        return Lesson(found.kind, found.content, found.stored_sha256)
    most = MOST_CAPTIONS if media == "vtt" else MOST_FILM
    upload.seek(0)
    data: bytes = upload.read(most + 1)
    if len(data) > most:
        text = f"This file is larger than {most // 1024**2} MB. Save it smaller."
        raise FileRefused.saying(text, "large")
    check_ending(upload.name or "", media)
    seconds = None if media == "vtt" else _seconds(data, media)
    scan(data)
    return Lesson(media, data, sha256(data).hexdigest(), seconds)


def _seconds(data: bytes, media: str) -> Decimal | None:
    try:
        return seconds_of(data, media)
    except NoFilm as fault:
        text = "This video is damaged or not complete. Save it anew, then choose it."
        raise FileRefused.saying(text, "damaged") from fault
