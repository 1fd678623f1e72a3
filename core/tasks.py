"""Core's own work outside the request."""

import structlog
from celery import shared_task
from django.conf import settings

from core import heads
from core.clock import now
from core.forgetting import forget_used_keys
from core.scope import Scope, scoped

logger = structlog.get_logger(__name__)


@shared_task(name="core.tasks.write_heads")
def write_heads() -> None:
    """Write how long the trail's chains are, outside the database, once a day."""
    place = heads.write_heads(folder=settings.AUDIT_HEADS_PATH, now=now())
    logger.info("trail's heads written", place=str(place or "there already"))


@shared_task(name="core.tasks.forget")
def forget() -> None:
    """Forget keys that can't be used again."""
    with scoped(Scope.sweep()):
        forgotten = forget_used_keys(now=now())
    logger.info("used keys forgotten", count=forgotten)
