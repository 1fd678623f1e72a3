"""Queueing the weekly summary for those who asked for it: once a person and week."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from accounts.models import Member
from core.outbox import tell
from core.turns import take_turn
from notifications.models import Subscription, WeeklySummary
from notifications.rules import WEEKLY

# A transaction's worth of people; whoever is left comes next.
BATCH = 200


def monday_of(day: date) -> date:
    """Give the Monday a day's week began with."""
    return day - timedelta(days=day.weekday())


@transaction.atomic
def queue_summaries(
    *, program: str, today: date, now: datetime, by_cycles: bool = False
) -> int:
    """Queue this week's summary to people of a body who have none of it yet.

    A week that nobody was told of on its Monday is made up for until its end. Whoever
    asked for it in the course of the week gets the next one.

    Args:
        program: the body whose people are looked at.
        today: the day it is in the body's zone (X3).
        now: the instant, UTC.
        by_cycles: whether its people are those who hold a credential, as where they
            recertify by cycles; else whoever has a term or a practice.

    Returns how many were queued; `BATCH` means that more may be waiting.
    """
    take_turn("weekly summary")
    week = monday_of(today)
    told = WeeklySummary.objects.filter(user=OuterRef("user"), week_on=week)
    due = (
        Subscription.objects.filter(
            _of_body(program, by_cycles=by_cycles),
            ~Exists(told),
            kind=Subscription.Kind.WEEKLY,
            on=True,
            from_on__lt=week,
            user__is_active=True,
        )
        .select_related("user")
        .order_by("pk")
        .distinct()
    )
    found = list(due[:BATCH])
    for each in found:
        row = WeeklySummary.objects.create(user=each.user, week_on=week, at=now)
        # In nobody's name: one letter joins all of a person's practices and bodies.
        tell(
            kind=WEEKLY,
            subject_id=row.pk,
            recipient=each.user.email,
            payload={},
            now=now,
        )
    return len(found)


def _of_body(program: str, *, by_cycles: bool) -> Q:
    """Who holds something of a body, is sponsored in it, or runs such a practice."""
    # A join sees undone terms as well.
    holder = Q(
        user__member__windows__program=program, user__member__windows__undone_at=None
    ) | Q(
        user__member__sponsorships__program=program,
        user__member__sponsorships__until_on=None,
    )
    if by_cycles:
        certified = Member.objects.filter(certifications__program=program)
        holder |= Q(Exists(certified.filter(user=OuterRef("user"))))
    return holder | Q(
        user__administrations__until_at=None,
        user__administrations__practice__sponsorships__program=program,
        user__administrations__practice__sponsorships__until_on=None,
    )
