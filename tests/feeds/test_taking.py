"""What a feed sends gives its credit once, whatever is sent again."""

from dataclasses import replace
from decimal import Decimal

import pytest

from accounts.models import Member
from ce_credits import tasks
from ce_credits.models import Activity, CreditAward, FeedRow
from ce_credits.rules import Completion
from ce_credits.services import receive_feed, take_row
from ce_credits.tasks import take_feed
from core.actor import Actor
from core.failures import NotUsable
from core.models import AuditEntry
from tests.cast import NOW, TODAY, Cast, a_member
from tests.ce.society import a_report, certified, submitted
from tests.ce.test_counted_once import applied
from tests.feeds.feeding import BODY, an_item, done_by, sent, stands, taken

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("today")]


@pytest.fixture
def bob(cast: Cast) -> Member:
    """Bob holds the body's credential, and it knows an hour of ethics."""
    certified(cast.bob)
    an_item()
    return cast.bob


def refused(completion: Completion) -> str:
    """Why one row waits for staff."""
    (row,) = taken(completion)
    assert (row.state, row.activity) == ("unmatched", None)
    assert row.words
    return row.reason


def test_a_completion_becomes_an_accepted_activity_with_its_credit(
    bob: Member,
) -> None:
    (row,) = taken(done_by(bob))
    assert row.state == "taken"
    activity = row.activity
    assert activity is not None
    assert (activity.member, activity.title, activity.minutes) == (
        bob,
        "Ethics for all",
        60,
    )
    assert (activity.state, str(activity.on)) == ("accepted", "2025-10-02")
    award = CreditAward.objects.get(activity=activity)
    assert (award.credits, award.approved) == (Decimal(1), True)
    assert "Reported by The academy" in activity.proof
    entry = AuditEntry.objects.get(action="ce.recorded", subject_id=activity.pk)
    assert entry.actor == "The academy, sent by Learning system"


def test_the_same_rows_sent_again_give_nothing_more(bob: Member) -> None:
    first = taken(done_by(bob), done_by(bob))
    again = taken(done_by(bob, minutes="90"), done_by(bob, code=" ETH-1 "))
    assert len({row.pk for row in [*first, *again]}) == 1
    assert Activity.objects.filter(program=BODY).count() == 1
    assert AuditEntry.objects.filter(action="feed.received").count() == 2


def test_one_person_named_in_two_ways_is_taken_once(bob: Member) -> None:
    named = Completion(
        email=bob.email.upper(), first_name="BOB ", last_name="baker", code="ETH-1",
        completed_on="10/02/2025", minutes="60",
    )  # fmt: skip
    first, second = taken(done_by(bob), named)
    assert {first.state, second.state} == {"taken", "set_aside"}
    assert Activity.objects.filter(program=BODY).count() == 1


def test_two_workers_at_one_row_take_it_once(bob: Member) -> None:
    (row,) = sent(done_by(bob)).rows
    for _ in range(2):
        take_row(row_id=row.pk, today_in=lambda _: TODAY, now=NOW)
    take_feed()
    assert Activity.objects.filter(program=BODY).count() == 1


def test_the_same_activity_by_feed_and_by_hand_counts_once_n12(bob: Member) -> None:
    report = a_report("sponsored_education", title="ETHICS for  all", minutes=60)
    by_hand = submitted(bob, report)
    (row,) = taken(done_by(bob))
    assert row.activity is not None
    assert row.activity != by_hand
    assert sum(applied(bob).values()) == Decimal(1)


