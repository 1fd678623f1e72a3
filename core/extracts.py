"""A table as a file: CSV, a workbook, or a line of JSON for each row.

A table is read at once into a file of this machine, on PostgreSQL by COPY, which hands
rows over some ten times faster than Python takes them one by one: one statement, one
snapshot, and no row of it in memory. Whoever downloads slowly keeps no transaction
open, because what they are sent is that file. COPY obeys the walls as any SELECT does.
"""

import csv
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import TextIOWrapper
from tempfile import TemporaryFile
from typing import IO, Any, Protocol

from django.db import connection
from django.db.models import F, QuerySet

from core.extract_cells import Column, in_json, in_sql, read_back, spelled
from core.failures import NotUsable
from core.scope import Scope, scoped
from core.spreadsheets import BOM, MOST_ROWS, workbook

# What is read here, we wrote ourselves.
csv.field_size_limit(sys.maxsize)
FORMATS = ("csv", "xlsx", "jsonl")
CHUNK = 500
TOLD_EVERY = 500
Progress = Callable[[int, int], None]


class Table(Protocol):
    """What can be written as a file."""

    @property
    def columns(self) -> Sequence[Column]:
        """Its columns, in their order."""

    def count(self) -> int:
        """How many rows there are; asked within the scope."""

    def spool(self, file: IO[bytes], scope: Scope, *, marked: bool) -> int:
        """Write its names and rows as CSV; return how many rows.

        Args:
            marked: whether text that a spreadsheet would compute gets its mark (').
        """


@dataclass(frozen=True)
class QueryTable:
    """A table that is one query; its values are read as SQL says them."""

    rows: "QuerySet[Any]"
    columns: Sequence[Column]

    def count(self) -> int:
        """Count the rows."""
        return self.rows.count()

    def spool(self, file: IO[bytes], scope: Scope, *, marked: bool) -> int:
        """Read all in one statement, in the scope."""
        with scoped(scope):
            if connection.vendor == "postgresql":
                return self._copy(file, marked=marked)
            return spelled(file, self.columns, self.values(), marked=marked)

    def _query(self) -> "QuerySet[Any]":
        values = {
            f"x{place}": F(each.value) if isinstance(each.value, str) else each.value
            for place, each in enumerate(self.columns)
        }
        found: QuerySet[Any] = self.rows.annotate(**values).values_list(*values)
        return found

    def values(self) -> Iterator[Sequence[object]]:
        """Read the rows as Python's, a chunk at a time."""
        found: Iterator[Sequence[object]] = self._query().iterator(chunk_size=CHUNK)
        return found

    def _copy(self, file: IO[bytes], *, marked: bool) -> int:
        inner, values = self._query().query.sql_with_params()
        outer = ", ".join(
            f'{in_sql(f"x{place}", each.kind, marked=marked)} AS "{each.name}"'
            for place, each in enumerate(self.columns)
        )
        # The names are the program's own; values go by their places.
        statement = (
            f"COPY (SELECT {outer} FROM ({inner}) AS t) "  # noqa: S608
            "TO STDOUT WITH (FORMAT csv, HEADER)"
        )
        with connection.cursor() as cursor, connection.wrap_database_errors:
            plain = cursor.cursor
            plain.copy_expert(plain.mogrify(statement, tuple(values)), file)
            return int(plain.rowcount)


@dataclass(frozen=True)
class LinesTable:
    """A table whose lines the program puts together; it opens the scope by itself.

    Args:
        lines: gives the rows, without the names.
        found: counts them.
    """

    columns: Sequence[Column]
    lines: Callable[[Scope], Iterable[Sequence[object]]]
    found: Callable[[], int]

    def count(self) -> int:
        """Count the rows."""
        return self.found()

    def spool(self, file: IO[bytes], scope: Scope, *, marked: bool) -> int:
        """Write line after line."""
        return spelled(file, self.columns, self.lines(scope), marked=marked)


def write_table(
    table: Table,
    file: IO[bytes],
    scope: Scope,
    *,
    ending: str,
    title: str,
    progress: Progress | None = None,
) -> int:
    """Write a table into an open file; return how many rows.

    Args:
        ending: one of `FORMATS`.
        title: the workbook's sheet.
        progress: is told rows written of all, outside of any transaction of ours.

    Raises:
        NotUsable: a workbook has no room for so many rows.
    """
    if ending == "csv":
        file.write(BOM.encode())
        count = table.spool(file, scope, marked=True)
    else:
        with TemporaryFile() as raw:
            count = table.spool(raw, scope, marked=False)
            if ending == "xlsx" and count >= MOST_ROWS:
                raise NotUsable("These are too many rows for a workbook. Choose CSV.")
            raw.seek(0)
            with _rows_of(raw, table.columns) as rows:
                told = _telling(rows, count, progress)
                file.writelines(_shaped(told, table.columns, ending, title))
    if progress:
        progress(count, count)
    return count


def _shaped(
    rows: Iterator[Sequence[object]],
    columns: Sequence[Column],
    ending: str,
    title: str,
) -> Iterator[bytes]:
    names = [each.name for each in columns]
    if ending == "jsonl":
        for row in rows:
            said = {
                name: in_json(value) for name, value in zip(names, row, strict=True)
            }
            yield json.dumps(said, ensure_ascii=False).encode() + b"\n"
        return

    def all_of_it() -> Iterator[Sequence[object]]:
        yield names
        for row in rows:
            yield ["" if value is None else value for value in row]

    yield from workbook(all_of_it(), title)


def _telling(
    rows: Iterator[Sequence[object]], count: int, progress: Progress | None
) -> Iterator[Sequence[object]]:
    for number, row in enumerate(rows):
        if progress and number % TOLD_EVERY == 0:
            progress(number, count)
        yield row


@contextmanager
def _rows_of(
    raw: IO[bytes], columns: Sequence[Column]
) -> Iterator[Iterator[Sequence[object]]]:
    """Read what was spooled back, each value as what its column holds."""
    text = TextIOWrapper(raw, encoding="utf-8", newline="")
    try:
        found = csv.reader(text)
        next(found)
        kinds = [each.kind for each in columns]
        yield (
            [read_back(value, kind) for value, kind in zip(row, kinds, strict=True)]
            for row in found
        )
    finally:
        text.detach()
