"""Rows as a file that spreadsheets open as it was meant: no cell is a formula."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
# A cell that begins so would be computed, not shown. Some programs read the wide signs
# of East Asian keyboards as the others,
COMPUTED = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
# and leave out the space before them. With these two a cell is split instead.
BLANK = " \N{NO-BREAK SPACE}\t\r\n"
SPLIT = ("\t", "\r")
# What a workbook's sheet has room for.
MOST_ROWS = 1_048_576
CHUNK = 64 * 1024


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
    computed = text.startswith(SPLIT) or text.lstrip(BLANK).startswith(COMPUTED)
    return f"'{text}" if computed else text


def workbook(rows: Iterable[Sequence[object]], title: str) -> Iterator[bytes]:
    """Give a workbook of one sheet in pieces; no more than a row of it is in memory.

    Amounts and days are numbers and days there; text is text, whatever it begins with.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append([_kept(sheet, value) for value in row])
    with TemporaryFile() as file:
        book.save(file)
        file.seek(0)
        while piece := file.read(CHUNK):
            yield piece


def _kept(sheet: "WriteOnlyWorksheet", value: object) -> "Cell":
    if isinstance(value, Decimal):
        return _formatted(sheet, value, "#,##0.00")
    if isinstance(value, date):
        return _formatted(sheet, value, "yyyy-mm-dd")
    if isinstance(value, int):
        return WriteOnlyCell(sheet, value)
    kept = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", str(value)))
    # Else "=1+1" would be computed.
    kept.data_type = "s"
    return kept


def _formatted(
    sheet: "WriteOnlyWorksheet", value: Decimal | date, shown: str
) -> "Cell":
    # It takes both; what describes its types names fewer.
    kept = WriteOnlyCell(sheet, value)  # type: ignore[arg-type]
    kept.number_format = shown
    return kept
