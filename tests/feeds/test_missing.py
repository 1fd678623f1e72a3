"""A holder says a credit is missing: the feed answers, or staff do, once (N12)."""

from datetime import date

import pytest

from accounts.models import Member
from ce_credits.models import Activity, FeedRow, MissingCredit
from ce_credits.rules import Completion
from ce_credits.services import (
    settle_row,
)
from ce_credits.tasks import look_for_missing_credit
from core.actor import Actor
from core.failures import NotEligible, NotUsable, Stale
from core.models import AuditEntry, OutboxMessage
from tests.cast import NOW, TESTER, TODAY, Cast, a_member
from tests.ce.society import certified
from tests.feeds.feeding import an_item, done_by, taken
from tests.feeds.missing import DONE, answers, asks, missed

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("today")]

RECENT = date(2025, 11, 13)


@pytest.fixture
def bob(cast: Cast) -> Member:
    """Bob holds the body's credential, and it knows an hour of ethics."""
    certified(cast.bob)
    an_item()
    return cast.bob


def named(member: Member, **values: str) -> Completion:
    """The hour under a number that nobody has, with names and address."""
    given = {
        "number": "CPCS-0",
        "first_name": member.first_name,
        "last_name": member.last_name,
        "email": member.email,
    }
    return done_by(member, **(given | values))


def test_what_a_feed_brought_is_there_and_asks_nobody(bob: Member) -> None:
    (row,) = taken(done_by(bob))
    assert asks(bob).row == row
    assert not MissingCredit.objects.exists()


def test_what_waits_for_staff_in_their_name_is_said(bob: Member) -> None:
    (row,) = taken(done_by(bob, minutes="x"))
    said = asks(bob)
    assert (said.row, said.question) == (row, None)


