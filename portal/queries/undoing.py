"""What can still be undone of a press of Assign, and where."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from django.urls import reverse

from accounts.models import Practice
from core.failures import Missing
from core.models import AuditEntry
from credentials.models import Assignment
from credentials.policy import zone_of
from credentials.queries import UNDO_WITHIN, why_not_undone
from portal.queries.trail import ASSIGNED, UndoOf, when_words


@dataclass(frozen=True)
class Undoable:
    """Somebody of the press; `reason` says why it can't be undone for them."""

    id: str
    name: str
    reason: str
    checked: bool


@dataclass(frozen=True)
class UndoPage:
    """All the template shows."""

    title: str
    sub: str
    people: Sequence[Undoable]
    possible: bool
    back_url: str


def undo_page(
    practice: Practice, batch_id: UUID, chosen: Collection[UUID], now: datetime
) -> UndoPage:
    """Read what was assigned at one press.

    Args:
        chosen: the members it is to be undone for; everybody where it is empty.
        now: the real instant.

    Raises:
        Missing: the practice made no such press.
    """
    rows = list(
        Assignment.objects.of(practice)
        .filter(batch=batch_id)
        .select_related("member", "product")
        .order_by("member__last_name", "member__first_name")
    )
    if not rows:
        raise Missing("Not found.")
    people = [_undoable(row, chosen, now) for row in rows]
    first = rows[0]
    until = when_words(first.at + UNDO_WITHIN, zone_of(first.product.program))
    possible = any(not each.reason for each in people)
    return UndoPage(
        title=first.title,
        sub=f"Possible until {until}, while nobody has used it. Nothing is undone yet."
        if possible
        else "This can't be undone any more.",
        people=people,
        possible=possible,
        back_url=reverse("assignments", kwargs={"practice": practice.slug}),
    )


def _undoable(row: Assignment, chosen: Collection[UUID], now: datetime) -> Undoable:
    if row.state == Assignment.State.UNDONE:
        reason = "Undone already."
    else:
        reason = why_not_undone(row, now) or ""
    wanted = not chosen or row.member_id in chosen
    return Undoable(str(row.pk), row.member.name, reason, wanted and not reason)


def undo_url(practice: Practice, batch_id: UUID) -> str:
    """Where a press of Assign is undone."""
    place = {"practice": practice.slug, "batch_id": batch_id}
    return reverse("undo_assignment", kwargs=place)


def undo_of(practice: Practice, now: datetime) -> UndoOf:
    """Give what tells of entries of a practice's trail where they can be undone."""
    return partial(_undo_urls, practice, now=now)


def _undo_urls(
    practice: Practice, entries: Iterable[AuditEntry], *, now: datetime
) -> Mapping[UUID, str]:
    fresh = [
        each.subject_id
        for each in entries
        if each.action == ASSIGNED and now < each.at + UNDO_WITHIN
    ]
    if not fresh:
        return {}
    found = Assignment.objects.of(practice).filter(
        pk__in=fresh, state=Assignment.State.ASSIGNED
    )
    return {
        row.pk: f"{undo_url(practice, row.batch_id)}?member={row.member_id}"
        for row in found
    }
