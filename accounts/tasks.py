"""Accounts' own work outside the request."""

import structlog
from celery import shared_task

from accounts.sessions import forget_sessions
from core.clock import now
from core.scope import Scope, scoped

logger = structlog.get_logger(__name__)


@shared_task(name="accounts.tasks.forget")
def forget() -> None:
    """Forget sessions that are over."""
    with scoped(Scope.sweep()):
        forgotten = forget_sessions(now=now())
    logger.info("sessions forgotten", count=forgotten)
