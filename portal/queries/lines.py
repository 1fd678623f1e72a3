"""Reading whom an employer asks about: pasted lines, or a table with names on top."""

import re
from collections.abc import Iterable, Sequence
from unicodedata import normalize

from core.failures import FieldProblem, NotUsable
from core.files.tables import Rows
from portal.queries.good_standing import LONGEST, MOST_LINES, Line

# How people call a column, without spaces, dashes and capitals.
HEADS = {
    "number": ("number", "certificationnumber", "certification", "id"),
    "last_name": ("lastname", "last", "surname", "familyname"),
    "first_name": ("firstname", "first", "givenname"),
    "credential": ("credential", "credentials", "designation"),
}
SPLIT = re.compile(r"[,;\t]")
NOTHING = "Paste at least one line, or choose a file."
COLUMNS = (
    "The first row must name the columns: number and last_name, or last_name, "
    "first_name and credential. This file names none of these pairs."
)


def lines_of_text(text: str) -> list[Line]:
    """Read pasted lines: number, last name; or last name, first name, credential.

    Raises:
        NotUsable: there is none, or more than 500.
    """
    filled = [line for line in text.splitlines() if line.strip(" \t,;")]
    return counted([_line(SPLIT.split(each)) for each in filled], "lines")


def lines_of_table(rows: Rows) -> list[Line]:
    """Read a table's rows by the names of its columns, in whatever order they stand.

    Raises:
        NotUsable: it names no columns we know, has no row, or more than 500.
    """
    (_, names), *below = rows
    places = {
        field: place
        for field, known in HEADS.items()
        for place, name in reversed(list(enumerate(names)))
        if _head(name) in known
    }
    if not (
        {"number", "last_name"} <= places.keys()
        or {"last_name", "first_name", "credential"} <= places.keys()
    ):
        raise NotUsable(COLUMNS, [FieldProblem("file", COLUMNS, "columns")])
    return counted([_row(cells, places) for _, cells in below], "file")


def counted(lines: Sequence[Line], field: str) -> list[Line]:
    """Give the lines back where there are some, and not too many.

    Raises:
        NotUsable: there is none, or more than 500.
    """
    if not lines:
        raise NotUsable(NOTHING, [FieldProblem(field, NOTHING, "missing")])
    if len(lines) > MOST_LINES:
        text = (
            f"These are {len(lines):,} lines. Send at most {MOST_LINES} at a time: "
            "split them, and send each part."
        )
        raise NotUsable(text, [FieldProblem(field, text, "too-many")])
    return list(lines)


def _line(cells: Sequence[str]) -> Line:
    parts = [_cut(each.strip().strip('"')) for each in cells]
    while parts and not parts[-1]:
        parts.pop()
    if len(parts) == 3:
        last, first, credential = parts
        return Line(last_name=last, first_name=first, credential=credential)
    return Line(*parts[:2])


def _row(cells: Sequence[str], places: dict[str, int]) -> Line:
    def cell(field: str) -> str:
        place = places.get(field, len(cells))
        return _cut(cells[place]) if place < len(cells) else ""

    return Line(*(cell(each) for each in _fields()))


def _cut(text: str) -> str:
    """Leave one sign more than any name has: what is too long fits nobody."""
    return text.strip()[: LONGEST + 1]


def _fields() -> Iterable[str]:
    return ("number", "last_name", "first_name", "credential")


def _head(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", normalize("NFKC", name).casefold())
