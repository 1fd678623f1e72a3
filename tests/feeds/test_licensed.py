"""Attendance by a licence's number is its holder's, also once they enter it (M12)."""

from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import Member
from ce_credits.models import Activity, FeedRow
from ce_credits.services import look_again, rows_of_licensed, set_row_aside
from ce_credits.tasks import look_at_held_up, take_feed
from core.models import AuditEntry
from renewals.models import Licence
from renewals.services import LicenceDetails, change_licence, enter_licence
from tests.cast import NOW, TESTER, Cast
from tests.db.licence_rows import a_licence
from tests.db.walling import on_postgresql, within
from tests.feeds.licensed import (
    NUMBER,
    SOCIETY,
    attends,
    bob,
    come_by,
    enters,
    scope_of,
    state,
)
from tests.learning.sitting import own

__all__ = ["bob"]
pytestmark = pytest.mark.db


def test_a_licence_s_number_with_both_names_is_its_holder(bob: Member) -> None:
    a_licence(bob, NUMBER)
    row = attends(number="ma123")
    assert (row.state, row.member) == ("taken", bob)
    assert Activity.objects.get(program=SOCIETY).awards.get().credits == 1


@pytest.mark.parametrize("by", ["number", "number_spelled_otherwise", "address"])
def test_what_waited_for_a_licence_is_taken_once_when_it_is_entered(
    bob: Member, by: str
) -> None:
    assert bob.user is not None
    named = {
        "number": {},
        "number_spelled_otherwise": {"number": "ma123"},
        "address": {"number": "", "email": bob.user.email.upper()},
    }[by]
    row = attends(**named)
    assert (row.state, row.reason) == ("unmatched", "unknown_person")
    enters(bob)
    assert state() == ("taken", "")
    mine = Activity.objects.get(program=SOCIETY)
    assert mine.member == bob
    assert mine.awards.get().credits == 1
    come_by()
    take_feed()
    assert Activity.objects.filter(program=SOCIETY).count() == 1
    assert AuditEntry.objects.filter(action="feed.again").count() == 1


def test_a_number_that_is_corrected_is_looked_for_again(bob: Member) -> None:
    attends()
    licence = enters(bob, "MA 132")
    assert state() == ("unmatched", "unknown_person")
    details = LicenceDetails(NUMBER, licence.first_on, licence.last_on)
    with within(scope_of(bob)):
        change_licence(
            actor=own(bob), licence=licence, details=details, seen=1, now=NOW
        )
    come_by()
    assert state() == ("taken", "")


def test_entering_a_licence_or_another_number_wakes_the_worker(
    bob: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    rung: list[str] = []
    monkeypatch.setattr("ce_credits.services.feed_again.hasten", rung.append)
    details = LicenceDetails(NUMBER, date(2024, 6, 1), date(2026, 5, 31))
    asked: Any = {"actor": TESTER, "now": NOW}
    licence = enter_licence(member=bob, program=SOCIETY, details=details, **asked)
    assert rung == [take_feed.name, look_at_held_up.name]
    later = LicenceDetails(NUMBER, date(2024, 6, 1), date(2026, 6, 30))
    change_licence(licence=licence, details=later, seen=1, **asked)
    assert len(rung) == 2
    other = LicenceDetails("MA 4", date(2024, 6, 1), date(2026, 6, 30))
    change_licence(licence=licence, details=other, seen=2, **asked)
    assert len(rung) == 4


def test_somebody_else_who_enters_the_number_gets_nothing(
    bob: Member, cast: Cast
) -> None:
    attends()
    enters(cast.charlie)
    assert state() == ("unmatched", "name_differs")
    assert not Activity.objects.filter(program=SOCIETY).exists()
    assert rows_of_licensed(most=10) == []


def test_of_two_with_one_name_and_number_staff_choose(bob: Member, cast: Cast) -> None:
    Member.objects.filter(pk=cast.charlie.pk).update(
        first_name="Bob", last_name="Baker"
    )
    a_licence(bob, NUMBER)
    a_licence(cast.charlie, NUMBER)
    row = attends()
    assert (row.state, row.reason, row.member) == ("unmatched", "ambiguous", None)


@pytest.mark.parametrize("missing", ["first_name", "last_name"])
def test_a_licence_s_number_alone_is_no_proof(bob: Member, missing: str) -> None:
    attends(**{missing: ""})
    enters(bob)
    assert state() == ("unmatched", "nobody_named")
    assert "needs both names" in FeedRow.objects.get().words


def test_a_licence_that_was_taken_away_is_nobody_s(bob: Member) -> None:
    attends()
    a_licence(bob, NUMBER)
    Licence.objects.update(removed_at=NOW)
    come_by()
    assert state() == ("unmatched", "unknown_person")


def test_what_staff_set_aside_meanwhile_stays_so(bob: Member) -> None:
    row = attends()
    a_licence(bob, NUMBER)
    (waiting,) = rows_of_licensed(most=10)
    set_row_aside(actor=TESTER, row=row, reason="A test row.", now=NOW)
    assert not look_again(row_id=waiting, now=NOW)
    assert state() == ("set_aside", "by_staff")


def test_another_reason_to_wait_is_said_once_the_person_is_known(bob: Member) -> None:
    attends(code="NONE")
    enters(bob)
    assert state() == ("unmatched", "unknown_activity")
    entries = AuditEntry.objects.filter(action__startswith="feed.").count()
    come_by()
    assert AuditEntry.objects.filter(action__startswith="feed.").count() == entries


def test_the_task_looks_by_itself(bob: Member) -> None:
    attends()
    a_licence(bob, NUMBER)
    take_feed()
    assert state() == ("taken", "")


@on_postgresql
def test_a_holder_meets_no_row_of_the_feed_that_names_them(bob: Member) -> None:
    attends()
    with within(scope_of(bob)), transaction.atomic():
        assert not FeedRow.objects.exists()


def test_each_way_to_be_named_is_asked_alone(bob: Member) -> None:
    with CaptureQueriesContext(connection) as asked:
        rows_of_licensed(most=10)
    assert len(_statements(asked)) == 1
    attends()
    with CaptureQueriesContext(connection) as asked:
        rows_of_licensed(most=10)
    wheres = [sql.partition("WHERE")[2] for sql in _statements(asked)][1:]
    assert len(wheres) == 3
    assert not [each for each in wheres if " OR " in each or each.count("EXISTS") > 1]


def _statements(asked: CaptureQueriesContext) -> list[str]:
    said = [each["sql"] for each in asked.captured_queries]
    return [sql for sql in said if "ce_credits_feedrow" in sql]
