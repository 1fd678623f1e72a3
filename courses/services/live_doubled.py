"""A place that one person has twice, by two accounts that are one, is freed (M4)."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from accounts.models import UNDO_WITHIN, Duplicate
from core.actor import Actor
from core.audit import record
from courses.models import LiveRegistration
from courses.models.live import LiveRegistrationQuerySet


def doubled_places(*, program: str, today: date, now: datetime) -> Sequence[UUID]:
    """Name places at what is still to come, whose account was merged into another.

    A merge leaves one behind only where the account kept had a place as well. While it
    may still be undone both stay taken: parted again, each has its own.
    """
    rows = LiveRegistration.objects.of_program(program)
    return list(_doubled(rows, today, now).values_list("pk", flat=True))


@transaction.atomic
def free_doubled(*, registration_id: UUID, today: date, now: datetime) -> bool:
    """Free one of `doubled_places`, once; whose person has another one at it.

    Args:
        registration_id: the place of the account given up.
        today: the day in the body's zone.
        now: the instant, UTC.

    Returns:
        Whether it was freed now.
    """
    rows = LiveRegistration.objects.filter(pk=registration_id)
    held = rows.select_for_update(of=("self",), no_key=True)
    row = held.select_related("live", "member").get()
    # Asked again now that nobody else writes it: it may have been undone meanwhile.
    if not _doubled(rows, today, now).exists() or not _comes_otherwise(row):
        return False
    row.place = None
    row.save(update_fields=["place"])
    record(
        actor=Actor.system("merging"),
        action="live.left",
        subject=row,
        member_id=row.member_id,
        program=row.program,
        sentence=f"Freed the second place of {row} at {row.live.title}"[:400],
        reason="Two accounts that were merged had both registered.",
        now=now,
    )
    return True


def _doubled(
    rows: LiveRegistrationQuerySet, today: date, now: datetime
) -> LiveRegistrationQuerySet:
    rows = rows.standing().filter(
        live__first_on__gt=today, member__joined_to__isnull=False
    )
    undone_perhaps = Duplicate.objects.filter(
        state=Duplicate.State.MERGED,
        given_up=OuterRef("member"),
        merged_at__gt=now - UNDO_WITHIN,
    )
    return rows.filter(~Exists(undone_perhaps), attendance=None)


def _comes_otherwise(row: LiveRegistration) -> bool:
    """Say whether the record that goes on registered too; that one decides."""
    member = row.member
    while member.joined_to is not None:
        member = member.joined_to
    same = LiveRegistration.objects.filter(live=row.live_id, member=member)
    return same.exists()
