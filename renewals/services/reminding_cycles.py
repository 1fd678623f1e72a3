"""The notices of a cycle's days: once each, to whoever they are true of (N5, N8, N15).

Only rows are written here, as for terms (`reminding`); their words are put together
when the mail leaves (`cycle_letters`).
"""

from datetime import date, datetime

from django.db import transaction

from core.turns import take_turn
from core.work import hasten
from notifications.rules import CYCLE_REMINDER
from renewals.queries import rounds_of
from renewals.services.inserting_cycles import insert_round

CYCLE_NOTICE = "cycle_notice"


@transaction.atomic
def tell_cycles(*, program: str, today: date, now: datetime) -> int:
    """Queue what a day asks to be told to a body's holders; return how many (N15).

    However many people there are, it sends the same few statements; run again, it does
    nothing.

    Args:
        program: the body whose cycles are looked at.
        today: the day it is in the body's zone (X3).
        now: the instant, UTC.
    """
    take_turn(f"tell {program}")
    told = 0
    for each in rounds_of(program, today):
        kind = CYCLE_REMINDER if each.is_courtesy else CYCLE_NOTICE
        told += insert_round(
            kind=kind, program=program, round_=each, today=today, now=now
        )
    if told:
        hasten("notifications.tasks.deliver_waiting")
    return told
