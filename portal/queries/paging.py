"""Pages of a long list, with the filters kept in their addresses."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode


@dataclass(frozen=True)
class Pager:
    """Which page this is, of how many, and the ways to its neighbours."""

    number: int
    pages: int
    total: int
    size: int
    prev_url: str
    next_url: str

    @property
    def start(self) -> int:
        """Rows before this page."""
        return (self.number - 1) * self.size


def pager_of(number: int, total: int, size: int, keep: Mapping[str, str]) -> Pager:
    """Make the pager of a page; a number out of range is the nearest there is."""
    pages = max(1, -(-total // size))
    number = min(max(number, 1), pages)
    kept = {name: value for name, value in keep.items() if value}

    def url(page: int) -> str:
        return f"?{urlencode(kept | {'page': str(page)})}"

    return Pager(
        number=number,
        pages=pages,
        total=total,
        size=size,
        prev_url=url(number - 1) if number > 1 else "",
        next_url=url(number + 1) if number < pages else "",
    )


def page_number(text: str) -> int:
    """Read a page's number as a browser sends it; 1 for anything that is none."""
    plain = text.isascii() and text.isdigit() and len(text) < 9
    return int(text) if plain else 1
