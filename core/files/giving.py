"""Giving a stored file out: the one answer that carries one, and its headers."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponse, HttpResponseBase

from core.files.keeping import gone, is_kept
from core.files.naming import disposition

TYPES = {"pdf": "application/pdf", "png": "image/png", "jpeg": "image/jpeg"}
# What the program makes itself; nobody sends it any but a PDF.
MADE_TYPES = {
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jsonl": "application/jsonl",
    "zip": "application/zip",
    # Films and their captions: courses take them in.
    "webm": "video/webm",
    "mp4": "video/mp4",
    "vtt": "text/vtt; charset=utf-8",
}
LOCKED = "default-src 'none'; sandbox"
# A sandbox would keep the browser from drawing a PDF of our own making.
SHOWN = "default-src 'none'; object-src 'self'; frame-ancestors 'none'"


@dataclass(frozen=True)
class StoredFile:
    """A file as it is given out.

    Args:
        key: where the storage has it.
        kind: one of `TYPES`, as it was found to be when it was stored, or one of
            `MADE_TYPES`.
        name: the name it is saved under.
        ours: the program made it: a browser may show it. Else it is only saved.
    """

    key: str
    kind: str
    name: str
    ours: bool = False


def answer(file: StoredFile) -> HttpResponseBase:
    """Send a stored file: never to be guessed about, nor kept by the way.

    With `FILES_ACCEL` the server in front sends it and the answer only names the file.
    Whoever calls has found out that the person may have it.

    Raises:
        Missing: the storage doesn't have it, which is logged as an error of ours.
    """
    if not is_kept(file.key):
        raise gone(file.key)
    response = _in_front(file) if settings.FILES_ACCEL else _from_here(file)
    said = disposition(file.name, file.kind, shown=file.ours)
    return held(response, said, shown=file.ours)


def answer_copy(content: bytes, name: str) -> HttpResponseBase:
    """Send a PDF that was made for this one answer and is kept nowhere.

    A browser may show it: it went through the intake, and we saved it anew.
    """
    response = HttpResponse(content, content_type=TYPES["pdf"])
    return held(response, disposition(name, "pdf", shown=True), shown=True)


def answer_installed(path: Path, name: str) -> HttpResponseBase:
    """Send a picture that is one of the program's own files.

    Args:
        path: its file, whose ending is its kind.
        name: the name it is saved under.
    """
    kind = path.suffix.removeprefix(".")
    response = HttpResponse(path.read_bytes(), content_type=TYPES[kind])
    return held(response, disposition(name, kind, shown=False), shown=False)


def held(response: HttpResponseBase, said: str, *, shown: bool) -> HttpResponseBase:
    """Put the headers of a file on its answer: `said` is what to do with it."""
    response.headers["Content-Disposition"] = said
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = SHOWN if shown else LOCKED
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _from_here(file: StoredFile) -> HttpResponseBase:
    try:
        content = default_storage.open(file.key)
    except FileNotFoundError:
        raise gone(file.key) from None
    return FileResponse(content, content_type=media_type(file))


def _in_front(file: StoredFile) -> HttpResponseBase:
    response = HttpResponse(content_type=media_type(file))
    response.headers["X-Accel-Redirect"] = settings.FILES_ACCEL + quote(file.key)
    return response


def media_type(file: StoredFile) -> str:
    """Name what a file is, as browsers are told."""
    return {**TYPES, **MADE_TYPES}[file.kind]
