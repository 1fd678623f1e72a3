"""A roster as a practice's administrator sees it: checked, on its way, or over."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from accounts.models import Practice, RosterImport
from accounts.services.roster_columns import FIELDS, NEEDED
from core.failures import Missing
from core.spreadsheets import csv_lines
from credentials.models import Window
from credentials.policy import zone_of
from portal.queries.paging import Pager, pager_of
from portal.queries.shown import Measure
from portal.queries.trail import when_words

PAGE_SIZE = 50
NOTES_SHOWN = 50
State = RosterImport.State
STEPS = ("Upload", "Check", "Import")


@dataclass(frozen=True)
class Step:
    """A part of the way: its name, and whether it is done or is this one."""

    name: str
    done: bool
    current: bool


@dataclass(frozen=True)
class Column:
    """A field, and which column of the file it is read from (-1: none)."""

    field: str
    label: str
    needed: bool
    chosen: int


@dataclass(frozen=True)
class RosterPage:
    """All the template shows; `button` is empty where there is nothing to start."""

    name: str
    verdict: str
    sub: str
    steps: Sequence[Step]
    columns: Sequence[Column]
    heads: Sequence[str]
    problems: Sequence[Mapping[str, object]]
    notes: Sequence[Mapping[str, object]]
    notes_text: str
    page_obj: Pager
    button: str
    bad: int
    new: int
    bad_text: str
    bad_url: str
    measure: Measure | None
    import_url: str
    list_url: str


def renewals_of(practice: Practice, program: str) -> dict[UUID, date]:
    """Give the renewal date of everybody the practice stands for in a program."""
    windows = Window.objects.newest().filter(
        program=program,
        member__sponsorships__practice=practice,
        member__sponsorships__program=program,
        member__sponsorships__until_on=None,
    )
    return {each.member_id: each.renewal_on for each in windows}


def roster_of(practice: Practice, roster_id: UUID) -> RosterImport:
    """Find a roster the practice sent in.

    Raises:
        Missing: there is none.
    """
    roster = RosterImport.objects.of(practice).filter(pk=roster_id).first()
    if roster is None:
        raise Missing("Not found.")
    return roster


def running_of(practice: Practice) -> RosterImport | None:
    """Find the import that is on its way."""
    return RosterImport.objects.of(practice).filter(state=State.IMPORTING).first()


def steps(current: int) -> list[Step]:
    """Name the steps, counted from 0; the ones before the current one are done."""
    return [
        Step(name, place < current, place == current)
        for place, name in enumerate(STEPS)
    ]


def roster_page(roster: RosterImport, *, number: int) -> RosterPage:
    """Say what importing a file would do, how far it is, or what it did."""
    pager = pager_of(number, len(roster.problems), PAGE_SIZE, {})
    place = {"practice": roster.practice.slug}
    is_checked = roster.state == State.CHECKED
    return RosterPage(
        name=roster.name,
        verdict=_verdict(roster),
        sub=_when(roster),
        steps=steps(1 if is_checked else 2),
        columns=_columns(roster) if is_checked else (),
        heads=_heads(roster) if is_checked else (),
        problems=[_named(each) for each in roster.problems[pager.start :][:PAGE_SIZE]],
        notes=[_named(each) for each in roster.notes[:NOTES_SHOWN]],
        notes_text=_first(len(roster.notes)),
        page_obj=pager,
        button=_button(roster),
        bad=roster.bad,
        new=roster.new,
        bad_text=_rows(roster.bad),
        bad_url=reverse("members_import_bad", kwargs=place | {"roster_id": roster.pk})
        if roster.problems and roster.cells
        else "",
        measure=_measure(roster) if roster.state == State.IMPORTING else None,
        import_url=reverse("members_import", kwargs=place),
        list_url=reverse("assignments", kwargs=place),
    )


def _button(roster: RosterImport) -> str:
    if roster.state != State.CHECKED or not _does_something(roster):
        return ""
    return f"Import {members(roster.new + roster.changed)}"


def members(count: int) -> str:
    """Say how many members."""
    return f"{count:,} {'member' if count == 1 else 'members'}"


def template_lines() -> Iterator[bytes]:
    """A file to begin from: the columns, and one person."""
    example = ("Nora", "Example", "nora@practice.example", "Scribe", "auto", "", "1001")
    return csv_lines([tuple(FIELDS), example])


def bad_lines(roster: RosterImport) -> Iterator[bytes]:
    """The rows that have to be mended as they were sent, with what is wrong."""
    reasons: dict[int, list[str]] = {}
    for each in roster.problems:
        label = FIELDS.get(str(each["column"]), "")
        reasons.setdefault(each["row"], []).append(f"{label}: {each['text']}")
    (_, names), *rows = roster.cells
    names, old = _without_problem(names)
    yield from csv_lines([[*names, "problem"]])
    for number, cells in rows:
        if number in reasons:
            padded = [*cells, *[""] * len(names)][: max(len(names), len(cells))]
            kept = [cell for place, cell in enumerate(padded) if place != old]
            yield from _plain(csv_lines([[*kept, " ".join(reasons[number])]]))


def _without_problem(names: Sequence[str]) -> tuple[list[str], int]:
    """Leave out the column that a file of ours has from the time before."""
    old = list(names).index("problem") if "problem" in names else -1
    return [name for place, name in enumerate(names) if place != old], old


def _plain(lines: Iterator[bytes]) -> Iterator[bytes]:
    next(lines)  # the mark, which stands at the beginning alone
    yield from lines


def _does_something(roster: RosterImport) -> bool:
    return bool(roster.new or roster.changed)


def _verdict(roster: RosterImport) -> str:
    if roster.state == State.CHECKED:
        return _would(roster)
    if roster.state == State.IMPORTING:
        return "Importing. You can leave this page and come back: the import goes on."
    if roster.state == State.FAILED and not roster.whole:
        return (
            f"Something went wrong on our side after {_rows(roster.done)}. Import the "
            "file again: what was saved stays, and the rest is done."
        )
    if roster.state == State.FAILED and not roster.problems:
        return "Something went wrong on our side. Nothing was saved. Import it again."
    if roster.state == State.FAILED:
        return (
            "Nothing was saved: the list changed since the check, and not every row "
            "fits any more."
        )
    if roster.state == State.REPLACED:
        return "Another file was checked after this one. Nothing was saved from it."
    bad = f" {_rows(roster.bad)} could not be imported." if roster.bad else ""
    return f"{_did(roster.added, roster.updated)}{bad}"


def _would(roster: RosterImport) -> str:
    bad = f" {_rows(roster.bad)} can't be imported." if roster.bad else ""
    if not set(NEEDED) <= roster.columns.keys():
        return "Choose the columns of the names and the e-mail. Nothing is saved yet."
    if not _does_something(roster):
        same = "Your list holds all of it already." if roster.rows else ""
        return f"Nothing to import. {same}{bad}".strip()
    parts = [f"adds {members(roster.new)}"] if roster.new else []
    parts += [f"updates {members(roster.changed)}"] if roster.changed else []
    return f"Importing {' and '.join(parts)}. Nothing is saved yet.{bad}"


def _did(added: int, updated: int) -> str:
    if not added and not updated:
        return "Nothing changed: your list held all of it already."
    parts = [f"added {members(added)}"] if added else []
    parts += [f"updated {members(updated)}"] if updated else []
    said = " and ".join(parts)
    return f"{said[0].upper()}{said[1:]}."


def _when(roster: RosterImport) -> str:
    zone = zone_of(roster.program)
    if roster.ended_at and roster.state in (State.DONE, State.FAILED):
        return f"{when_words(roster.ended_at, zone)}, by {roster.by}."
    return f"Checked {when_words(roster.at, zone)} by {roster.by}."


def _rows(count: int) -> str:
    return f"{count:,} {'row' if count == 1 else 'rows'}"


def _first(count: int) -> str:
    return (
        f"The first {NOTES_SHOWN} of {count:,} are shown."
        if count > NOTES_SHOWN
        else ""
    )


def _named(remark: Mapping[str, object]) -> Mapping[str, object]:
    return {**remark, "label": FIELDS.get(str(remark["column"]), "")}


def _columns(roster: RosterImport) -> list[Column]:
    return [
        Column(field, label, field in NEEDED, int(roster.columns.get(field, -1)))
        for field, label in FIELDS.items()
    ]


def _heads(roster: RosterImport) -> list[str]:
    """Name the file's columns, those without a name by their place."""
    if not roster.cells:
        return []
    names = roster.cells[0][1]
    return [name or f"Column {place}" for place, name in enumerate(names, start=1)]


def _measure(roster: RosterImport) -> Measure:
    done, of = roster.done, len(roster.rows)
    return Measure(
        "import", "Rows imported", f"{done:,}", f"{of:,}", str(done), str(max(of, 1))
    )
