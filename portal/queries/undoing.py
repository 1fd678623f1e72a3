"""What can still be undone of a press of Assign, and where."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
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
from renewals.queries import why_terms_stand

BACK = (
    "It is taken back from whom you leave selected; each seat can be assigned again.",
)
TERMS = (
    "Each renewal date is again what it was before, and whoever was new is no member.",
    "A certificate that was issued is superseded: whoever checks its number reads so.",
    "Who had a letter about it gets one that takes it back.",
)
KEPT = ("Both the assignment and its undoing stay in the activity log.",)
# Begun terms are active from the start.
OPEN = (Assignment.State.ASSIGNED, Assignment.State.ACTIVE)
Stands = Callable[[Assignment], bool]


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
    follows: Sequence[str]
    back_url: str


def given_at(practice: Practice, batch_id: UUID) -> Collection[UUID]:
    """Name what was assigned at one press.

    Raises:
        Missing: the practice made no such press.
    """
    rows = Assignment.objects.of(practice).filter(batch=batch_id)
    found = set(rows.values_list("pk", flat=True))
    if not found:
        raise Missing("Not found.")
    return found


def undo_page(
    practice: Practice,
    batch_id: UUID,
    chosen: Collection[UUID],
    *,
    days: Mapping[str, date],
    now: datetime,
) -> UndoPage:
    """Read what was assigned at one press.

    Args:
        practice: who assigned it.
        batch_id: the press.
        chosen: the members it is to be undone for; everybody where it is empty.
        days: the day it is in each program's zone.
        now: the real instant.

    Raises:
        Missing: the practice made no such press.
    """
    rows = list(
        Assignment.objects.of(practice)
        .filter(batch=batch_id)
        .select_related("member", "product", "practice", "sponsorship")
        .order_by("member__last_name", "member__first_name")
    )
    if not rows:
        raise Missing("Not found.")
    first = rows[0]
    begun = [row for row in rows if first.product.begins_term and row.state in OPEN]
    reasons = why_terms_stand(begun, days)
    people = [_undoable(row, chosen, reasons, now) for row in rows]
    zone = zone_of(first.product.program)
    until = when_words(first.at, zone, later=UNDO_WITHIN)
    possible = any(not each.reason for each in people)
    return UndoPage(
        title=first.title,
        sub=f"Possible until {until}, while nobody has used it. Nothing is undone yet."
        if possible
        else "This can't be undone any more.",
        people=people,
        possible=possible,
        follows=(*BACK, *(TERMS if begun else ()), *KEPT),
        back_url=reverse("assignments", kwargs={"practice": practice.slug}),
    )


def _undoable(
    row: Assignment,
    chosen: Collection[UUID],
    reasons: Mapping[UUID, str],
    now: datetime,
) -> Undoable:
    if row.state == Assignment.State.UNDONE:
        reason = "Undone already."
    else:
        reason = why_not_undone(row, now) or reasons.get(row.pk, "")
    wanted = not chosen or row.member_id in chosen
    return Undoable(str(row.pk), row.member.name, reason, wanted and not reason)


def undo_url(practice: Practice, batch_id: UUID) -> str:
    """Where a press of Assign is undone."""
    place = {"practice": practice.slug, "batch_id": batch_id}
    return reverse("undo_assignment", kwargs=place)


def undo_of(practice: Practice, now: datetime) -> UndoOf:
    """Give what tells of entries of a practice's trail where they can be undone."""
    return partial(_undo_urls, practice, now=now)


def undo_among(
    practice: Practice, held: Iterable[Assignment], stands: Stands, now: datetime
) -> UndoOf:
    """The same, of assignments that were read already, without those undone.

    Args:
        practice: who assigned them.
        held: the assignments.
        stands: whether the term can't be undone that one of them began.
        now: the real instant.
    """

    def urls(entries: Iterable[AuditEntry]) -> Mapping[UUID, str]:
        fresh = {
            each.subject_id
            for each in entries
            if each.action == ASSIGNED and now < each.at + UNDO_WITHIN
        }
        return {
            row.pk: f"{undo_url(practice, row.batch_id)}?member={row.member_id}"
            for row in held
            if row.pk in fresh and row.state in OPEN and not stands(row)
        }

    return urls


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
    # What auto-renewal assigned is nobody's press.
    found = Assignment.objects.of(practice).filter(
        pk__in=fresh, state__in=OPEN, renewalattempt=None
    )
    return {
        row.pk: f"{undo_url(practice, row.batch_id)}?member={row.member_id}"
        for row in found
    }
