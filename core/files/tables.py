"""Reading a table that somebody sent, CSV or XLSX, in a limited child process."""

import json
from typing import Any

import structlog
from django.core.files import File

from core.files.intake import PATIENCE, opener
from core.files.refusals import FileRefused
from core.files.scanning import scan
from core.inspection.report import parted
from core.limited.faults import Busy, Failed, Stopped

MOST_BYTES = 10 * 1024 * 1024
SECONDS = 40
ROWS, AGAIN = "Split the file, then choose one part.", "then choose it again."
SENTENCES = {
    "empty": f"This file is empty. Save it anew, {AGAIN}",
    "large": f"This file is larger than 10 MB. {ROWS}",
    "busy": "Many files are being looked into right now. Choose it again in a minute.",
    "rows": f"This file has more than {{figure:,}} rows. {ROWS}",
    "columns": (
        f"This file has more than {{figure}} columns. Remove what nobody needs, {AGAIN}"
    ),
    "cells": f"The cells of this file hold too much text. {ROWS}",
    "nobody": "This file has no row below the names of its columns.",
    "csv": (
        "This is not a CSV file: a quotation mark in line {figure} is not closed. "
        f"Save it as CSV or XLSX, {AGAIN}"
    ),
    "encoding": f"The text of this file can't be read. Save it in UTF-8, {AGAIN}",
    "kind": f"This file is not a CSV or XLSX file. Save it as one of these, {AGAIN}",
    "damaged": (
        f"This file is damaged, or protected by a password. Save it as CSV, {AGAIN}"
    ),
    "bomb": (
        "This workbook unpacks to far more than its size. Copy its rows to a new one, "
        f"{AGAIN}"
    ),
    "heavy": f"This file takes too long or too much memory to read. {ROWS}",
}
# What begins so is no text: programs, PDFs, pictures, old Office documents.
NO_TABLE = (b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"MZ")
Rows = list[tuple[int, list[str]]]
logger = structlog.get_logger(__name__)
_tables = opener("core.inspection.tables:read", cpu_seconds=20)


def read_table(upload: "File[Any]") -> Rows:
    """Read the rows that hold something, each with its number as spreadsheets count.

    The first is the row of names. Nothing is stored.

    Raises:
        FileRefused: it is no table, or too much of one; says why and what to do.
    """
    upload.seek(0)
    data: bytes = upload.read(MOST_BYTES + 1)
    if not data or len(data) > MOST_BYTES:
        raise _because("large" if data else "empty")
    if data.startswith(NO_TABLE):
        raise _because("kind")
    scan(data)
    try:
        facts, content = parted(_tables.run(data, seconds=SECONDS, patience=PATIENCE))
        if "refused" in facts:
            raise _because(str(facts["refused"]), facts.get("figure"))
        return _believed(json.loads(content))
    except Busy as fault:
        raise _because("busy") from fault
    except Stopped as fault:
        logger.warning("Reading a table was stopped", why=str(fault))
        raise _because("heavy") from fault
    except (Failed, ValueError) as fault:
        logger.warning("A table was not read", why=str(fault))
        raise _because("damaged") from fault


def _believed(answer: object) -> Rows:
    """An answer of the expected form: what a child says is a stranger's word too."""
    if not isinstance(answer, list):
        raise ValueError("The rows are no list")
    rows: Rows = []
    for number, cells in answer:
        rows.append((int(number), [str(cell).replace("\0", "") for cell in cells]))
    return rows


def _because(code: str, figure: object = None) -> FileRefused:
    known = code if code in SENTENCES else "damaged"
    number = figure if isinstance(figure, int) else 0
    return FileRefused.saying(SENTENCES[known].format(figure=number), known)