def test_another_day_or_activity_is_another_completion(bob: Member) -> None:
    an_item("ETH-2", title="More ethics")
    rows = taken(
        done_by(bob),
        done_by(bob, completed_on="2025-10-03"),
        done_by(bob, code="ETH-2"),
    )
    assert {row.state for row in rows} == {"taken"}
    assert set(applied(bob).values()) == {Decimal(1)}
    assert Activity.objects.filter(program=BODY).count() == len(rows)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"number": "CPCS-0"}, "unknown_person"),
        ({"number": ""}, "nobody_named"),
        ({"number": "", "email": "nobody@mail.example"}, "unknown_person"),
        ({"last_name": "Other"}, "name_differs"),
        ({"code": "NONE"}, "unknown_activity"),
        ({"completed_on": "2099-01-01"}, "future_day"),
        ({"completed_on": "02.10.2025"}, "bad_day"),
        ({"completed_on": "2025-02-30"}, "bad_day"),
        ({"completed_on": "2024-12-31"}, "self_reported"),
        ({"minutes": "-1"}, "bad_minutes"),
        ({"minutes": "0"}, "bad_minutes"),
        ({"minutes": "an hour"}, "bad_minutes"),
        ({"minutes": "999999"}, "against_the_rules"),
    ],
)
def test_what_can_not_be_taken_waits_for_staff_with_its_reason(
    bob: Member, values: dict[str, str], reason: str
) -> None:
    assert refused(done_by(bob, **values)) == reason


def test_education_of_jan_1_2025_itself_is_taken(bob: Member) -> None:
    (row,) = taken(done_by(bob, completed_on="2025-01-01"))
    assert row.state == "taken"


def test_somebody_whose_credential_ended_gets_nothing_by_itself(bob: Member) -> None:
    stands(bob, "expired")
    assert refused(done_by(bob)) == "ended"
    assert FeedRow.objects.get().member == bob


def test_an_address_and_name_of_two_people_are_nobodys(bob: Member, cast: Cast) -> None:
    twin = a_member("Bob Baker", cast.northside, program=BODY)
    Member.objects.filter(pk=twin.pk).update(email=bob.email)
    named = Completion(
        email=bob.email,
        first_name="Bob",
        last_name="Baker",
        code="ETH-1",
        completed_on="2025-10-02",
        minutes="60",
    )
    assert refused(named) == "ambiguous"
    assert refused(replace(named, first_name="Rob")) == "name_differs"


def test_nobody_feeds_their_own_record(bob: Member) -> None:
    assert bob.user is not None
    (row,) = taken(done_by(bob), actor=Actor("Bob", user_id=bob.user.pk))
    assert (row.state, row.reason) == ("unmatched", "not-eligible")


def test_whoever_sends_it_says_who_they_are(bob: Member) -> None:
    with pytest.raises(NotUsable) as refusal:
        receive_feed(
            actor=Actor("x"), program=BODY, source=" ", sent=[done_by(bob)], now=NOW
        )
    assert refusal.value.problems[0].field == "sender"


def test_a_row_that_fails_holds_nobody_up(
    bob: Member, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = sent(done_by(bob), done_by(bob, completed_on="2025-10-03")).rows

    def failing(**facts: object) -> FeedRow | None:
        if facts["row_id"] == first.pk:
            raise RuntimeError("a fault of ours")
        return take_row(**facts)  # type: ignore[arg-type]

    monkeypatch.setattr(tasks, "take_row", failing)
    take_feed()
    assert FeedRow.objects.get(pk=first.pk).state == "waiting"
    assert FeedRow.objects.get(pk=second.pk).state == "taken"
    monkeypatch.undo()
    take_feed()
    assert FeedRow.objects.get(pk=first.pk).state == "taken"


def test_a_mistyped_name_bars_nobody_from_their_credit(bob: Member) -> None:
    (wrong,) = taken(done_by(bob, last_name="Bakker"))
    (right,) = taken(done_by(bob, last_name="Baker"))
    assert (wrong.state, right.state) == ("unmatched", "taken")
    assert Activity.objects.filter(program=BODY).count() == 1


def test_of_two_lengths_the_first_that_came_stands(bob: Member) -> None:
    taken(done_by(bob, minutes="60"), done_by(bob, minutes="600"))
    (activity,) = Activity.objects.filter(program=BODY)
    assert activity.minutes == 60
