"""Marking notices read."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import User
from core.failures import Missing
from notifications.models import Notice


@transaction.atomic
def mark_read(*, user: User, whole: bool, notice_id: UUID, now: datetime) -> Notice:
    """Mark one of a person's notices read; one that is read stays as it is.

    Args:
        whole: as in `Notice.objects.readable`.

    Raises:
        Missing: it isn't theirs, or is of a role they no longer have.
    """
    notice = Notice.objects.visible_to(user, whole=whole).filter(pk=notice_id).first()
    if notice is None:
        raise Missing("Not found.")
    if notice.read_at is None:
        Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=now)
        notice.read_at = now
    return notice


@transaction.atomic
def mark_all_read(*, user: User, whole: bool, now: datetime) -> int:
    """Mark all that a person may see read; return how many were not."""
    mine = Notice.objects.visible_to(user, whole=whole)
    return mine.unread().update(read_at=now)
