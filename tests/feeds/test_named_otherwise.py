"""What somebody else's number or name held up is looked at again by itself (N12)."""

from datetime import date, datetime
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Member
from ce_credits.models import Activity, FeedRow
from ce_credits.services import look_again, rows_named_otherwise, set_row_aside
from ce_credits.tasks import look_at_held_up, take_feed
from core.models import AuditEntry
from credentials.policy import programs
from renewals.models import Licence
from renewals.services import LicenceDetails, change_licence, remove_licence
from tests.cast import NOW, TESTER, TODAY, Cast
from tests.ce.society import certified
from tests.db.licence_rows import a_licence
from tests.db.walling import within
from tests.feeds.feeding import an_item, done_by, taken
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
DIFFERS = ("unmatched", "name_differs")


@pytest.fixture
def wrong(bob: Member, cast: Cast) -> Licence:
    """Charlie's, with the number that is Bob's; what Bob attended waits for staff."""
    licence = enters(cast.charlie)
    attends()
    assert state() == DIFFERS
    return licence


def renamed(member: Member, first: str, last: str = "Baker") -> None:
    """Put somebody's name otherwise; the worker comes by."""
    Member.objects.filter(pk=member.pk).update(first_name=first, last_name=last)
    come_by()


def looked_at() -> int:
    """How often rows were looked at again."""
    return AuditEntry.objects.filter(action="feed.again").count()


@pytest.mark.usefixtures("wrong")
def test_the_right_holder_who_enters_it_too_is_credited_once(bob: Member) -> None:
    enters(bob)
    assert state() == ("taken", "")
    assert Activity.objects.get(program=SOCIETY).member == bob
    come_by()
    assert looked_at() == 1


def test_a_wrong_number_that_is_corrected_says_so_and_waits_for_its_holder(
    wrong: Licence, bob: Member, cast: Cast
) -> None:
    other = LicenceDetails("MA 132", wrong.first_on, wrong.last_on)
    with within(scope_of(cast.charlie)):
        change_licence(
            actor=own(cast.charlie), licence=wrong, details=other, seen=1, now=NOW
        )
    come_by()
    assert state() == ("unmatched", "unknown_person")
    enters(bob)
    assert state() == ("taken", "")


