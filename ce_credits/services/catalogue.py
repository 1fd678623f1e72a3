"""Importing catalogue items from a file: checked first, applied as a second step."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from ce_credits.models import CatalogueFile, CatalogueItem
from ce_credits.rules import minutes_from_title
from core.actor import Actor
from core.audit import record
from core.failures import FieldProblem, NotUsable, Stale
from credentials.policy import Policy

COLUMNS = ("code", "title", "kind", "minutes")
MAYBE = ("provider",)
MOST_ROWS = 10_000
MOST_BYTES = 2 * 1024 * 1024
MOST_MINUTES = 100_000
LONGEST = {"code": 40, "title": 300, "provider": 200}
UPDATED = ("title", "kind", "minutes", "provider", "offered_now", "changed_at")


@dataclass(frozen=True)
class Problem:
    """What is wrong with a cell: the row as a spreadsheet counts, and the way out."""

    row: int
    column: str
    text: str


@transaction.atomic
def check_file(
    *, actor: Actor, policy: Policy, name: str, content: bytes, now: datetime
) -> CatalogueFile:
    """Read a CSV file of items and keep what it holds; no item changes yet.

    Raises:
        NotUsable: it is no CSV file with the columns code, title, kind and minutes.
    """
    rows: list[dict[str, Any]] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for number, cells in enumerate(_cells(content), start=2):
        found = list(_problems(policy, cells, number, seen))
        problems += found
        if not found:
            rows.append(_row(cells))
    file = CatalogueFile.objects.create(
        program=policy.program,
        name=name[:200],
        rows=rows,
        problems=[vars(each) for each in problems],
        by=actor.label,
        at=now,
    )
    record(
        actor=actor,
        action="catalogue.checked",
        subject=file,
        program=policy.program,
        sentence=f"Checked {file.name}: {len(rows)} good rows, "
        f"{len(problems)} problems",
        now=now,
    )
    return file


@transaction.atomic
def apply_file(*, actor: Actor, file: CatalogueFile, now: datetime) -> int:
    """Put a checked file's good rows into the catalogue by code; return how many.

    The same file applied twice changes nothing the second time.

    Raises:
        Stale: it was applied already.
    """
    mine = CatalogueFile.objects.filter(pk=file.pk, applied_at=None)
    if not mine.update(applied_at=now):
        raise Stale("This file was imported already, once.")
    items = [
        CatalogueItem(program=file.program, offered_now=True, changed_at=now, **row)
        for row in file.rows
    ]
    CatalogueItem.objects.bulk_create(
        items,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["program", "code"],
        update_fields=list(UPDATED),
    )
    record(
        actor=actor,
        action="catalogue.imported",
        subject=file,
        program=file.program,
        sentence=f"Imported {len(items)} activities from {file.name}",
        now=now,
    )
    return len(items)


def _cells(content: bytes) -> Iterator[dict[str, str]]:
    if len(content) > MOST_BYTES:
        raise _no_file(f"The file is larger than {MOST_BYTES // 2**20} MB. Split it.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _no_file(
            "Save the file as CSV in UTF-8, then choose it again."
        ) from error
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        heads = [(head or "").strip().lower() for head in reader.fieldnames or ()]
        missing = [name for name in COLUMNS if name not in heads]
        if missing:
            raise _no_file(
                f"The first line must name the columns {', '.join(COLUMNS)}. "
                f"Missing: {', '.join(missing)}."
            )
        reader.fieldnames = heads
        for count, row in enumerate(reader, start=1):
            if count > MOST_ROWS:
                raise _no_file(f"The file has more than {MOST_ROWS:,} rows. Split it.")
            yield {name: (row.get(name) or "").strip() for name in (*COLUMNS, *MAYBE)}
    except csv.Error as error:
        raise _no_file(f"This is not a CSV file: {error}.") from error


def _problems(
    policy: Policy, cells: dict[str, str], number: int, seen: dict[str, int]
) -> Iterator[Problem]:
    for name, most in LONGEST.items():
        text = cells[name]
        if not text and name in COLUMNS:
            yield Problem(number, name, f"Enter the {name}.")
        elif len(text) > most or not text.isprintable():
            yield Problem(number, name, f"Use at most {most} plain characters.")
    first = seen.setdefault(cells["code"], number)
    if cells["code"] and first != number:
        yield Problem(number, "code", f"The code stands in row {first} already.")
    if policy.kind(cells["kind"]) is None:
        known = ", ".join(kind.code for kind in policy.kinds)
        yield Problem(number, "kind", f"Use one of: {known}.")
    if cells["minutes"] and not _minutes(cells["minutes"]):
        yield Problem(number, "minutes", "Enter whole minutes above 0.")
    elif not cells["minutes"] and minutes_from_title(cells["title"]).minutes is None:
        yield Problem(number, "minutes", "Enter the minutes: the title has none.")


def _row(cells: dict[str, str]) -> dict[str, Any]:
    minutes = _minutes(cells["minutes"]) or minutes_from_title(cells["title"]).minutes
    return {**cells, "minutes": minutes}


def _minutes(text: str) -> int | None:
    whole = text.isascii() and text.isdigit() and len(text) <= len(str(MOST_MINUTES))
    return int(text) if whole and 0 < int(text) <= MOST_MINUTES else None


def _no_file(text: str) -> NotUsable:
    return NotUsable(text, [FieldProblem("file", text)])
