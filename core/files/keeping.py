"""Keeping files out of anybody's reach but a view's, and giving them out again."""

from uuid import uuid4

import structlog
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import FileResponse

from core.failures import Missing
from core.files.naming import disposition

TYPES = {"pdf": "application/pdf", "png": "image/png", "jpeg": "image/jpeg"}
logger = structlog.get_logger(__name__)


def keep(content: bytes) -> str:
    """Store a content under a random key, which tells nothing, and return the key.

    Raises `OSError` where it can't be stored; no part of it stays behind then.
    """
    random = uuid4().hex
    key = f"proofs/{random[:2]}/{random}"
    try:
        return default_storage.save(key, ContentFile(content))
    except OSError:
        default_storage.delete(key)
        raise


def forget(key: str) -> None:
    """Delete a file whose row was never written; nothing else may go (X5)."""
    default_storage.delete(key)


def stored(key: str) -> bytes:
    """What is stored under a key; raises `Missing` as `answer` does."""
    try:
        with default_storage.open(key) as file:
            content: bytes = file.read()
    except FileNotFoundError:
        raise _gone(key) from None
    return content


def answer(*, key: str, kind: str, name: str) -> FileResponse:
    """Send a stored file to be saved: never to be shown, nor guessed about, nor kept.

    Whoever calls has found out that the person may have it.

    Raises:
        Missing: the storage doesn't have it, which is logged as an error of ours.
    """
    try:
        file = default_storage.open(key)
    except FileNotFoundError:
        raise _gone(key) from None
    response = FileResponse(file, content_type=TYPES[kind])
    response.headers["Content-Disposition"] = disposition(name, kind)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _gone(key: str) -> Missing:
    logger.error("A stored file is missing", key=key)
    return Missing("This file is not there any more. Ask for help.")
