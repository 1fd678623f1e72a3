"""What waits for a body's reviewers, and what they decided on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Q
from django.urls import reverse

from ce_credits.models import Activity
from credentials.policy import day_words
from portal.queries.claims import Claim, claims
from portal.queries.filters import (
    STATES,
    WAITING,
    Asked,
    age_options,
    kind_options,
    narrowed,
    practice_options,
)
from portal.queries.flags import FLAGS, Beside, Flag, beside
from portal.queries.learning import TAGS
from portal.queries.narrowing import Option, Pill
from portal.queries.paging import Pager, pager_of
from portal.queries.places import body_name
from portal.queries.shown import Tag, days_words
from portal.queries.viewing import Views, views_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from portal.queries.flags import Flagged

PAGE_SIZE = 50


@dataclass(frozen=True)
class QueueRow:
    """One activity of the queue."""

    url: str
    title: str
    kind: str
    member: str
    practice: str
    done_text: str
    since_text: str
    age: str
    claim: Claim
    tag: Tag
    flags: Sequence[Flag]


@dataclass(frozen=True)
class QueuePage:
    """All the template shows."""

    body_name: str
    verdict: str
    sub: str
    start_url: str
    clear_url: str
    asked: Asked
    states: Sequence[Pill]
    flags: Sequence[Pill]
    kinds: Sequence[Option]
    practices: Sequence[Option]
    ages: Sequence[Option]
    views: Views
    rows: Sequence[QueueRow]
    page_obj: Pager


def queue_page(program: str, asked: Asked, *, number: int, today: date) -> QueuePage:
    """Read one page of the queue, with how many each flag would show."""
    waiting = asked.state == WAITING
    found = narrowed(program, asked, today)
    more = _beside(program, today) if waiting else Beside()
    counts = more.counts(found) if waiting else {"": found.count()}
    total = counts[asked.flag]
    pager = pager_of(number, total, PAGE_SIZE, asked.pairs)
    shown = list(
        found.filter(more.condition(asked.flag)).select_related("member")[
            pager.start :
        ][:PAGE_SIZE]
    )
    said = claims(shown)
    if not waiting:
        more = beside(program, {row.member_id for row in shown}, today)
    rows = [_row(row, said[row.pk], more.of(row), asked, today) for row in shown]
    return QueuePage(
        body_name=body_name(program),
        verdict=_verdict(asked, total),
        sub=_sub(asked, rows, pager),
        start_url=rows[0].url if rows and waiting else "",
        clear_url=Asked(state=asked.state).query or "?",
        asked=asked,
        states=_states(asked, counts),
        flags=_flags(asked, counts) if waiting else (),
        kinds=kind_options(program, asked),
        practices=practice_options(program, asked),
        ages=age_options(asked),
        views=views_of(program, "queue", queue_url(program, Asked()), asked.query),
        rows=rows,
        page_obj=pager,
    )


def _beside(program: str, today: date) -> Beside:
    waiting = Activity.objects.of_program(program).awaiting_review().order_by()
    return beside(program, waiting.values_list("member", flat=True), today)


def _states(asked: Asked, counts: dict[str, int]) -> list[Pill]:
    return [
        Pill(
            label=shown.label,
            url=Asked(state=code).query or "?",
            current=code == asked.state,
            count=counts[""] if code == asked.state else None,
        )
        for code, shown in STATES.items()
    ]


def _flags(asked: Asked, counts: dict[str, int]) -> list[Pill]:
    """Offer each flag that is there; pressing the one that is on takes it off."""
    return [
        Pill(
            label=flag.label,
            url=replace(asked, flag="" if on else flag.code).query or "?",
            current=on,
            count=counts[flag.code],
            icon=flag.icon,
        )
        for flag in FLAGS
        if (on := flag.code == asked.flag) or counts[flag.code]
    ]


def _row(
    row: "Flagged", claim: Claim, flags: Sequence[Flag], asked: Asked, today: date
) -> QueueRow:
    days = (today - row.since).days
    return QueueRow(
        url=review_url(row.program, row.pk, asked),
        title=str(row),
        kind=claim.kind_label,
        member=row.member.name,
        practice=row.practice_name or "Pays alone",
        done_text=day_words(row.day),
        since_text=day_words(row.since),
        age=days_words(days) if days > 0 else "Today",
        claim=claim,
        tag=TAGS[Activity.State(row.state)],
        flags=flags,
    )


def review_url(program: str, activity_id: UUID, asked: Asked) -> str:
    """The address of an activity's review that keeps the queue it was opened from."""
    place = {"program": program, "activity_id": activity_id}
    return reverse("staff_review", kwargs=place) + asked.query


def queue_url(program: str, asked: Asked) -> str:
    """The address of the queue with its filters."""
    return reverse("staff_queue", kwargs={"program": program}) + asked.query


def _verdict(asked: Asked, total: int) -> str:
    noun = "activity" if total == 1 else "activities"
    if asked.narrowed or asked.state != WAITING:
        return f"{total} {noun} found"
    if not total:
        return "Queue is clear"
    return f"{total} {noun} {'waits' if total == 1 else 'wait'} for review"


def _sub(asked: Asked, rows: Sequence[QueueRow], pager: Pager) -> str:
    if asked.state != WAITING:
        return f"{asked.shows.label}, the newest first."
    if not rows:
        return "No activity is left to decide on." if not asked.narrowed else ""
    if pager.number > 1:
        return "The oldest stand on the first page."
    age = rows[0].age
    return f"The oldest has waited {age}." if age != "Today" else "All came in today."


@dataclass(frozen=True)
class Place:
    """Where an activity stands in a filtered queue, and its neighbours.

    `number` is 0 where it is not in the queue any more; `after_id` is the next one.
    """

    number: int
    total: int
    before_url: str
    after_url: str
    after_id: UUID | None = None


def place_of(program: str, asked: Asked, activity: Activity, today: date) -> Place:
    """Find an activity's neighbours; one that left the queue keeps its place."""
    found = narrowed(program, asked, today)
    if asked.flag:
        found = found.filter(_beside(program, today).condition(asked.flag))
    before, after = _around(asked, activity)
    counts = found.order_by().aggregate(
        total=Count("pk"),
        ahead=Count("pk", filter=before),
        inside=Count("pk", filter=Q(pk=activity.pk)),
    )

    def nearest(neighbours: "QuerySet[Flagged]") -> UUID | None:
        return neighbours.values_list("pk", flat=True).first()

    def url(near: UUID | None) -> str:
        return review_url(program, near, asked) if near else ""

    after_id = nearest(found.filter(after))
    return Place(
        number=counts["ahead"] + 1 if counts["inside"] else 0,
        total=counts["total"],
        before_url=url(nearest(found.filter(before).reverse())),
        after_url=url(after_id),
        after_id=after_id,
    )


def _around(asked: Asked, activity: Activity) -> tuple[Q, Q]:
    name, pk = asked.shows.order, activity.pk
    at = getattr(activity, name)
    lower = Q(**{f"{name}__lt": at}) | Q(**{name: at, "pk__lt": pk})
    higher = Q(**{f"{name}__gt": at}) | Q(**{name: at, "pk__gt": pk})
    return (higher, lower) if asked.shows.newest_first else (lower, higher)
