"""Audits while others are at work: each waits for the other, none for ever."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection, transaction

from ce_credits.models import Activity, AuditCase, AuditItem
from ce_credits.services import close_case
from ce_credits.services.steps import take_turn
from core.audit import hold_chains
from core.failures import Stale
from core.turns import take_turn as take_named_turn
from renewals.models import Recertification
from renewals.services.recertifying_rows import lock_application
from tests.auditing.applications import an_application, drawn_of
from tests.auditing.auditing import DUE, a_case, answered, found, the_item
from tests.cast import BODY, NOW, TESTER, Cast
from tests.ce.reporting import submitted
from tests.recertifying.living import BODY as CYCLES
from tests.recertifying.living import fresh

pytestmark = [
    pytest.mark.db,
    pytest.mark.race,
    pytest.mark.django_db(transaction=True),
]
OVER = DUE + timedelta(days=1)
# Long enough for the other one to come to what it waits for.
A_WHILE = 0.7


def begun(pool: ThreadPoolExecutor, act: Callable[[], object]) -> Future[str]:
    """Let somebody else begin, and wait until they wait."""

    def do() -> str:
        try:
            act()
        except Stale:
            return "stale"
        finally:
            connection.close()
        return "done"

    going = pool.submit(do)
    time.sleep(A_WHILE)
    return going


def while_held(
    activity: Activity, practice: object, act: Callable[[], object]
) -> Future[str]:
    """Let staff act while the holder has the activity and comes to the trails."""
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            take_turn(activity)
            Activity.objects.filter(pk=activity.pk).update(saves=1)
            going = begun(pool, act)
            hold_chains(practice_ids={None, practice}, program=BODY)  # type: ignore[arg-type]
        return going


def test_closing_waits_for_the_activities_before_it_has_a_trail(cast: Cast) -> None:
    activities = [submitted(cast.bob, title=title) for title in ("One", "Two")]
    case = a_case(cast.bob, *activities)
    act = partial(
        close_case,
        actor=TESTER,
        case=case,
        seen=case.version,
        reason="Nothing came",
        today=OVER,
        now=NOW,
    )
    going = while_held(activities[1], cast.northside.pk, act)
    assert going.result() == "done"
    assert not AuditCase.objects.get().is_open


def test_deciding_waits_for_the_activity_before_it_has_a_trail(cast: Cast) -> None:
    activity = submitted(cast.bob)
    item = the_item(answered(a_case(cast.bob, activity)))
    act = partial(found, item, "not_accepted")
    assert while_held(activity, cast.northside.pk, act).result() == "done"


def test_a_case_by_hand_waits_for_a_draw(cast: Cast) -> None:
    activity = submitted(cast.bob)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            take_named_turn(f"audit {BODY}")
            Activity.objects.filter(pk=activity.pk).update(saves=1)
            going = begun(pool, partial(a_case, cast.bob, activity))
            a_case(cast.bob, activity)
        assert going.result() == "stale"
    assert AuditCase.objects.count() == 1


def test_closing_waits_for_the_application_before_it_has_a_trail(cast: Cast) -> None:
    row = an_application()
    case = answered(drawn_of(row))
    for item in case.items.all():
        AuditItem.objects.filter(pk=item.pk).update(outcome="verified", decided_at=NOW)
    act = partial(
        close_case, actor=TESTER, case=case, seen=case.version, today=OVER, now=NOW
    )
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            lock_application(row.pk)
            Recertification.objects.filter(pk=row.pk).update(changed_at=NOW)
            going = begun(pool, act)
            # As whoever decides on it does.
            hold_chains(practice_ids={None}, program=CYCLES)
        assert going.result() == "done"
    assert fresh(row).held_on is None
