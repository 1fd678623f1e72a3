"""The columns of a table, and how a value of each is written and read back."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from io import TextIOWrapper
from typing import IO

from django.db.models.expressions import Combinable

from core.spreadsheets import BLANK, COMPUTED, SPLIT, cell


class Kind(StrEnum):
    """What a column holds.

    NEXT_DAY is the day after the one that is kept: a renewal date after a term's last.
    """

    TEXT = "text"
    DAY = "day"
    NEXT_DAY = "next_day"
    INSTANT = "instant"
    COUNT = "count"
    AMOUNT = "amount"


@dataclass(frozen=True)
class Column:
    """A column: its name in the file, and where its values come from.

    Args:
        name: plain letters, as programs read it.
        value: a field's path or an expression; left out where lines bring the values.
        kind: how they are written. Only text can begin as a formula does.
    """

    name: str
    value: str | Combinable = ""
    kind: Kind = Kind.TEXT


def read_back(text: str, kind: Kind) -> object:
    """Read what `spelled` or SQL wrote of a value."""
    if kind in {Kind.TEXT, Kind.INSTANT}:
        return text
    if not text:
        return None
    if kind == Kind.COUNT:
        return int(text)
    return Decimal(text) if kind == Kind.AMOUNT else date.fromisoformat(text)


def in_json(value: object) -> object:
    """Write a value as the API does: amounts and days are texts."""
    return str(value) if isinstance(value, Decimal | date) else value


def spelled(
    file: IO[bytes],
    columns: Sequence[Column],
    rows: Iterable[Sequence[object]],
    *,
    marked: bool,
) -> int:
    """Write names and rows as CSV, a row after the other; return how many rows."""
    text = TextIOWrapper(file, encoding="utf-8", newline="")
    count = 0
    try:
        # Ends with CRLF: with another end, a CR of a text's own would go unquoted.
        writer = csv.writer(text)
        writer.writerow([each.name for each in columns])
        kinds = [each.kind for each in columns]
        for count, row in enumerate(rows, start=1):  # noqa: B007  (how many is said)
            writer.writerow(
                [
                    _in_python(value, kind, marked=marked)
                    for value, kind in zip(row, kinds, strict=True)
                ]
            )
        text.flush()
    finally:
        text.detach()
    return count


def _in_python(value: object, kind: Kind, *, marked: bool) -> str:
    if value is None or value == "":
        return ""
    if kind == Kind.NEXT_DAY and isinstance(value, date):
        return str(value + timedelta(days=1))
    if kind == Kind.INSTANT and isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%d %H:%M:%S}"
    if kind == Kind.AMOUNT:
        return f"{value:.2f}"
    return cell(value) if marked and kind == Kind.TEXT else str(value)


def in_sql(name: str, kind: Kind, *, marked: bool) -> str:
    """The same as `_in_python`, as PostgreSQL does it."""
    if kind == Kind.NEXT_DAY:
        return f"{name} + 1"
    if kind == Kind.INSTANT:
        return f"to_char({name} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS')"
    if kind != Kind.TEXT:
        return name
    text = f"NULLIF({name}::text, '')"
    if not marked:
        return text
    blank = " || ".join(_chr(sign) for sign in BLANK)
    return (
        f"CASE WHEN left(ltrim({name}::text, {blank}), 1) IN ({_all(COMPUTED)}) "
        f"OR left({name}::text, 1) IN ({_all(SPLIT)}) "
        f"THEN '''' || {name}::text ELSE {text} END"
    )


def _chr(sign: str) -> str:
    return f"chr({ord(sign)})"


def _all(signs: Iterable[str]) -> str:
    return ", ".join(map(_chr, signs))
