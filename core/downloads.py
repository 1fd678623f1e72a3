"""Sending a file piece by piece: to be saved, guessed about by nobody, kept nowhere."""

from collections.abc import Iterator

from django.http import StreamingHttpResponse

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"


def download(pieces: Iterator[bytes], kind: str, name: str) -> StreamingHttpResponse:
    """Answer with a file of ours, by its media type and its name (plain ASCII)."""
    response = StreamingHttpResponse(pieces, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
