"""A body's catalogue as its managers keep it, and a file before it is imported."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.urls import reverse

from ce_credits.models import CatalogueFile, CatalogueItem
from ce_credits.queries import DEADLINE, TOPICS, CatalogueChange, catalogue_change
from core.failures import Missing
from credentials.policy import Policy, day_words, versions_of, zone_of
from portal.queries.activity_inputs import topic_words
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
    topics: str
    topics_url: str


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
    topics: Sequence[tuple[str, str]]
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
    asked = kinds_about_topics(program)
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
            _row(item, labels, by_itself, asked)
            for item in found[pager.start :][:PAGE_SIZE]
        ],
        kinds=list(labels.items()),
        has_deadlines=bool(by_itself),
        topics=[(each.code, each.title) for each in versions_of(program)[-1].topics],
        sample_url=reverse("staff_catalogue_sample", kwargs={"program": program}),
        page_obj=pager,
    )


def kind_labels(program: str) -> dict[str, str]:
    """Name the kinds of the body's newest policy by code: a file has to use them."""
    newest: Policy = versions_of(program)[-1]
    return {kind.code: kind.label for kind in newest.kinds}


def _row(
    item: CatalogueItem,
    labels: dict[str, str],
    by_itself: frozenset[str],
    asked: frozenset[str],
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
        deadline_text=closes_words(item),
        deadline_url=(
            reverse("staff_catalogue_deadline", kwargs=place)
            if item.kind in by_itself
            else ""
        ),
        topics=topic_words(item.topics, item.program),
        topics_url=(
            reverse("staff_catalogue_topics", kwargs=place)
            if item.kind in asked
            else ""
        ),
    )


def closes_words(item: CatalogueItem) -> str:
    """Say when the evaluation of a conference closes; empty of anything else."""
    closes = item.evaluation_deadline
    return f"Evaluation closes {day_words(closes)}" if closes else ""


def kinds_by_themselves(program: str) -> frozenset[str]:
    """Name the kinds that report themselves: one may be a conference (N12)."""
    newest: Policy = versions_of(program)[-1]
    return frozenset(kind.code for kind in newest.kinds if kind.appears)


def kinds_about_topics(program: str) -> frozenset[str]:
    """Name the kinds of which it is asked what they are about (M8)."""
    newest: Policy = versions_of(program)[-1]
    asked = (kind.code for kind in newest.kinds if "topics" in kind.inputs)
    return frozenset(asked if newest.topics else ())


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
            Part(word, len(rows), [_named(file, row) for row in rows[:PAGE_SIZE]])
            for word, rows in (
                ("New", change.new),
                ("Changed", change.changed),
                ("Unchanged", change.unchanged),
                ("Left out, as the sponsor's approval ended", change.ended),
            )
            if rows
        ],
        problems=file.problems[pager.start :][:PAGE_SIZE],
        page_obj=pager,
        button=f"Import {_activities(todo)}" if todo and not file.applied_at else "",
    )


def _named(file: CatalogueFile, row: dict[str, Any]) -> dict[str, object]:
    closes, labels = row.get(DEADLINE), kind_labels(file.program)
    return {
        **row,
        "kind": labels.get(row["kind"], row["kind"]),
        DEADLINE: day_words(closes) if closes else "",
        TOPICS: topic_words(row.get(TOPICS), file.program),
    }


def _verdict(file: CatalogueFile, change: CatalogueChange) -> str:
    if file.applied_at:
        return "This file was imported. What it held stands in the catalogue."
    parts = [f"adds {_activities(len(change.new))}"] if change.new else []
    parts += [f"changes {_activities(len(change.changed))}"] if change.changed else []
    said = f"Importing {' and '.join(parts)}. Nothing is saved yet."
    if not parts:
        said = "Nothing to import: the catalogue holds all of it already."
    if len(change.ended) == len(file.rows):
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
