"""Rows about reports given out, to break guards with, and how to break them."""

from django.db import models

from credentials.models import GivenReport
from tests.cast import NOW
from tests.db.breaking import Changes


def rows_of_reports() -> None:
    """Let a file have been given out."""
    GivenReport.objects.create(
        sha256="a" * 64, rows_sha256="b" * 64, kind="csv", lines=3, found=2, as_of=NOW
    )


BREACHES: dict[str, tuple[type[models.Model], Changes]] = {
    "no_more_found_than_asked": (
        GivenReport,
        lambda row: {"sha256": "c" * 64, "found": row.lines + 1},
    ),
}
