"""Several workers that tell of the same day of a cycle at the same moment."""

from datetime import date
from functools import partial

import pytest
import time_machine
from django.db import connection

from core.models import OutboxMessage
from core.scope import Scope, scoped
from notifications.models import Subscription
from notifications.tasks import deliver
from renewals.services import inserting, inserting_cycles, reminding_cycles, tell_cycles
from renewals.tasks import sweep
from tests.cast import Cast, a_user
from tests.cycles import BODY, noon
from tests.database import WORKER, working_as
from tests.reminding.cycles import KINDS, holder, newest
from tests.reminding.pressing import pressed, swept, without

pytestmark = [
    pytest.mark.race,
    pytest.mark.db,
    pytest.mark.usefixtures("transactional_db"),
]
DAY = date(2025, 11, 24)
OUTBOX = OutboxMessage._meta.db_table
tell = swept(partial(tell_cycles, program=BODY, today=DAY, now=noon(DAY)))


def rows() -> int:
    """How many messages there are about cycles."""
    return OutboxMessage.objects.filter(kind__in=KINDS).count()


@pytest.fixture
def no_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let workers not take turns."""
    monkeypatch.setattr(reminding_cycles, "take_turn", lambda name: None)


@pytest.mark.parametrize("many", [2, 8])
def test_a_holder_is_told_once(quiet: Cast, many: int) -> None:
    holder("Nora Nolan")
    assert sum(pressed(tell, OUTBOX, many)) == 1
    assert rows() == 1


def test_a_worker_may_write_the_row_that_the_letters_link_names(quiet: Cast) -> None:
    user = a_user("Nora Nolan")
    member = holder("Nora Nolan", user=user)
    with time_machine.travel(noon(DAY), tick=False), working_as(WORKER):
        sweep()
        with scoped(Scope.sweep()):
            message = str(newest(member).pk)
        deliver(message)
    assert Subscription.objects.get(user=user).on
    assert OutboxMessage.objects.get(kind__in=KINDS).state == "sent"


@pytest.mark.usefixtures("no_turns")
def test_without_turns_the_constraint_keeps_it_so(quiet: Cast) -> None:
    holder("Nora Nolan")
    pressed(tell, OUTBOX)
    assert rows() == 1


@pytest.mark.usefixtures("no_turns")
def test_without_the_guard_a_holder_is_told_twice(
    quiet: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    holder("Nora Nolan")
    # It names the constraint.
    monkeypatch.setattr(inserting_cycles, "ANEW", inserting.NOTHING)
    with without(OutboxMessage, "told_once"):
        pressed(tell, OUTBOX)
        # SQLite lets one writer in at a time, so what is looked up stays true.
        assert rows() == (2 if connection.vendor == "postgresql" else 1)
