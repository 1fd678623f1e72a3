"""Waking a worker early. The row that waits is the queue; this is only the bell."""

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

from core.absence import Absence

BROKER = Absence("broker")


def hasten(task: str, *args: str) -> None:
    """Ask a worker to run a task once this transaction has committed.

    A broker that is away changes nothing: the beat finds the row a minute later, and
    of many rows only the first waits for it.
    """

    def ring() -> None:
        if BROKER.lasts:
            return
        try:
            current_app.send_task(task, args=args, retry=False, ignore_result=True)
        except (OperationalError, OSError) as error:
            BROKER.begin(error)

    transaction.on_commit(ring)
