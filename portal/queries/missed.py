"""Credit that holders miss, as a body's staff look for it (N12)."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet
from django.urls import reverse

from ce_credits.models import FeedRow, MissingCredit
from ce_credits.services import may_be
from core.failures import Missing
from core.models import AuditEntry
from credentials.policy import day_words, zone_of
from portal.queries.feed_pages import TAGS as ROW_TAGS
from portal.queries.missing import TAGS
from portal.queries.narrowing import Narrowed, Pill
from portal.queries.paging import Pager, pager_of
from portal.queries.places import body_name
from portal.queries.shown import Tag
from portal.queries.trail import Happened, happened, when_words

PAGE_SIZE = 50
State = MissingCredit.State
# What staff came for stands first; "all" is everything.
STATES = {
    State.OPEN.value: State.OPEN.label,
    State.EXPECTED.value: State.EXPECTED.label,
    State.FOUND.value: State.FOUND.label,
    State.NOT_REPORTED.value: State.NOT_REPORTED.label,
    "all": "All",
}


@dataclass(frozen=True)
class Asked(Narrowed):
    """Which are wanted."""

    state: str = ""


@dataclass(frozen=True)
class Row:
    """One line of the list."""

    name: str
    url: str
    title: str
    done_text: str
    asked_text: str
    tag: Tag


@dataclass(frozen=True)
class MissedPage:
    """The list."""

    body_name: str
    verdict: str
    feed_url: str
    pills: Sequence[Pill]
    rows: Sequence[Row]
    pager: Pager


@dataclass(frozen=True)
class Candidate:
    """A row of a feed that may be it."""

    named: str
    detail: str
    url: str
    tag: Tag


@dataclass(frozen=True)
class OneMissed:
    """One, with what a feed sent that may be it."""

    body_name: str
    list_url: str
    row: Row
    open: bool
    words: str
    facts: Sequence[tuple[str, str]]
    member_url: str
    candidates: Sequence[Candidate]
    trail: Sequence[Happened]


def missed(program: str, *, state: str = "") -> QuerySet[MissingCredit]:
    """List what a body's holders miss, the newest first."""
    found = MissingCredit.objects.of_program(program)
    if state:
        found = found.filter(state=state)
    return found.select_related("member__user", "item", "row__delivery")


def one_missed(program: str, missed_id: UUID) -> MissingCredit:
    """Find one of a body.

    Raises:
        Missing: there is none.
    """
    found = missed(program).filter(pk=missed_id).first()
    if found is None:
        raise Missing("Not found.")
    return found


def missed_page(program: str, *, state: str, number: int) -> MissedPage:
    """List them; without a state, what is with staff."""
    by_state = missed(program).order_by().values_list("state").annotate(n=Count("pk"))
    counts = dict(by_state)
    counts["all"] = sum(counts.values())
    wanted = state or State.OPEN.value
    rows = missed(program, state="" if wanted == "all" else wanted)
    pager = pager_of(number, counts.get(wanted, 0), PAGE_SIZE, Asked(state).pairs)
    return MissedPage(
        body_name=body_name(program),
        verdict=missed_words(counts.get(State.OPEN.value, 0)),
        feed_url=reverse("staff_feed", kwargs={"program": program}),
        pills=[
            Pill(label, Asked(code).url, code == wanted, counts.get(code, 0))
            for code, label in STATES.items()
        ],
        rows=[_row(each) for each in rows[pager.start :][:PAGE_SIZE]],
        pager=pager,
    )


def missing_waiting(program: str) -> str:
    """Say how much missing credit waits for staff; empty where none does."""
    count = missed(program, state=State.OPEN).count()
    return missed_words(count) if count else ""


def missed_words(count: int) -> str:
    """Say how many wait for staff."""
    if not count:
        return "No missing credit waits for you."
    noun, verb = ("credit", "waits") if count == 1 else ("credits", "wait")
    return f"{count:,} missing {noun} {verb} for you."


def one_missed_page(question: MissingCredit) -> OneMissed:
    """Show one, and each row of a feed that may be it."""
    place, zone = {"program": question.program}, zone_of(question.program)
    waits = question.answered_at is None
    rows = may_be(question=question, by_name=True) if waits else []
    linked = question.row
    if linked is not None and linked not in rows:
        rows = [linked, *rows]
    facts = [
        ("Activity", f"{question.item.title} ({question.item.code})"),
        ("Completed on", day_words(question.on)),
        ("Due to appear by", f"{day_words(question.due_on)} (N12)"),
    ]
    closes = question.item.evaluation_deadline
    facts += [("Evaluation closes", day_words(closes))] if closes else []
    if question.answered_at is not None:
        when = when_words(question.answered_at, zone)
        facts.append(("Answered", f"{question.answered_by}, {when}"))
    entries = AuditEntry.objects.filter(
        program=question.program, subject_id=question.pk
    )
    return OneMissed(
        body_name=body_name(question.program),
        list_url=reverse("staff_missing", kwargs=place),
        row=_row(question),
        open=question.answered_at is None,
        words=question.words,
        facts=facts,
        member_url=reverse(
            "staff_member", kwargs=place | {"member_id": question.member_id}
        ),
        candidates=[_candidate(each) for each in rows],
        trail=happened(entries, zone, most=PAGE_SIZE),
    )


def _row(question: MissingCredit) -> Row:
    place = {"program": question.program, "missed_id": question.pk}
    return Row(
        name=question.member.name,
        url=reverse("staff_missed", kwargs=place),
        title=question.item.title,
        done_text=f"Completed {day_words(question.on)}",
        asked_text=when_words(question.asked_at, zone_of(question.program)),
        tag=TAGS[State(question.state)],
    )


def _candidate(row: FeedRow) -> Candidate:
    place = {"program": row.program, "row_id": row.pk}
    name = f"{row.first_name} {row.last_name}".strip()
    told = [each for each in (row.number, name, row.email, row.completed_on) if each]
    return Candidate(
        named=row.named,
        detail=", ".join(told),
        url=reverse("staff_feed_row", kwargs=place),
        tag=ROW_TAGS[FeedRow.State(row.state)],
    )
