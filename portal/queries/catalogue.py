"""A body's catalogue as its managers keep it, and a file before it is imported."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.urls import reverse

from ce_credits.models import CatalogueFile, CatalogueItem
from ce_credits.queries import DEADLINE, CatalogueChange, catalogue_change
from core.failures import Missing
from credentials.policy import Policy, day_words, policy_for, versions_of, zone_of
from portal.queries.narrowing import Narrowed, Pill, every_word
from portal.queries.paging import Pager, pager_of
from portal.queries.places import body_name
from portal.queries.shown import Tag
from portal.queries.trail import when_words

PAGE_SIZE = 50
ONLY = {"": "All", "offered": "Offered", "withdrawn": "Withdrawn"}
OFFERED, WITHDRAWN = Tag("ok", "Offered"), Tag("neutral", "Withdrawn")


@dataclass(frozen=True)
class ItemRow:
    """One item of the catalogue."""

    title: str
    code: str
    kind: str
    minutes: str
    provider: str
    tag: Tag
    offered: bool
    offer_url: str
    deadline_text: str
    deadline_url: str


@dataclass(frozen=True)
class Asked(Narrowed):
    """Which items are wanted: by words, and of which list."""

    q: str = ""
    only: str = ""


@dataclass(frozen=True)
class CataloguePage:
    """All the template shows."""

    body_name: str
    verdict: str
    q: str
    only: str
    pills: Sequence[Pill]
    items: Sequence[ItemRow]
    kinds: Sequence[tuple[str, str]]
    has_deadlines: bool
    sample_url: str
    page_obj: Pager


def catalogue_page(program: str, *, q: str, only: str, number: int) -> CataloguePage:
    """List a body's items by title, with what a file for more of them holds."""
    found = CatalogueItem.objects.of_program(program)
    found = found.filter(every_word(q, "title", "code", "provider"))
    counts = found.order_by().aggregate(
        all=Count("pk"),
        offered=Count("pk", filter=Q(offered_now=True)),
        withdrawn=Count("pk", filter=Q(offered_now=False)),
    )
    if only:
        found = found.filter(offered_now=only == "offered")
    total = counts[only or "all"]
    pager = pager_of(number, total, PAGE_SIZE, Asked(q, only).pairs)
    noun = "activity" if total == 1 else "activities"
    labels, by_itself = kind_labels(program), kinds_by_themselves(program)
    return CataloguePage(
        body_name=body_name(program),
        verdict=f"{total} {noun} found." if q or only else f"{total} {noun}.",
        q=q,
        only=only,
        pills=[
            Pill(label, Asked(q, code).url, code == only, counts[code or "all"])
            for code, label in ONLY.items()
        ],
        items=[
            _row(item, labels, by_itself) for item in found[pager.start :][:PAGE_SIZE]
        ],
        kinds=list(labels.items()),
        has_deadlines=bool(by_itself),
        sample_url=reverse("staff_catalogue_sample", kwargs={"program": program}),
        page_obj=pager,
    )


def kind_labels(program: str) -> dict[str, str]:
    """Name the kinds of the body's newest policy by code: a file has to use them."""
    newest: Policy = versions_of(program)[-1]
    return {kind.code: kind.label for kind in newest.kinds}


def _row(
    item: CatalogueItem, labels: dict[str, str], by_itself: frozenset[str]
) -> ItemRow:
    place = {"program": item.program, "item_id": item.pk}
    return ItemRow(
        title=item.title,
        code=item.code,
        kind=labels.get(item.kind, item.kind),
        minutes=str(item.minutes or ""),
        provider=item.provider,
        tag=OFFERED if item.offered_now else WITHDRAWN,
        offered=item.offered_now,
        offer_url=reverse("staff_catalogue_offer", kwargs=place),
        deadline_text=_closes(item),
        deadline_url=(
            reverse("staff_catalogue_deadline", kwargs=place)
            if item.kind in by_itself
            else ""
        ),
    )


def _closes(item: CatalogueItem) -> str:
    closes = item.evaluation_deadline
    return f"Evaluation closes {day_words(closes)}" if closes else ""


def kinds_by_themselves(program: str) -> frozenset[str]:
    """Name the kinds that report themselves: one may be a conference (N12)."""
    newest: Policy = versions_of(program)[-1]
    return frozenset(kind.code for kind in newest.kinds if kind.appears)


def item_of(program: str, item_id: UUID) -> CatalogueItem:
    """Find an item of the body's catalogue.

    Raises:
        Missing: there is none.
    """
    item = CatalogueItem.objects.of_program(program).filter(pk=item_id).first()
    if item is None:
        raise Missing("Not found.")
    return item


