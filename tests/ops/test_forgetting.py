"""Used keys are forgotten once nobody can use them, and nothing else is."""

from datetime import datetime, timedelta

import pytest
import time_machine

from config.celery import app
from core.actor import Actor
from core.failures import Stale
from core.forgetting import KEYS_KEPT, forget_used_keys
from core.idempotency import KEPT
from core.models import AuditEntry, UsedKey
from core.once import only_once
from core.tasks import forget
from tests.cast import NOW, Cast
from tests.database import WORKER, working_as

pytestmark = [pytest.mark.db, pytest.mark.django_db]
SECOND = timedelta(seconds=1)
MONA = Actor("Mona Moss")


def use(key: str, at: datetime) -> None:
    """Send a form."""
    with only_once(MONA, "seats", key, at):
        pass


def keys() -> set[str]:
    """Name the keys that are known."""
    return set(UsedKey.objects.values_list("key", flat=True))


def test_a_key_is_kept_as_long_as_anybody_may_use_it() -> None:
    ages = {"old": KEYS_KEPT + SECOND, "young": KEYS_KEPT, "new": SECOND}
    for key, age in ages.items():
        use(key, NOW - age)

    with time_machine.travel(NOW, tick=False), working_as(WORKER):
        forget()

    assert keys() == {"young", "new"}
    with pytest.raises(Stale):
        use("young", NOW)
    assert KEYS_KEPT > KEPT


def test_many_are_forgotten_in_parts() -> None:
    for number in range(7):
        use(str(number), NOW - 2 * KEYS_KEPT)

    assert forget_used_keys(now=NOW, most=3) == 7
    assert keys() == set()


def test_what_was_done_stays(cast: Cast) -> None:
    use("old", NOW - 2 * KEYS_KEPT)
    before = AuditEntry.objects.count()

    forget_used_keys(now=NOW)

    assert AuditEntry.objects.count() == before > 0


def test_the_beat_asks_for_it_every_day() -> None:
    (entry,) = [
        each
        for each in app.conf.beat_schedule.values()
        if each["task"] == "core.tasks.forget"
    ]
    due, seconds = entry["schedule"].is_due(app.now() - timedelta(days=1))
    assert due
    assert seconds <= 24 * 60 * 60
