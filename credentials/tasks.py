"""Looks every night whether counters, ledgers and assignments agree."""

import structlog
from celery import shared_task

from core.scope import Scope, scoped
from credentials.queries import seat_faults

logger = structlog.get_logger(__name__)


@shared_task(name="credentials.tasks.reconcile")
def reconcile() -> None:
    """Report what doesn't agree; nothing is repaired, staff see it among their jobs."""
    with scoped(Scope.sweep()):
        faults = seat_faults()
    for fault in faults:
        logger.error(
            "seats do not agree",
            practice=fault.practice,
            product=fault.product,
            said=fault.text,
        )
    logger.info("reconciled", faults=len(faults))
