"""Rows as a CSV file that spreadsheets open as it was meant: no cell is a formula."""

import csv
from collections.abc import Iterable, Iterator, Sequence

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
# A cell that begins so would be computed, not shown.
COMPUTED = ("=", "+", "-", "@", "\t", "\r")


class _Line:
    """What the writer writes to: it keeps the line for whoever asks next."""

    text = ""

    def write(self, text: str) -> None:
        self.text = text


def csv_lines(rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """Give a file line by line: UTF-8 with its mark, cells as text, CRLF."""
    line = _Line()
    writer = csv.writer(line)
    yield BOM.encode()
    for row in rows:
        writer.writerow([cell(value) for value in row])
        yield line.text.encode()


def cell(value: object) -> str:
    """Write a value so that a spreadsheet takes it as text (ASVS 1.2.10)."""
    text = str(value)
    return f"'{text}" if text.startswith(COMPUTED) else text
