"""Importing catalogue items from a file: checked first, applied as a second step."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from ce_credits.models import CatalogueFile, CatalogueItem
from ce_credits.queries import (
    DEADLINE,
    TOPICS,
    CatalogueChange,
    catalogue_change,
    ended_codes,
)
from ce_credits.rules import day_read, minutes_from_title
from ce_credits.services.approval_steps import hold_approvals_of
from ce_credits.services.feed_again import judge_codes_again
from core.actor import Actor
from core.audit import record
from core.failures import FieldProblem, NotUsable, Stale
from credentials.policy import Kind, Policy, codes_of

COLUMNS = ("code", "title", "kind", "minutes")
MAYBE = ("provider", DEADLINE, TOPICS)
# What stands in a row beyond the named columns.
MORE = ""
MOST_ROWS = 10_000
MOST_BYTES = 2 * 1024 * 1024
MOST_MINUTES = 100_000
LONGEST = {"code": 40, "title": 300, "provider": 200}
# What stands outside is mistyped.
YEARS = range(1990, 2100)
NO_DEADLINE = "Leave this empty: the kind is reported by whoever did it."
ENDED = "Its sponsor's approval ended. It is offered again once it is approved anew."
# What a spreadsheet takes for the beginning of a formula.
FORMULA = ("=", "+", "-", "@")
UPDATED = frozenset({"offered_now", "changed_at"})


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
    ended = ended_codes(policy.program)
    for number, cells in _cells(content):
        found = list(_problems(policy, cells, number, seen))
        if cells["code"] in ended:
            found.append(Problem(number, "code", ENDED))
        problems += found
        if not found:
            rows.append(_row(policy, cells))
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

    Rows that the catalogue holds already are left as they are, so the same file again
    changes nothing. What a sponsor's approval ended of, since it was checked, is left
    out.

    Raises:
        Stale: it was applied already.
    """
    mine = CatalogueFile.objects.filter(pk=file.pk, applied_at=None)
    if not mine.update(applied_at=now):
        raise Stale("This file was imported already, once.")
    hold_approvals_of(file.program, [row["code"] for row in file.rows])
    change = catalogue_change(file)
    written = {name for row in change.rows for name in row if name != "code"}
    items = [
        CatalogueItem(program=file.program, offered_now=True, changed_at=now, **row)
        for row in change.rows
    ]
    CatalogueItem.objects.bulk_create(
        items,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["program", "code"],
        update_fields=[*sorted(written | UPDATED)],
    )
    record(
        actor=actor,
        action="catalogue.imported",
        subject=file,
        program=file.program,
        sentence=f"Imported {len(change.new)} new and {len(change.changed)} changed "
        f"activities from {file.name}{_left_out(change)}",
        now=now,
    )
    judge_codes_again(
        actor=actor,
        program=file.program,
        codes=[row["code"] for row in change.rows],
        subject=file,
        now=now,
    )
    return len(items)


def _left_out(change: CatalogueChange) -> str:
    count = len(change.ended)
    return f", left out {count} whose approval ended" if count else ""


def wrong_day(day: date | None) -> str:
    """Say what is wrong with a deadline's day; empty where nothing is."""
    if day is None:
        return "Enter a day such as 2025-10-02, or nothing."
    if day.year not in YEARS:
        return f"Enter a day between {YEARS[0]} and {YEARS[-1]}."
    return ""


