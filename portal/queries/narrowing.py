"""What a list is narrowed by: its address, the ways there, the words looked for."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q

# Each word is a condition of its own; nobody looks for more.
MOST_WORDS = 5
NAME = ("first_name", "last_name")
MEMBER_NAME = ("member__first_name", "member__last_name")


@dataclass(frozen=True)
class Narrowed:
    """The filters of a list's address; an empty one is no filter."""

    @property
    def pairs(self) -> dict[str, str]:
        """The filters as an address has them, empty ones left out."""
        return {name: value for name, value in vars(self).items() if value}

    @property
    def url(self) -> str:
        """The address of the list with these filters."""
        return f"?{urlencode(self.pairs)}"


@dataclass(frozen=True)
class Pill:
    """A filter to press, and how many it shows where that is counted."""

    label: str
    url: str
    current: bool
    count: int | None = None
    icon: str = ""


@dataclass(frozen=True)
class Option:
    """One choice of a list."""

    value: str
    label: str
    chosen: bool


def words_of(q: str) -> tuple[str, ...]:
    """Give the words that are looked for."""
    return tuple(q.split()[:MOST_WORDS])


def every_word(q: str, *fields: str) -> Q:
    """Keep the rows where each word stands in any of the fields."""
    keep = Q()
    for word in words_of(q):
        either = Q()
        for field in fields:
            either |= Q(**{f"{field}__icontains": word})
        keep &= either
    return keep
