"""What feeds sent, as a body's staff see it: the list, a checked file, one row."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.urls import reverse

from accounts.models import Member
from ce_credits.models import FeedDelivery, FeedRow, MissingCredit
from ce_credits.rules import day_read, minutes_read
from core.models import AuditEntry
from credentials.policy import licence_programs, zone_of
from portal.queries.fed import fed, people_called
from portal.queries.narrowing import Narrowed, Pill
from portal.queries.paging import Pager, pager_of
from portal.queries.places import body_name
from portal.queries.shown import Tag
from portal.queries.trail import Happened, happened, when_words

PAGE_SIZE = 50
MOST_PEOPLE = 10
State = FeedRow.State
TAGS = {
    State.WAITING: Tag("info", State.WAITING.label),
    State.TAKEN: Tag("ok", State.TAKEN.label),
    State.UNMATCHED: Tag("warn", State.UNMATCHED.label),
    State.SETTLED: Tag("ok", State.SETTLED.label),
    State.SET_ASIDE: Tag("neutral", State.SET_ASIDE.label),
}
# What staff came for stands first; "all" is everything.
STATES = {
    State.UNMATCHED.value: State.UNMATCHED.label,
    State.WAITING.value: State.WAITING.label,
    State.TAKEN.value: State.TAKEN.label,
    State.SETTLED.value: State.SETTLED.label,
    State.SET_ASIDE.value: State.SET_ASIDE.label,
    "all": "All",
}


@dataclass(frozen=True)
class Asked(Narrowed):
    """Which rows are wanted."""

    q: str = ""
    state: str = ""


@dataclass(frozen=True)
class Row:
    """One row of the list."""

    named: str
    url: str
    code: str
    done_text: str
    source: str
    words: str
    when_text: str
    tag: Tag


@dataclass(frozen=True)
class FeedPage:
    """The list."""

    body_name: str
    verdict: str
    q: str
    state: str
    pills: Sequence[Pill]
    rows: Sequence[Row]
    sample_url: str
    missing_url: str
    missing_text: str
    tokens_url: str
    by_licence: bool
    pager: Pager


@dataclass(frozen=True)
class FilePage:
    """A checked file: what taking it in would do."""

    body_name: str
    name: str
    verdict: str
    checked_text: str
    list_url: str
    problems: Sequence[dict[str, Any]]
    pager: Pager
    button: str


@dataclass(frozen=True)
class RowPage:
    """One row, and how it may be settled."""

    row: Row
    body_name: str
    list_url: str
    open: bool
    facts: Sequence[tuple[str, str]]
    member_name: str
    member_url: str
    ended_text: str
    q: str
    trail: Sequence[Happened]


def feed_page(
    program: str, *, q: str, state: str, number: int, manages: bool
) -> FeedPage:
    """List what a body was sent; without a state, what waits for staff.

    Args:
        manages: whether whoever looks manages the body, and may make tokens.
    """
    found = fed(program, q=q)
    by_state = found.order_by().values_list("state").annotate(n=Count("pk"))
    counts = dict(by_state)
    counts["all"] = sum(counts.values())
    wanted = state or State.UNMATCHED.value
    rows = found if wanted == "all" else found.filter(state=wanted)
    pager = pager_of(number, counts.get(wanted, 0), PAGE_SIZE, Asked(q, state).pairs)
    waiting = counts.get(State.UNMATCHED.value, 0)
    return FeedPage(
        body_name=body_name(program),
        verdict=_waiting(waiting),
        q=q,
        state=state,
        pills=[
            Pill(label, Asked(q, code).url, code == wanted, counts.get(code, 0))
            for code, label in STATES.items()
        ],
        rows=[_row(row) for row in rows[pager.start :][:PAGE_SIZE]],
        sample_url=reverse("staff_feed_sample", kwargs={"program": program}),
        missing_url=reverse("staff_missing", kwargs={"program": program}),
        missing_text=_missing(program),
        tokens_url=reverse("staff_tokens", args=[program]) if manages else "",
        by_licence=program in licence_programs(),
        pager=pager,
    )


def feed_file_page(file: FeedDelivery, *, number: int) -> FilePage:
    """Say what taking a checked file in would do."""
    bad = {each["row"] for each in file.problems}
    pager = pager_of(number, len(file.problems), PAGE_SIZE, {})
    new = file.count - file.repeated
    done = file.received_at is not None
    return FilePage(
        body_name=body_name(file.program),
        name=file.name,
        verdict=_verdict(file, new - len(bad), len(bad), done=done),
        checked_text=f"{file.source}. "
        f"Checked {when_words(file.at, zone_of(file.program))} by {file.by}.",
        list_url=reverse("staff_feed", kwargs={"program": file.program}),
        problems=file.problems[pager.start :][:PAGE_SIZE],
        pager=pager,
        button=f"Take in {_rows(new)}" if new and not done else "",
    )


def feed_row_page(row: FeedRow, *, q: str) -> RowPage:
    """Show one row and what became of it."""
    place = {"program": row.program}
    waits = row.state == State.UNMATCHED
    zone = zone_of(row.program)
    ended = f"{row.ended_by}, {when_words(row.ended_at, zone)}" if row.ended_at else ""
    member_url = ""
    if row.member_id:
        place_of = place | {"member_id": row.member_id}
        member_url = reverse("staff_member", kwargs=place_of)
    return RowPage(
        row=_row(row),
        body_name=body_name(row.program),
        list_url=reverse("staff_feed", kwargs=place),
        open=waits,
        facts=[
            ("Certification number", row.number or "Not sent"),
            ("E-mail", row.email or "Not sent"),
            ("Name", f"{row.first_name} {row.last_name}".strip() or "Not sent"),
            ("Activity code", row.code or "Not sent"),
            ("Completed on", row.completed_on or "Not sent"),
            ("Minutes", row.minutes or "Not sent"),
            ("Sent by", row.delivery.source),
        ],
        member_name=row.member.name if row.member else "",
        member_url=member_url,
        ended_text=ended,
        q=q,
        trail=happened(
            AuditEntry.objects.filter(program=row.program, subject_id=row.pk),
            zone,
            most=PAGE_SIZE,
        ),
    )


def people_for(row: FeedRow, *, q: str, chosen: Member | None) -> list[tuple[str, str]]:
    """Name the people whose a row may be: those found, and who was chosen."""
    wanted = q or f"{row.first_name} {row.last_name}".strip() or row.email
    found = people_called(row.program, wanted, most=MOST_PEOPLE) if wanted else []
    found += [
        each for each in (chosen, row.member) if each is not None and each not in found
    ]
    unique = {str(each.pk): each for each in found}
    return [
        (key, f"{each.name}, {each.email or 'no e-mail address'}")
        for key, each in unique.items()
    ]


def settle_initial(row: FeedRow) -> dict[str, object]:
    """Fill the form in with what was sent, where it can be read."""
    day, minutes = day_read(row.completed_on), minutes_read(row.minutes)
    return {
        "member": str(row.member_id or ""),
        "activity_code": row.code,
        "completed_on": day.isoformat() if day else "",
        "minutes": minutes or "",
    }


def person_chosen(program: str, member_id: UUID | None) -> Member | None:
    """Find whom staff chose among the body's people."""
    if member_id is None:
        return None
    return Member.objects.of_program(program).filter(pk=member_id).first()


