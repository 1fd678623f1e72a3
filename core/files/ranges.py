"""Giving out films and their captions: in pieces, as players ask for them.

Unlike a link that is signed for a minute, each piece asks anew who comes: a film is
played for longer than that, and a right that was taken away ends it.
"""

import re
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)

from core.files.giving import StoredFile, answer, held, media_type
from core.files.keeping import gone, is_kept
from core.files.naming import disposition

# One range, as players send it; of several, or what is none, the whole is sent.
RANGE = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})", re.ASCII)
PIECE = 64 * 1024


def answer_part(request: HttpRequest, file: StoredFile) -> HttpResponseBase:
    """Send a stored file, or the part of it that is asked for (RFC 9110, 14).

    With `FILES_ACCEL` the server in front cuts it. Whoever calls has found out that the
    person may have it.

    Raises:
        Missing: the storage doesn't have it, which is logged as an error of ours.
    """
    asked = RANGE.fullmatch(request.headers.get("Range", ""))
    if settings.FILES_ACCEL or asked is None or asked.groups() == ("", ""):
        response = answer(file)
    elif is_kept(file.key):
        said = disposition(file.name, file.kind, shown=file.ours)
        response = held(_part(file, asked[1], asked[2]), said, shown=file.ours)
    else:
        raise gone(file.key)
    response.headers["Accept-Ranges"] = "bytes"
    return response


def _part(file: StoredFile, first: str, last: str) -> HttpResponseBase:
    size = default_storage.size(file.key)
    begin, end = _bounds(first, last, size)
    if begin >= size or end < begin:
        return HttpResponse(
            status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
            headers={"Content-Range": f"bytes */{size}"},
        )
    content = default_storage.open(file.key)
    content.seek(begin)
    length = end - begin + 1
    return StreamingHttpResponse(
        _Pieces(content, length),
        status=HTTPStatus.PARTIAL_CONTENT,
        content_type=media_type(file),
        headers={
            "Content-Range": f"bytes {begin}-{end}/{size}",
            "Content-Length": str(length),
        },
    )


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    """Give the first and the last byte asked for; without a first, the last so many."""
    if not first:
        return max(size - int(last), 0), size - 1
    return int(first), min(int(last), size - 1) if last else size - 1


class _Pieces:
    """So many bytes of an open file, a piece at a time; closed with the answer."""

    def __init__(self, content: "File[Any]", length: int) -> None:
        self.content, self.left = content, length

    def __iter__(self) -> "_Pieces":
        return self

    def __next__(self) -> bytes:
        piece: bytes = self.content.read(min(PIECE, self.left)) if self.left else b""
        if not piece:
            self.content.close()
            raise StopIteration
        self.left -= len(piece)
        return piece

    def close(self) -> None:
        """Let the file go, also of a player that went away in the middle."""
        self.content.close()
