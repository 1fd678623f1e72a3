"""Whether a missed credit is there by now: one answer for its holder and for staff."""

import pytest

from accounts.models import Member
from ce_credits.services import record_accepted_activity
from core.failures import NotUsable
from portal.queries.missing import missing_page
from tests.cast import NOW, TESTER, TODAY, Cast
from tests.ce.society import certified
from tests.feeds.feeding import an_item, done_by, taken
from tests.feeds.missing import DONE, answers, asks, missed

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("today")]


@pytest.fixture
def bob(cast: Cast) -> Member:
    """Bob holds the body's credential, and it knows an hour of ethics."""
    certified(cast.bob)
    an_item()
    return cast.bob


def recorded(member: Member, title: str = "ETHICS  for all") -> None:
    """Staff record the hour by hand, under its title."""
    record_accepted_activity(
        actor=TESTER,
        member=member,
        program="namss",
        kind="sponsored_education",
        title=title,
        on=DONE,
        minutes=60,
        proof="Certificate of attendance",
        reason="Sent in.",
        today=TODAY,
        now=NOW,
    )


def test_what_came_after_all_is_said_to_count(bob: Member) -> None:
    asks(bob)
    answers("not_reported")
    program = missed().program
    (before,) = missing_page(bob, program, q="", found=[]).mine
    assert (before.tag.word, before.words) == (
        "Not reported by the sponsor",
        "They wrote.",
    )
    taken(done_by(bob))
    (after,) = missing_page(bob, program, q="", found=[]).mine
    assert (after.tag.word, after.words) == (
        "The credit is there",
        "It came after staff answered, and it counts.",
    )


def test_what_staff_recorded_under_its_title_is_there_for_everybody(
    bob: Member, cast: Cast
) -> None:
    certified(cast.charlie, number="CPCS-777")
    asks(bob)
    recorded(cast.charlie)
    recorded(bob, "Another hour")
    answers("not_reported")
    recorded(bob)
    (mine,) = missing_page(bob, missed().program, q="", found=[]).mine
    assert mine.tag.word == "The credit is there"


def test_staff_can_not_say_that_nobody_reported_what_counts(bob: Member) -> None:
    asks(bob)
    recorded(bob)
    with pytest.raises(NotUsable) as refusal:
        answers("not_reported")
    assert refusal.value.problems[0].field == "outcome"
    answers("found")
    assert missed().state == "found"
