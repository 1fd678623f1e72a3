"""Delivers mail outside the request."""

from uuid import UUID

from celery import shared_task

from core.clock import now, today
from core.letters import Moment, compose
from core.scope import Scope, scoped
from notifications.services import (
    claim,
    drop,
    due_ids,
    give_back,
    send,
    settle,
)


@shared_task(name="notifications.tasks.deliver")
def deliver(message_id: str) -> None:
    """Deliver one message, if it still waits."""
    with scoped(Scope.sweep()):
        claimed = claim(message_id=UUID(message_id), now=now())
    if claimed is None:
        return
    try:
        with scoped(Scope.sweep()):
            letter = compose(message=claimed.message, moment=Moment(now(), today))
        # No transaction is open while the server is talked to.
        if letter:
            send(claim=claimed, letter=letter)
    # A message that can't be rendered or sent, for whatever reason, must neither be
    # lost nor hold up the others.
    except Exception as error:
        with scoped(Scope.sweep()):
            give_back(claim=claimed, error=repr(error), now=now())
        return
    with scoped(Scope.sweep()):
        if letter:
            settle(claim=claimed, letter=letter, now=now())
        else:
            drop(claim=claimed)


@shared_task(name="notifications.tasks.deliver_waiting")
def deliver_waiting() -> None:
    """Deliver everything due: what a lost bell, a refusal or a killed worker left."""
    with scoped(Scope.sweep()):
        found = due_ids(now=now())
    for message_id in found:
        deliver.delay(str(message_id))