@dataclass(frozen=True)
class ItemPage:
    """One item, and what the day its evaluation closes means for its credit."""

    body_name: str
    catalogue_url: str
    title: str
    facts: Sequence[tuple[str, str]]
    words: str


def item_page(item: CatalogueItem, *, today: date) -> ItemPage:
    """Show an item with the rule that its credit appears by (N12)."""
    kind = policy_for(item.program, on=today).kind(item.kind)
    appears = kind.appears if kind else None
    words = (
        f"Credit is due to appear {appears.from_days} to {appears.to_days} business "
        f"days after this day ({appears.basis.rule})."
        if appears
        else "Its kind doesn't report itself: no credit appears by itself."
    )
    return ItemPage(
        body_name=body_name(item.program),
        catalogue_url=reverse("staff_catalogue", kwargs={"program": item.program}),
        title=item.title,
        facts=[
            ("Code", item.code),
            ("Kind", kind_labels(item.program).get(item.kind, item.kind)),
            ("Evaluation", _closes(item) or "No conference"),
        ],
        words=words,
    )


@dataclass(frozen=True)
class Part:
    """Rows of a file with one fate: a word, how many, and the first of them."""

    word: str
    count: int
    rows: Sequence[dict[str, object]]


@dataclass(frozen=True)
class FilePage:
    """A checked file: what importing it would do, and what stands in the way.

    `button` is empty where there is nothing to import.
    """

    body_name: str
    name: str
    verdict: str
    checked_text: str
    catalogue_url: str
    applied_text: str
    parts: Sequence[Part]
    problems: Sequence[dict[str, object]]
    page_obj: Pager
    button: str


def file_of(program: str, file_id: UUID) -> CatalogueFile:
    """Find a file the body's staff checked.

    Raises:
        Missing: there is none.
    """
    file = CatalogueFile.objects.of_program(program).filter(pk=file_id).first()
    if file is None:
        raise Missing("Not found.")
    return file


def file_page(file: CatalogueFile, *, number: int) -> FilePage:
    """Say what importing a file would change; nothing is saved until then."""
    change = catalogue_change(file)
    todo = len(change.rows)
    pager = pager_of(number, len(file.problems), PAGE_SIZE, {})
    zone = zone_of(file.program)
    labels = kind_labels(file.program)
    return FilePage(
        body_name=body_name(file.program),
        name=file.name,
        verdict=_verdict(file, change),
        checked_text=f"Checked {when_words(file.at, zone)} by {file.by}.",
        catalogue_url=reverse("staff_catalogue", kwargs={"program": file.program}),
        applied_text=(
            f"Imported {when_words(file.applied_at, zone)}." if file.applied_at else ""
        ),
        parts=[
            Part(word, len(rows), [_named(row, labels) for row in rows[:PAGE_SIZE]])
            for word, rows in (
                ("New", change.new),
                ("Changed", change.changed),
                ("Unchanged", change.unchanged),
            )
            if rows
        ],
        problems=file.problems[pager.start :][:PAGE_SIZE],
        page_obj=pager,
        button=f"Import {_activities(todo)}" if todo and not file.applied_at else "",
    )


def _named(row: dict[str, Any], labels: dict[str, str]) -> dict[str, object]:
    closes = row.get(DEADLINE)
    shown = day_words(closes) if closes else ""
    return {**row, "kind": labels.get(row["kind"], row["kind"]), DEADLINE: shown}


def _verdict(file: CatalogueFile, change: CatalogueChange) -> str:
    if file.applied_at:
        return "This file was imported. What it held stands in the catalogue."
    new, changed = len(change.new), len(change.changed)
    parts = [f"adds {_activities(new)}"] if new else []
    parts += [f"changes {_activities(changed)}"] if changed else []
    said = f"Importing {' and '.join(parts)}. Nothing is saved yet."
    if not parts:
        said = "Nothing to import: the catalogue holds all of it already."
    if not file.rows:
        said = "Nothing to import: no row can be used."
    bad = len({problem["row"] for problem in file.problems})
    rows = f" {bad} {'row' if bad == 1 else 'rows'} can't be imported." if bad else ""
    return f"{said}{rows}"


def _activities(count: int) -> str:
    return f"{count:,} {'activity' if count == 1 else 'activities'}"


def sample(program: str) -> str:
    """A file to begin from: the columns, and a row of each kind of the body."""
    lines = ["code,title,kind,minutes,provider"]
    lines += [
        f"CODE-{place},Title of an activity ({minutes} min),{code},{minutes},Provider"
        for place, (code, minutes) in enumerate(
            zip(kind_labels(program), (30, 45, 60, 90) * 10, strict=False), start=1
        )
    ]
    return "\r\n".join([*lines, ""])
