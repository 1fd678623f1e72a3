"""Whoever is named twice of a sponsor's activity at one moment has credit once."""

from functools import partial
from uuid import UUID

import pytest
from django.db import connection

from ce_credits.models import Activity, ApprovalApplication, FeedRow
from ce_credits.rules import Completion
from ce_credits.services import receive_feed, take_row
from core import clock
from credentials.policy import zone_of
from tests.approvals.approving import BODY, approved, sends
from tests.approvals.test_over import DAYS, approves, changes
from tests.cast import NOW, TESTER, Cast, a_user
from tests.ce.society import certified
from tests.race.hands import at_once

pytestmark = [
    pytest.mark.race,
    pytest.mark.db,
    pytest.mark.usefixtures("transactional_db"),
]
TIMES = 4


def two_codes(number: int) -> list[str]:
    """Approve an activity and its change; give their codes."""
    first = approved(a_user(f"Sam Sponsor {number}"), days=DAYS)
    second = approves(sends(changes(first), first.user))
    return [each.item.code for each in (first, second) if each.item]


def named_under(codes: list[str]) -> list[UUID]:
    """Have Bob named under each code, on a day of its own."""
    sent = [
        Completion(number="CPCS-100", code=code, completed_on=day)
        for code, day in zip(codes, DAYS, strict=True)
    ]
    received = receive_feed(
        actor=TESTER, program=BODY, source="Lists", sent=sent, now=NOW
    )
    return [row.pk for row in received.rows]


def takes(row: UUID) -> FeedRow | None:
    """Take a row as the worker does."""
    return take_row(
        row_id=row,
        today_in=lambda program: clock.today(zone_of(program)),
        now=NOW,
    )


def test_two_workers_at_the_former_and_the_later_code_give_credit_once(
    cast: Cast,
) -> None:
    certified(cast.bob)
    for number in range(TIMES):
        rows = named_under(two_codes(number))
        at_once([partial(takes, row) for row in rows])
        states = FeedRow.objects.filter(pk__in=rows).values_list("state", flat=True)
        assert sorted(states) == ["set_aside", "taken"]
    count = Activity.objects.filter(member=cast.bob, program=BODY).count()
    assert count == TIMES


def test_without_the_activity_s_lock_both_give_credit(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time")
    certified(cast.bob)
    rows = [named_under(two_codes(number)) for number in range(TIMES)]
    monkeypatch.setattr(
        ApprovalApplication.objects,
        "select_for_update",
        lambda **options: ApprovalApplication.objects.all(),
    )
    for pair in rows:
        at_once([partial(takes, row) for row in pair])
    assert Activity.objects.filter(member=cast.bob, program=BODY).count() > TIMES
