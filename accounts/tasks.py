"""Accounts' own work outside the request."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import structlog
from celery import shared_task
from django.conf import settings
from django.db import OperationalError
from django.utils.module_loading import import_string

from accounts.services import (
    break_off,
    due_rosters,
    forget_rosters,
    import_batch,
)
from accounts.sessions import forget_sessions
from core.clock import now, today
from core.scope import Scope, scoped

# A file that nobody came back to names people all the same.
ROSTERS_KEPT = timedelta(days=30)
logger = structlog.get_logger(__name__)


@shared_task(name="accounts.tasks.forget")
def forget() -> None:
    """Forget sessions that are over, and what is left of rosters."""
    with scoped(Scope.sweep()):
        forgotten = forget_sessions(now=now())
        emptied = forget_rosters(before=now() - ROSTERS_KEPT)
    logger.info("sessions forgotten", count=forgotten, rosters=emptied)


@shared_task(name="accounts.tasks.import_roster")
def import_roster(roster_id: str) -> None:
    """Import a roster, a batch after the other; it goes on where it stood."""
    try:
        while _next_batch(UUID(roster_id)):
            pass
    # The database is away, or had to choose one of two: the beat comes again.
    except OperationalError:
        raise
    except Exception:
        with scoped(Scope.sweep()):
            break_off(roster_id=UUID(roster_id), now=now())
        raise


def _next_batch(roster_id: UUID) -> bool:
    zone_of: Callable[[str], ZoneInfo] = import_string(settings.PROGRAM_ZONE)
    with scoped(Scope.sweep()):
        return import_batch(
            roster_id=roster_id,
            today_in=lambda program: today(zone_of(program)),
            now=now(),
        )


@shared_task(name="accounts.tasks.import_waiting")
def import_waiting() -> None:
    """Go on with what a lost bell or a killed worker left."""
    with scoped(Scope.sweep()):
        found = due_rosters()
    for each in found:
        import_roster.delay(str(each))
