"""A member's activities as staff see them: each leads to its review."""

from collections.abc import Iterable
from dataclasses import replace

from portal.queries.activity_reported import Reported
from portal.queries.filters import Asked
from portal.queries.learning import CreditLine, line_of
from portal.queries.queue import review_url


def staff_lines(rows: Iterable[Reported]) -> list[CreditLine]:
    """Show what a member sent to a body, with the way to decide on each."""
    return [replace(line_of(row), url=_url(row)) for row in rows]


def _url(row: Reported) -> str:
    return review_url(row.activity.program, row.activity.pk, Asked())
