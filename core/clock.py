"""The one place that asks what time it is. Only the edge calls it.

Views, API, tasks and commands ask here and hand `today` and `now` in as arguments. In a
demonstration the day is pinned by a row; sessions, tokens and limits keep real time.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from core.models import DomainDate


def now() -> datetime:
    """Return this instant, UTC."""
    return timezone.now()


def today(zone: ZoneInfo) -> date:
    """Return the calendar day it is in the body's zone (X3), or the pinned day."""
    return pinned() or now().astimezone(zone).date()


def domain_now(zone: ZoneInfo) -> datetime:
    """Return the wall clock in the body's zone, on the pinned day where there is one.

    For display only; what is stored is `now()`.
    """
    local = now().astimezone(zone)
    day = pinned()
    return datetime.combine(day, local.timetz()) if day else local


def pinned() -> date | None:
    """Return the demonstration's day; always none outside a demonstration."""
    if not settings.DEMO:
        return None
    row = DomainDate.objects.first()
    return row.today if row else None


def pin(day: date) -> None:
    """Move the demonstration to a day.

    Raises:
        RuntimeError: outside a demonstration.
    """
    if not settings.DEMO:
        raise RuntimeError("The date can be moved in a demonstration only (DEMO=1).")
    with transaction.atomic():
        row = DomainDate.objects.select_for_update().first() or DomainDate()
        row.move(day, now=now())
        row.save()
