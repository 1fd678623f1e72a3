"""What stands in front of a binder: cover, index and crosswalk."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from django.conf import settings

from core.binding import count
from portal.layouts import (
    CoverFacts,
    CrosswalkFacts,
    CrosswalkRow,
    IndexFacts,
    IndexLine,
    IndexPart,
    render_binder,
)

# So much is laid out at a time: the renderer's memory grows with what it lays out.
LINES, ROWS = 120, 150


@dataclass(frozen=True)
class Front:
    """The papers in front, how many pages they have, and where the crosswalk begins."""

    papers: Sequence[bytes]
    pages: int
    crosswalk_page: int


def front(
    cover: CoverFacts,
    parts: Sequence[IndexPart],
    rows: Sequence[CrosswalkRow],
    crosswalk: CrosswalkFacts,
    beat: Callable[[], None],
) -> Front:
    """Make the papers in front; `parts` count pages from behind them.

    `beat` is called between one and the next: it may take a while.
    """
    walk = []
    for at, some in enumerate(_some(rows, ROWS)):
        walk.append(_made(replace(crosswalk, begins=at == 0, rows=some)))
        beat()
    walk_pages = sum(map(count, walk))
    first = [_made(cover)]
    index_pages = 1
    while True:
        before = count(first[0]) + index_pages
        beat()
        index = list(_index(cover, _moved(parts, before, walk_pages)))
        found = sum(map(count, index))
        # More digits may take more room: what is laid out is what is counted.
        if found <= index_pages:
            break
        index_pages = found
    pages = count(first[0]) + found + walk_pages
    return Front([*first, *index, *walk], pages, count(first[0]) + found + 1)


def _moved(parts: Sequence[IndexPart], before: int, walk_pages: int) -> list[IndexPart]:
    """Put the crosswalk first, and every page where it comes to stand."""
    walk = IndexLine("Crosswalk", "", before + 1)
    moved = [
        replace(
            part,
            lines=[
                replace(line, page=line.page + before + walk_pages)
                for line in part.lines
            ],
        )
        for part in parts
    ]
    return [IndexPart("Crosswalk", [walk]), *moved]


def _index(cover: CoverFacts, parts: Sequence[IndexPart]) -> Iterator[bytes]:
    begins = True
    for some in _split(parts):
        facts = IndexFacts(cover.practice, cover.as_of, begins, some)
        yield _made(facts)
        begins = False


def _split(parts: Sequence[IndexPart]) -> Iterator[list[IndexPart]]:
    """Cut parts into pieces of so many lines; a part that goes on has no title."""
    kept: list[IndexPart] = []
    room = LINES
    for part in parts:
        lines, title = list(part.lines), part.title
        while lines:
            now, lines = lines[:room], lines[room:]
            kept.append(IndexPart(title, now))
            title = ""
            room -= len(now)
            if not room:
                yield kept
                kept, room = [], LINES
    if kept:
        yield kept


def _some(rows: Sequence[CrosswalkRow], most: int) -> Iterator[Sequence[CrosswalkRow]]:
    for start in range(0, max(len(rows), 1), most):
        yield rows[start : start + most]


def _made(facts: CoverFacts | IndexFacts | CrosswalkFacts) -> bytes:
    return render_binder(facts, seconds=settings.CERTIFICATE_SECONDS)
