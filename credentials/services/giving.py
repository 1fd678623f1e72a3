"""Noting which files of the good-standing report were given out."""

from datetime import datetime

from core.scope import Scope, scoped
from credentials.models import GivenReport


def keep_given(
    *, sha256: str, rows_sha256: str, kind: str, lines: int, found: int, as_of: datetime
) -> None:
    """Keep what knows a file again: its hash, and nothing of what it says.

    The same file again changes nothing.

    Args:
        sha256: of the file, in hexadecimal.
        rows_sha256: of its rows.
        kind: one of `GivenReport.Kind`.
        lines: how many were asked about.
        found: how many of them were found.
        as_of: the instant whose answers it holds.
    """
    row = GivenReport(
        sha256=sha256,
        rows_sha256=rows_sha256,
        kind=kind,
        lines=lines,
        found=found,
        as_of=as_of,
    )
    with scoped(Scope.given(sha256)):
        GivenReport.objects.bulk_create([row], ignore_conflicts=True)
