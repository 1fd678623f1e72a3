"""One page of a list, read with the total in a single statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Count, QuerySet, Window

from core.failures import Missing

R = TypeVar("R")
_TOTAL = "total_rows"


@dataclass(frozen=True)
class Page:
    """Which rows of a list are asked for: the page's number from 1, and its size."""

    number: int
    size: int

    @property
    def first(self) -> int:
        """How many rows stand before it."""
        return (self.number - 1) * self.size

    @property
    def rows(self) -> slice:
        """The slice of a queryset that is the page."""
        return slice(self.first, self.first + self.size)


@dataclass(frozen=True)
class Rows(Generic[R]):
    """One page's rows, and how many there are on all pages."""

    count: int
    rows: Sequence[R]


def take(queryset: QuerySet[Any], page: Page, *names: str) -> Rows[dict[str, Any]]:
    """Read the named columns of one page, and the total.

    Raises:
        Missing: the page stands behind the last one.
    """
    counted = queryset.annotate(**{_TOTAL: Window(Count("*"))})
    rows = list(counted.values(_TOTAL, *names)[page.rows])
    if not rows and page.number > 1:
        raise Missing("Not found.")
    return Rows(rows[0][_TOTAL] if rows else 0, rows)


def cut(rows: Sequence[R], page: Page) -> Rows[R]:
    """Cut one page out of a list that is short enough to be read whole.

    Raises:
        Missing: the page stands behind the last one.
    """
    found = rows[page.rows]
    if not found and page.number > 1:
        raise Missing("Not found.")
    return Rows(len(rows), found)
