"""Delivers mail outside the request."""

import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import TypeVar
from uuid import UUID

import structlog
from celery import shared_task
from django.core.mail import EmailMultiAlternatives
from django.db import InterfaceError, OperationalError, connection

from core.clock import now, today
from core.letters import Moment, compose
from core.mail import SERVER
from core.scope import Scope, scoped
from notifications.services import (
    Claim,
    claim,
    drop,
    due_ids,
    forget_notices,
    give_back,
    hand_over,
    hold,
    note,
    recover,
    send,
    settle,
)

# A bell that nobody heard until the next one rings is no use any more.
BEAT_SECONDS = 60
# Seconds between two tries to write something down, growing from the first to the last.
PAUSE, LONGEST_PAUSE = 0.5, 5.0
# What is older, nobody looks for in a list; mail and trail have it.
NOTICES_KEPT = timedelta(days=366)
T = TypeVar("T")
logger = structlog.get_logger(__name__)


@shared_task(name="notifications.tasks.deliver")
def deliver(message_id: str) -> None:
    """Deliver one message, if it still waits and the server is not known to be away."""
    if SERVER.lasts:
        return
    with scoped(Scope.sweep()):
        recover(message_id=UUID(message_id), now=now())
        claimed = claim(message_id=UUID(message_id), now=now())
    if claimed is None:
        return
    try:
        with scoped(Scope.sweep()):
            letter = compose(message=claimed.message, moment=Moment(now(), today))
            if letter:
                note(message=claimed.message, letter=letter, now=now())
        # No transaction is open while the server is talked to.
        if letter:
            send(
                claim=claimed,
                letter=letter,
                waiting=partial(_wait, claimed),
                handing_over=partial(_leave, claimed),
            )
    # A message that can't be rendered or sent, for whatever reason, must neither be
    # lost nor hold up the others.
    except Exception as error:
        _surely(claimed, partial(give_back, claim=claimed, error=error, now=now()))
        return
    if letter:
        _surely(claimed, partial(settle, claim=claimed, now=now()))
    else:
        _surely(claimed, partial(drop, claim=claimed))


@shared_task(name="notifications.tasks.forget")
def forget() -> None:
    """Forget notices that are a year old."""
    with scoped(Scope.sweep()):
        forgotten = forget_notices(before=now() - NOTICES_KEPT)
    logger.info("notices forgotten", count=forgotten)


@shared_task(name="notifications.tasks.deliver_waiting")
def deliver_waiting() -> None:
    """Deliver everything due: what a lost bell, a refusal or a killed worker left."""
    with scoped(Scope.sweep()):
        found = due_ids(now=now())
    for message_id in found:
        deliver.apply_async(args=(str(message_id),), expires=BEAT_SECONDS)


def _wait(claimed: Claim) -> None:
    # Of a quick server's answers the row hears nothing.
    if not claimed.lasts(now()):
        with scoped(Scope.sweep()):
            hold(claim=claimed, now=now())


def _leave(claimed: Claim, mail: EmailMultiAlternatives) -> None:
    with scoped(Scope.sweep()):
        hand_over(claim=claimed, mail=mail, now=now())


def _surely(claimed: Claim, write: Callable[[], T]) -> T:
    """Write down what the server said, even where the database just restarts.

    As long as the lease lasts nobody else touches the row.
    """
    pause = PAUSE
    while True:
        try:
            with scoped(Scope.sweep()):
                return write()
        except (OperationalError, InterfaceError):
            connection.close()
            if now() >= claimed.lease:
                raise
        time.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)
