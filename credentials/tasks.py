"""Looks every night whether counters, ledgers, assignments and money agree."""

import structlog
from celery import shared_task

from billing.queries import money_faults
from core.scope import Scope, scoped
from credentials.queries import seat_faults

logger = structlog.get_logger(__name__)


@shared_task(name="credentials.tasks.reconcile")
def reconcile() -> None:
    """Report what doesn't agree; nothing is repaired, staff see seats among jobs."""
    with scoped(Scope.sweep()):
        faults, money = seat_faults(), money_faults()
    for fault in faults:
        logger.error(
            "seats do not agree",
            practice=fault.practice,
            product=fault.product,
            said=fault.text,
        )
    for each in money:
        logger.error("money does not agree", about=each.about, said=each.text)
    logger.info("reconciled", faults=len(faults) + len(money))