def sample() -> list[list[str]]:
    """Give a file to begin from: its columns, and somebody named in both ways."""
    return [
        [
            *("certification_no", "email", "first_name", "last_name"),
            *("activity_code", "completed_on", "minutes"),
        ],
        ["CPCS-123456", "", "", "", "CODE-1", "2025-10-02", "60"],
        ["", "name@example.org", "First", "Last", "CODE-1", "2025-10-02", ""],
    ]


def _row(row: FeedRow) -> Row:
    minutes = f", {row.minutes} min" if row.minutes else ""
    place = {"program": row.program, "row_id": row.pk}
    return Row(
        named=row.named,
        url=reverse("staff_feed_row", kwargs=place),
        code=row.code or "No activity",
        done_text=f"{row.completed_on or 'no day'}{minutes}",
        source=row.delivery.source,
        words=row.words,
        when_text=when_words(row.received_at, zone_of(row.program)),
        tag=TAGS[State(row.state)],
    )


def _missing(program: str) -> str:
    missed = MissingCredit.objects.of_program(program)
    count = missed.filter(state=MissingCredit.State.OPEN).count()
    return f"Missing credit: {count:,} with staff"


def _waiting(count: int) -> str:
    if not count:
        return "Nothing waits for staff."
    return f"{_rows(count)} {'waits' if count == 1 else 'wait'} for staff."


def _verdict(file: FeedDelivery, good: int, bad: int, *, done: bool) -> str:
    if done:
        return "This file was taken in. Its rows stand in the list."
    parts = [f"{_rows(good)} can be taken"]
    parts += [f"{bad} will wait for staff"] if bad else []
    parts += [f"{file.repeated} came before"] if file.repeated else []
    return f"{', '.join(parts)}. Nothing is saved yet."


def _rows(count: int) -> str:
    return f"{count:,} {'row' if count == 1 else 'rows'}"