def _cells(content: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    """Give each row that holds something, with its number as a spreadsheet counts."""
    reader = csv.reader(io.StringIO(_text(content), newline=""), strict=True)
    try:
        heads = _heads(next(reader, []))
        for number, row in enumerate(reader, start=2):
            if number > MOST_ROWS + 1:
                raise _no_file(f"The file has more than {MOST_ROWS:,} rows. Split it.")
            if any(cell.strip() for cell in row):
                yield number, _named(heads, row)
    except csv.Error as error:
        raise _no_file(f"This is not a CSV file: {error}.") from error


def _text(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise _no_file(f"The file is larger than {MOST_BYTES // 2**20} MB. Split it.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        words = "Save the file as CSV in UTF-8, then choose it again."
        raise _no_file(words) from error


def _heads(first: list[str]) -> list[str]:
    heads = [head.strip().lower() for head in first]
    missing = [name for name in COLUMNS if name not in heads]
    if missing:
        raise _no_file(
            f"The first line must name the columns {', '.join(COLUMNS)}. "
            f"Missing: {', '.join(missing)}."
        )
    twice = [name for name in (*COLUMNS, *MAYBE) if heads.count(name) > 1]
    if twice:
        raise _no_file(f"The first line names {', '.join(twice)} twice.")
    return heads


def _named(heads: list[str], row: list[str]) -> dict[str, str]:
    cells = dict(zip(heads, row, strict=False))
    named = {name: cells.get(name, "").strip() for name in (*COLUMNS, *MAYBE)}
    # A file without one of these columns leaves what each item has of it as it is.
    for name in (DEADLINE, TOPICS):
        if name not in heads:
            del named[name]
    return named | {MORE: "".join(row[len(heads) :]).strip()}


def _problems(
    policy: Policy, cells: dict[str, str], number: int, seen: dict[str, int]
) -> Iterator[Problem]:
    for name, most in LONGEST.items():
        words = _wrong(name, cells[name], most)
        if words:
            yield Problem(number, name, words)
    if cells[MORE]:
        words = "More cells than columns. Put text with commas into quotes."
        yield Problem(number, "", words)
    first = seen.setdefault(cells["code"], number)
    if cells["code"] and first != number:
        yield Problem(number, "code", f"The code stands in row {first} already.")
    kind = policy.kind(cells["kind"])
    if kind is None:
        known = ", ".join(kind.code for kind in policy.kinds)
        yield Problem(number, "kind", f"Use one of: {known}.")
    for name, words in (
        ("minutes", _wrong_minutes(policy, kind, cells)),
        (DEADLINE, _wrong_deadline(kind, cells.get(DEADLINE, ""))),
        (TOPICS, _wrong_topics(policy, kind, cells.get(TOPICS, ""))),
    ):
        if words:
            yield Problem(number, name, words)


def _wrong_minutes(policy: Policy, kind: Kind | None, cells: dict[str, str]) -> str:
    typed = cells["minutes"]
    if kind is not None and "minutes" not in kind.inputs:
        return "Leave this empty: the kind asks no minutes." if typed else ""
    if typed:
        return "" if _minutes(typed) else "Enter whole minutes above 0."
    if not policy.titles.read_minutes:
        return "Enter the minutes."
    if _in_title(cells) is None:
        return "Enter the minutes: the title has none."
    return ""


def _wrong_deadline(kind: Kind | None, text: str) -> str:
    if not text:
        return ""
    if kind is not None and kind.appears is None:
        return NO_DEADLINE
    return wrong_day(day_read(text))


def _wrong_topics(policy: Policy, kind: Kind | None, text: str) -> str:
    if not text:
        return ""
    known = codes_of(policy.topics)
    if not known:
        return "Leave this empty: the body tells no topics apart."
    if kind is not None and "topics" not in kind.inputs:
        return "Leave this empty: the kind is not asked what it is about."
    if not set(text.split()) <= set(known):
        return f"Use some of these, with spaces between them: {', '.join(known)}."
    return ""


def _wrong(name: str, text: str, most: int) -> str:
    if not text:
        return f"Enter the {name}." if name in COLUMNS else ""
    if len(text) > most or not text.isprintable():
        return f"Use at most {most} plain characters."
    if text.startswith(FORMULA):
        return "Begin with another character: this would be a formula."
    return ""


def _row(policy: Policy, cells: dict[str, str]) -> dict[str, Any]:
    minutes = _minutes(cells["minutes"])
    if minutes is None and policy.titles.read_minutes:
        minutes = _in_title(cells)
    kept = {name: text for name, text in cells.items() if name != MORE}
    row: dict[str, Any] = {**kept, "minutes": minutes}
    if DEADLINE in row:
        day = day_read(cells[DEADLINE])
        row[DEADLINE] = day.isoformat() if day else None
    if TOPICS in row:
        said = cells[TOPICS].split()
        row[TOPICS] = [code for code in codes_of(policy.topics) if code in said]
    return row


def _in_title(cells: dict[str, str]) -> int | None:
    return minutes_from_title(cells["title"]).minutes


def _minutes(text: str) -> int | None:
    whole = text.isascii() and text.isdigit() and len(text) <= len(str(MOST_MINUTES))
    return int(text) if whole and 0 < int(text) <= MOST_MINUTES else None


def _no_file(text: str) -> NotUsable:
    return NotUsable(text, [FieldProblem("file", text)])
