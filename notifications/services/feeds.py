"""The secret address of a person's calendar: made, ended, found, seen in use."""

from datetime import datetime, timedelta
from secrets import token_urlsafe

from django.db import transaction

from accounts.models import User
from accounts.rules import hash_of
from core.actor import Actor
from core.audit import record
from notifications.models import CalendarFeed

# 32 bytes are 256 bits of randomness.
SECRET_BYTES = 32
# How exact "last used" is: a write an hour, not one a request.
USE_NOTED = timedelta(hours=1)


@transaction.atomic
def make_feed(*, actor: Actor, user: User, now: datetime) -> str:
    """Make a new secret address; the former one, if any, stops working.

    Returns the secret, which exists here alone: the row keeps its SHA-256.
    """
    secret = token_urlsafe(SECRET_BYTES)
    User.objects.select_for_update().get(pk=user.pk)
    feed = CalendarFeed.objects.visible_to(user).first()
    before = feed is not None and feed.ended_at is None
    feed = feed or CalendarFeed(user=user)
    feed.secret_hash, feed.created_at = hash_of(secret), now
    feed.last_used_at = feed.ended_at = None
    feed.save()
    record(
        actor=actor,
        action="calendar.renewed" if before else "calendar.made",
        subject=feed,
        sentence="Made a new calendar address in place of the former"
        if before
        else "Made a calendar address",
        now=now,
    )
    return secret


@transaction.atomic
def end_feed(*, actor: Actor, user: User, now: datetime) -> bool:
    """End a person's calendar address; return whether there was one."""
    feed = CalendarFeed.objects.visible_to(user).filter(ended_at=None).first()
    if feed is None:
        return False
    CalendarFeed.objects.filter(pk=feed.pk).update(ended_at=now)
    record(
        actor=actor,
        action="calendar.ended",
        subject=feed,
        sentence="Ended the calendar address",
        now=now,
    )
    return True


def note_fetched(*, feed: CalendarFeed, now: datetime) -> None:
    """Note that a calendar program read the feed, to the hour."""
    if feed.last_used_at and feed.last_used_at > now - USE_NOTED:
        return
    CalendarFeed.objects.filter(pk=feed.pk).update(last_used_at=now)