def test_a_wrong_licence_that_is_taken_away_wakes_the_worker(
    wrong: Licence, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    rung: list[str] = []
    monkeypatch.setattr("ce_credits.services.feed_again.hasten", rung.append)
    with within(scope_of(cast.charlie)):
        for _ in range(2):
            remove_licence(
                actor=own(cast.charlie), licence=wrong, seen=1, today=TODAY, now=NOW
            )
    assert rung == [take_feed.name, look_at_held_up.name]
    come_by()
    assert state() == ("unmatched", "unknown_person")


def test_one_that_is_retired_is_still_its_holder_s(wrong: Licence, bob: Member) -> None:
    Licence.objects.filter(pk=wrong.pk).update(retired_on=TODAY)
    come_by()
    assert state() == DIFFERS
    enters(bob)
    assert state() == ("taken", "")


@pytest.mark.parametrize(("first", "last"), [("Rob", "Baker"), ("Bob", "Barker")])
@pytest.mark.parametrize("by", ["licence", "address"])
def test_a_name_that_is_put_right_is_its_holder_s(
    by: str, first: str, last: str, bob: Member
) -> None:
    a_licence(bob, NUMBER)
    renamed(bob, first, last)
    assert bob.user is not None
    attends(**({} if by == "licence" else {"number": "", "email": bob.user.email}))
    assert state() == DIFFERS
    come_by()
    assert (state(), looked_at()) == (DIFFERS, 0)
    renamed(bob, "BOB", "baker")
    assert state() == ("taken", "")


def test_of_two_with_one_name_and_number_staff_choose_whoever_is_left(
    bob: Member, cast: Cast
) -> None:
    """Who takes a licence away to enter it anew loses nothing meanwhile."""
    renamed(cast.charlie, "Bob")
    other = a_licence(cast.charlie, NUMBER)
    a_licence(bob, NUMBER)
    attends()
    come_by()
    assert state() == ("unmatched", "ambiguous")
    Licence.objects.filter(pk=other.pk).update(removed_at=NOW)
    come_by()
    assert state() == ("unmatched", "ambiguous")


@pytest.mark.usefixtures("wrong")
def test_whoever_rows_are_looked_at_for_the_worker_is_called_once(
    bob: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many there are; and nothing new waits for them meanwhile."""
    for day in range(3, 8):
        attends(completed_on=date(2025, 10, day).isoformat())
    a_licence(bob, NUMBER)
    rung: list[str] = []
    monkeypatch.setattr("ce_credits.services.feed_again.hasten", rung.append)
    monkeypatch.setattr("ce_credits.tasks.hasten", rung.append)
    take_feed()
    assert set(FeedRow.objects.values_list("state", flat=True)) == {"unmatched"}
    look_at_held_up()
    assert set(FeedRow.objects.values_list("state", flat=True)) == {"waiting"}
    assert rung == [take_feed.name]


@pytest.mark.usefixtures("wrong")
def test_one_that_fails_holds_up_none_after_it(
    bob: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    attends(completed_on="2025-10-03")
    a_licence(bob, NUMBER)
    (first, _) = FeedRow.objects.order_by("received_at", "pk")

    def failing(*, row_id: UUID, now: datetime) -> bool:
        if row_id == first.pk:
            raise ValueError("Broken.")
        return look_again(row_id=row_id, now=now)

    monkeypatch.setattr("ce_credits.tasks.look_again", failing)
    come_by()
    states = FeedRow.objects.order_by("received_at", "pk").values_list("state")
    assert [each for (each,) in states] == ["unmatched", "taken"]


def test_a_credential_s_number_with_another_last_name_too(cast: Cast) -> None:
    certified(cast.bob)
    an_item()
    taken(done_by(cast.bob, last_name="Barker"))
    assert state() == DIFFERS
    renamed(cast.bob, "Bob", "Barker")
    assert state() == ("taken", "")


@pytest.mark.usefixtures("wrong")
def test_what_staff_set_aside_meanwhile_stays_so(bob: Member) -> None:
    a_licence(bob, NUMBER)
    (waiting,) = rows_named_otherwise(most=10)
    set_row_aside(actor=TESTER, row=FeedRow.objects.get(), reason="A test.", now=NOW)
    assert not look_again(row_id=waiting, now=NOW)
    assert state() == ("set_aside", "by_staff")


@pytest.mark.usefixtures("wrong")
def test_what_nothing_changed_for_is_not_looked_at_again() -> None:
    for _ in range(2):
        come_by()
    assert (state(), looked_at()) == (DIFFERS, 0)
    assert rows_named_otherwise(most=10) == []


@pytest.mark.usefixtures("wrong")
def test_many_rows_that_wait_take_as_many_statements_as_one(bob: Member) -> None:
    def sent() -> int:
        with CaptureQueriesContext(connection) as asked:
            rows_named_otherwise(most=2)
        return len(asked)

    one = sent()
    for day in range(3, 8):
        attends(completed_on=date(2025, 10, day).isoformat())
    assert sent() == one
    # The oldest first, and no more than are asked for.
    a_licence(bob, NUMBER)
    oldest = FeedRow.objects.order_by("received_at", "pk").values_list("pk", flat=True)
    assert rows_named_otherwise(most=2) == list(oldest[:2])
    assert len(rows_named_otherwise(most=10)) == 6


def test_where_no_row_waits_one_statement_says_so(db: None) -> None:
    assert programs()
    with CaptureQueriesContext(connection) as asked:
        assert rows_named_otherwise(most=10) == []
    assert len(asked) == 1