def test_what_is_not_due_yet_is_expected_and_becomes_staff_s_when_it_is_not_there(
    bob: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = asks(bob, RECENT)
    look_for_missing_credit()
    assert (said.due.on, missed().state) == (date(2025, 11, 28), "expected")
    for day, state in ((28, "expected"), (29, "open")):
        monkeypatch.setattr(
            "ce_credits.tasks.today", lambda _, day=day: date(2025, 11, day)
        )
        look_for_missing_credit()
        assert missed().state == state
    assert AuditEntry.objects.filter(action="missing.with_staff").count() == 1


def test_what_is_overdue_is_staff_s_at_once_and_once(bob: Member) -> None:
    first, again = asks(bob), asks(bob)
    assert first.question == again.question
    assert (missed().state, missed().row) == ("open", None)
    assert AuditEntry.objects.filter(action="missing.asked").count() == 1


def test_a_row_with_another_number_is_linked_by_address_before_it_is_due(
    bob: Member,
) -> None:
    Member.objects.filter(pk=bob.pk).update(email="bob@mail.example")
    bob.refresh_from_db()
    (row,) = taken(named(bob, completed_on="2025-11-13"))
    asks(bob, RECENT)
    look_for_missing_credit()
    assert (missed().state, missed().row) == ("open", row)


def test_a_namesake_s_row_tells_nothing_before_it_is_due(bob: Member) -> None:
    taken(named(bob, email="", completed_on="2025-11-13"))
    said = asks(bob, RECENT)
    look_for_missing_credit()
    assert said.row is None
    assert (missed().state, missed().row) == ("expected", None)


def test_a_namesake_s_row_is_linked_for_staff_alone_when_it_is_overdue(
    bob: Member,
) -> None:
    (row,) = taken(named(bob, email=""))
    assert asks(bob).row is None
    look_for_missing_credit()
    assert missed().row == row


def test_a_row_that_comes_later_is_linked_too(bob: Member) -> None:
    asks(bob)
    look_for_missing_credit()
    (row,) = taken(named(bob, email=""))
    assert missed().row == row


def test_what_comes_later_by_itself_answers_and_mails_once(bob: Member) -> None:
    asks(bob)
    taken(done_by(bob), done_by(bob))
    assert (missed().state, missed().words) == ("found", "It came, and it counts.")
    mail = OutboxMessage.objects.get(kind="missing_credit")
    assert (mail.recipient, mail.payload["there"]) == (bob.written_to, True)


def test_settling_the_row_answers_whoever_missed_it(bob: Member) -> None:
    (row,) = taken(named(bob, email=""))
    asks(bob)
    look_for_missing_credit()
    assert row.item is not None
    settle_row(
        actor=TESTER,
        row=row,
        member=bob,
        item=row.item,
        on=DONE,
        minutes=60,
        reason="A mistyped number.",
        today=TODAY,
        now=NOW,
    )
    assert (missed().state, missed().words) == ("found", "A mistyped number.")
    assert Activity.objects.filter(member=bob, title="Ethics for all").count() == 1


def test_a_row_given_to_somebody_else_leaves_the_question_open(
    bob: Member, cast: Cast
) -> None:
    certified(cast.charlie, number="CPCS-777")
    (row,) = taken(named(bob, email=""))
    asks(bob)
    look_for_missing_credit()
    assert row.item is not None
    settle_row(
        actor=TESTER,
        row=row,
        member=cast.charlie,
        item=row.item,
        on=DONE,
        minutes=60,
        reason="It is Charlie's.",
        today=TODAY,
        now=NOW,
    )
    assert missed().state == "open"


def test_staff_answer_that_nobody_reported_it_once_with_a_reason(bob: Member) -> None:
    asks(bob)
    with pytest.raises(NotUsable) as refusal:
        answers("not_reported", " ")
    assert refusal.value.problems[0].field == "reason"
    question = missed()
    answers("not_reported")
    with pytest.raises(Stale):
        answers("not_reported", question=question)
    assert (missed().state, missed().words) == ("not_reported", "They wrote.")
    mail = OutboxMessage.objects.get(kind="missing_credit")
    assert mail.payload["reason"] == "They wrote."
    assert AuditEntry.objects.filter(action="missing.not_reported").count() == 1


def test_staff_say_it_is_there_only_where_it_is(bob: Member) -> None:
    asks(bob)
    with pytest.raises(NotUsable) as refusal:
        answers("found")
    assert refusal.value.problems[0].field == "outcome"
    with pytest.raises(NotUsable):
        answers("open")


def test_nobody_answers_their_own(bob: Member) -> None:
    asks(bob)
    with pytest.raises(NotEligible):
        answers("not_reported", actor=Actor("Bob", bob.user_id))


@pytest.mark.parametrize(
    ("on", "code", "field"),
    [
        (date(2099, 1, 1), "ETH-1", "on"),
        (DONE, "NONE", "item"),
        (date(2024, 12, 31), "ETH-1", "item"),
    ],
)
def test_what_can_not_be_missing_is_named(
    bob: Member, on: date, code: str, field: str
) -> None:
    with pytest.raises(NotUsable) as refusal:
        asks(bob, on, code)
    assert [each.field for each in refusal.value.problems] == [field]


def test_somebody_else_s_credit_is_not_mine(bob: Member, cast: Cast) -> None:
    certified(cast.charlie, number="CPCS-777")
    taken(done_by(cast.charlie, number="CPCS-777"))
    assert asks(bob).row is None
    assert missed().state == "open"


def test_a_twin_by_name_with_an_address_of_their_own_stays_unlinked_before_due(
    bob: Member, cast: Cast
) -> None:
    twin = a_member(bob.name, cast.northside)
    Member.objects.filter(pk=twin.pk).update(email="twin@mail.example")
    taken(named(bob, email="twin@mail.example", completed_on="2025-11-13"))
    asks(bob, RECENT)
    look_for_missing_credit()
    assert missed().row is None
    assert FeedRow.objects.get().state == "unmatched"


def test_who_holds_no_credential_of_the_body_misses_none(
    bob: Member, cast: Cast
) -> None:
    with pytest.raises(NotUsable) as refusal:
        asks(cast.charlie)
    assert refusal.value.problems[0].field == "item"
