"""The cells of a table that a stranger sent: CSV or XLSX, as text and nothing else."""

import csv
import io
import json
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from zipfile import BadZipFile, ZipFile, ZipInfo

from openpyxl import load_workbook

from core.inspection.report import Facts, Refused, reporting

MOST_ROWS = 10_000
MOST_COLUMNS = 60
MOST_SIGNS = 500
"""Of a cell: one sign more is kept, so that whoever checks it sees it is too long."""

MOST_IN_ONE = 64 * 1024 * 1024
MOST_IN_ALL = 128 * 1024 * 1024
"""Bytes a workbook's parts may unpack to, one and all together."""

MOST_PARTS = 500
# What is left of the 16 MB an answer may have, once it is spelled as JSON.
MOST_ANSWER = 12 * 1024 * 1024
PIECE = 256 * 1024
# In text of Latin letters every second byte of UTF-16 is zero.
ZEROS_OF_64 = 16
XLSX = b"PK\x03\x04"
UNREADABLE = "\N{REPLACEMENT CHARACTER}"
# Characters no database row of ours or spreadsheet cell holds.
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# What our own files put before a text that would be computed.
GUARDED = ("'=", "'+", "'-", "'@")
DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


@reporting
def read(frame: bytes) -> tuple[Facts, bytes]:
    """Read a table's rows that hold something.

    The content is JSON: pairs of a row's number, as a spreadsheet counts, and its
    cells; the first is the row of names.
    """
    rows: list[tuple[int, list[str]]] = []
    size = 0
    for number, cells in _filled(_workbook(frame) if _is_xlsx(frame) else _csv(frame)):
        if len(rows) > MOST_ROWS:
            raise Refused("rows", MOST_ROWS)
        if len(cells) > MOST_COLUMNS:
            raise Refused("columns", MOST_COLUMNS)
        size += sum(map(len, cells))
        if size > MOST_ANSWER:
            raise Refused("cells")
        rows.append((number, cells))
    if len(rows) < 2:
        raise Refused("nobody")
    content = json.dumps(rows, ensure_ascii=False).encode()
    if len(content) > MOST_ANSWER:
        raise Refused("cells")
    return {"rows": len(rows) - 1}, content


def _is_xlsx(frame: bytes) -> bool:
    return frame.startswith(XLSX)


def _filled(rows: Iterable[Sequence[object]]) -> Iterator[tuple[int, list[str]]]:
    """Give the rows that hold something, without the empty cells at their ends."""
    for number, row in enumerate(rows, start=1):
        cells = [_text(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield number, cells


def _text(value: object) -> str:
    """Write a cell as people read it there."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.date() if value.time() == datetime.min.time() else value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = CONTROLS.sub(UNREADABLE, str(value)).strip()
    if text.startswith(GUARDED):
        text = text[1:]
    return text[: MOST_SIGNS + 1]


def _csv(frame: bytes) -> Iterator[list[str]]:
    text = _decoded(frame)
    first = text.partition("\n")[0]
    mark = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    try:
        yield from reader
    except csv.Error as fault:
        raise Refused("csv", reader.line_num) from fault


def _decoded(frame: bytes) -> str:
    """The text, by its mark, by its zeros, as UTF-8, or as Windows-1252."""
    if frame.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        guesses = ["utf-16"]
    elif frame.startswith(BOM_UTF8):
        guesses = ["utf-8-sig"]
    elif frame[:64].count(0) > ZEROS_OF_64:
        guesses = ["utf-16-le" if frame[1:2] == b"\0" else "utf-16-be"]
    else:
        guesses = ["utf-8", "cp1252"]
    for guess in guesses:
        try:
            return frame.decode(guess)
        except UnicodeDecodeError:
            continue
    raise Refused("encoding")


def _workbook(frame: bytes) -> Iterator[Sequence[object]]:
    """Give the first sheet's rows, once it is known how much there is to unpack."""
    try:
        with ZipFile(io.BytesIO(frame)) as archive:
            _count(archive)
    except (BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError) as fault:
        raise Refused("damaged") from fault
    book = load_workbook(io.BytesIO(frame), read_only=True, data_only=True)
    if not book.worksheets:
        raise Refused("nobody")
    sheet = book.worksheets[0]
    # What a sheet says of its size is not asked: it may say a million columns.
    sheet.reset_dimensions()
    for row in sheet.iter_rows(values_only=True):
        yield row[: MOST_COLUMNS + 1]


def _count(archive: ZipFile) -> None:
    """Unpack every part once and throw it away; raises `Refused` for a bomb."""
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(each.file_size for each in parts) > MOST_IN_ALL:
        raise Refused("bomb")
    if not any(each.filename == "xl/workbook.xml" for each in parts):
        raise Refused("kind")
    left = MOST_IN_ALL
    for each in parts:
        left -= _unpacked(archive, each, min(left, MOST_IN_ONE))


def _unpacked(archive: ZipFile, part: ZipInfo, most: int) -> int:
    size, before = 0, b""
    with archive.open(part) as file:
        while piece := file.read(PIECE):
            size += len(piece)
            if size > most:
                raise Refused("bomb")
            if DECLARES.search(before + piece):
                raise Refused("damaged")
            before = piece[-16:]
    return size
