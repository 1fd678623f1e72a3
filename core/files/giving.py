"""Giving a stored file out: the one answer that carries one, and its headers."""

from dataclasses import dataclass
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponse, HttpResponseBase

from core.files.keeping import gone, is_kept
from core.files.naming import disposition

TYPES = {"pdf": "application/pdf", "png": "image/png", "jpeg": "image/jpeg"}
LOCKED = "default-src 'none'; sandbox"
# A sandbox would keep the browser from drawing a PDF of our own making.
SHOWN = "default-src 'none'; object-src 'self'; frame-ancestors 'none'"


@dataclass(frozen=True)
class StoredFile:
    """A file as it is given out.

    Args:
        key: where the storage has it.
        kind: "pdf", "png" or "jpeg", as it was found to be when it was stored.
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
    response.headers["Content-Disposition"] = disposition(
        file.name, file.kind, shown=file.ours
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = SHOWN if file.ours else LOCKED
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _from_here(file: StoredFile) -> HttpResponseBase:
    try:
        content = default_storage.open(file.key)
    except FileNotFoundError:
        raise gone(file.key) from None
    return FileResponse(content, content_type=TYPES[file.kind])


def _in_front(file: StoredFile) -> HttpResponseBase:
    response = HttpResponse(content_type=TYPES[file.kind])
    response.headers["X-Accel-Redirect"] = settings.FILES_ACCEL + quote(file.key)
    return response
