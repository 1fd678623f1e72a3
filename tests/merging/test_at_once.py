"""Merging while others are at work: nobody waits for the other for ever."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial

import pytest
from django.db import connection, transaction

from accounts.models import Duplicate
from ce_credits.models import Activity
from ce_credits.services.steps import take_turn
from core.audit import hold_chains
from core.failures import Stale
from tests.cast import BODY, Cast
from tests.ce.reporting import submitted
from tests.merging.merging import merged, proved, second_account, undone

pytestmark = [
    pytest.mark.db,
    pytest.mark.race,
    pytest.mark.django_db(transaction=True),
]
# Long enough for the other one to come to what it waits for.
A_WHILE = 1.5


def _while_written(activity: Activity, act: Callable[[], object]) -> Future[str]:
    """Let staff act while a holder has an activity and comes to the trail."""

    def do() -> str:
        try:
            act()
        except Stale as refusal:
            return refusal.text
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            take_turn(activity)
            Activity.objects.filter(pk=activity.pk).update(saves=1)
            going = pool.submit(do)
            time.sleep(A_WHILE)
            hold_chains(practice_ids={None}, program=BODY)
        return going


def _said(going: Future[str]) -> bool:
    """Whether it was done afterwards, or said that it is to be tried again."""
    return going.result() == "done" or "Try again" in going.result()


def test_merging_waits_for_no_row_while_it_has_the_trails(cast: Cast) -> None:
    other = second_account()
    activity = submitted(other)
    row = proved(cast.bob, other)
    assert _said(_while_written(activity, partial(merged, cast, row, cast.bob)))
    merged(cast, row, cast.bob)
    assert Duplicate.objects.get().state == "merged"


def test_undoing_waits_for_no_row_either(cast: Cast) -> None:
    other = second_account()
    activity = submitted(other)
    row = merged(cast, proved(cast.bob, other), cast.bob)
    assert _said(_while_written(activity, partial(undone, cast, row)))
    undone(cast, row)
    activity.refresh_from_db()
    assert activity.member == other
