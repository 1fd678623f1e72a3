"""Somebody can't be renewed, the database is busy, a step breaks: the rest goes on."""

from collections.abc import Callable

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.db import OperationalError
from django.db.models import F

from core.models import AuditEntry
from credentials.models import AssignmentBatch, SeatPool
from credentials.services import Pick, assign
from renewals.models import RenewalAttempt
from renewals.services import days, pass_day, renewing
from renewals.services.reminding import AUTO_DIGEST
from tests.cast import BODY, NOW, TODAY, Cast, seats
from tests.reminding.people import ending, left, newest, outcomes, sweep, told

pytestmark = pytest.mark.db
DAY = TODAY

BREAKS: dict[str, Callable[[], object]] = {
    "a fault of the program": lambda: 1 // 0,
    "a constraint": lambda: SeatPool.objects.update(used=F("granted") + 1),
}


@pytest.mark.parametrize("how", BREAKS)
def test_one_person_who_cannot_be_renewed_holds_up_no_other(
    quiet: Cast, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    def breaking(**asked: object) -> AssignmentBatch:
        batch = assign(**asked)  # type: ignore[arg-type]
        if batch.assignments.filter(member__last_name="Poison").exists():
            BREAKS[how]()
        return batch

    monkeypatch.setattr(renewing, "assign", breaking)
    for name in ("Eve Ellis", "Pat Poison", "Sue Sound"):
        ending(name, quiet.northside, DAY, mode="auto")
    seats(quiet.northside, quiet.renewals, 3)
    for _ in range(2):
        sweep(DAY)
    assert outcomes() == [
        ("Ellis", "renewed"),
        ("Poison", "failed"),
        ("Sound", "renewed"),
    ]
    # What had been done for the broken one is undone.
    assert left(quiet) == 1
    failed = RenewalAttempt.objects.get(outcome="failed")
    assert "Error" in failed.reason
    assert newest(failed.window) == failed.window
    entry = AuditEntry.objects.get(action="renewal.missed")
    assert entry.reason == "A fault of the portal stopped it."


def test_a_database_that_is_busy_is_tried_again(
    quiet: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    ending("Eve Ellis", quiet.northside, DAY, mode="auto")
    gil = ending("Gil Gray", quiet.northside, DAY, mode="auto")
    seats(quiet.northside, quiet.renewals, 2)

    def busy(**asked: object) -> AssignmentBatch:
        if asked["picks"] == [Pick(gil.member_id, seen=1)]:
            raise OperationalError("deadlock detected")
        return assign(**asked)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(renewing, "assign", busy)
        with pytest.raises(ExceptionGroup, match=f"the day of {BODY}"):
            sweep(DAY)
    assert outcomes() == [("Ellis", "renewed")]
    sweep(DAY)
    assert outcomes() == [("Ellis", "renewed"), ("Gray", "renewed")]


def test_a_worker_whose_time_is_up_leaves_the_rest_to_the_next(
    quiet: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_long(**asked: object) -> None:
        raise SoftTimeLimitExceeded

    ending("Eve Ellis", quiet.northside, DAY, mode="auto")
    with monkeypatch.context() as patch:
        patch.setattr(renewing, "assign", too_long)
        with pytest.raises(SoftTimeLimitExceeded):
            sweep(DAY)
    assert outcomes() == []
    sweep(DAY)
    assert outcomes() == [("Ellis", "no_seat")]


def test_a_step_that_breaks_holds_up_no_other(
    quiet: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**day: object) -> None:
        raise LookupError

    ending("Eve Ellis", quiet.northside, DAY, mode="auto")
    monkeypatch.setattr(days, "tell_due", broken)
    with pytest.raises(ExceptionGroup):
        sweep(DAY)
    assert outcomes() == [("Ellis", "no_seat")]
    assert told(AUTO_DIGEST) == [quiet.alice.email]


def test_more_than_one_go_holds_are_done_one_after_the_other(
    quiet: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(days, "MOST_AT_ONCE", 2)
    for place in range(3):
        ending(f"Pat Number{place}", quiet.northside, DAY, mode="auto")
    goes = [pass_day(program=BODY, today=DAY, now=NOW) for _ in range(3)]
    assert goes == [True, False, False]
    assert len(outcomes()) == 3


@pytest.mark.parametrize(
    ("tried", "more"), [(0, False), (1, True)], ids=["nobody", "somebody"]
)
def test_a_go_that_tried_nobody_is_not_gone_on_with_at_once(
    quiet: Cast, monkeypatch: pytest.MonkeyPatch, tried: int, *, more: bool
) -> None:
    answers = iter([object()] * tried + [None] * 2)
    monkeypatch.setattr(days, "MOST_AT_ONCE", 2)
    monkeypatch.setattr(days, "try_renewal", lambda **asked: next(answers))
    for place in range(3):
        ending(f"Pat Number{place}", quiet.northside, DAY, mode="auto")
    assert pass_day(program=BODY, today=DAY, now=NOW) is more
