"""Core's own work outside the request."""

import structlog
from celery import shared_task

from core.clock import now
from core.forgetting import forget_used_keys
from core.scope import Scope, scoped

logger = structlog.get_logger(__name__)


@shared_task(name="core.tasks.forget")
def forget() -> None:
    """Forget keys that can't be used again."""
    with scoped(Scope.sweep()):
        forgotten = forget_used_keys(now=now())
    logger.info("used keys forgotten", count=forgotten)
