"""Reminds of audits that are due."""

import structlog
from celery import shared_task

from ce_credits.services import remind_audits
from core.clock import now, today
from core.scope import Scope, scoped
from credentials.policy import programs, zone_of

logger = structlog.get_logger(__name__)


@shared_task(name="ce_credits.tasks.remind")
def remind() -> None:
    """Remind whoever has not answered an audit that is due soon, each once."""
    faults: list[Exception] = []
    for program in programs():
        try:
            with scoped(Scope.sweep()):
                remind_audits(program=program, today=today(zone_of(program)), now=now())
        # One body's trouble is not another's.
        except Exception as error:
            logger.exception("reminding of audits failed", program=program)
            faults.append(error)
    if faults:
        raise ExceptionGroup("audits", faults)
