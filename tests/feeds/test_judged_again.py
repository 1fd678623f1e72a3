"""What came before its activity or its person is judged again, and taken once (N12)."""

import pytest

from accounts.models import Member
from ce_credits.models import Activity, FeedRow
from ce_credits.services import (
    apply_file,
    check_file,
    offer_item,
    set_row_aside,
    settle_row,
)
from ce_credits.tasks import take_feed
from core.failures import Stale
from core.models import AuditEntry
from credentials.policy import policy_for
from credentials.services import record_certification
from tests.cast import NOW, TESTER, TODAY, Cast
from tests.ce.society import DONE, certified
from tests.feeds.feeding import BODY, an_item, done_by, taken

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("today")]
ROW = "ETH-1,Ethics for all,sponsored_education,60\n"


def imported(row: str = ROW) -> None:
    """Staff add the activity to the catalogue; the worker comes by."""
    file = check_file(
        actor=TESTER,
        policy=policy_for(BODY, on=TODAY),
        name="items.csv",
        content=f"code,title,kind,minutes\n{row}".encode(),
        now=NOW,
    )
    apply_file(actor=TESTER, file=file, now=NOW)
    take_feed()


def states() -> list[str]:
    """How the rows stand."""
    return sorted(FeedRow.objects.values_list("state", flat=True))


def test_a_row_that_came_before_its_activity_is_taken_when_that_is_added(
    cast: Cast,
) -> None:
    certified(cast.bob)
    taken(done_by(cast.bob), done_by(cast.bob, code="OTHER"))
    assert states() == ["unmatched", "unmatched"]
    imported()
    assert states() == ["taken", "unmatched"]
    assert AuditEntry.objects.filter(action="feed.again").count() == 1
    taken(done_by(cast.bob))
    imported()
    assert Activity.objects.filter(title="Ethics for all").count() == 1


def test_an_activity_that_changes_has_its_rows_judged_again(cast: Cast) -> None:
    certified(cast.bob)
    an_item(minutes=None)
    taken(done_by(cast.bob, minutes=""))
    assert states() == ["unmatched"]
    imported()
    assert states() == ["taken"]


def test_a_row_of_a_withdrawn_activity_waits_for_staff_until_it_is_offered_again(
    cast: Cast,
) -> None:
    certified(cast.bob)
    item = an_item()
    offer_item(actor=TESTER, item=item, offered=False, now=NOW)
    (row,) = taken(done_by(cast.bob))
    assert (row.state, row.reason) == ("unmatched", "withdrawn_activity")
    assert "it was withdrawn" in row.words
    assert row.member == cast.bob
    offer_item(actor=TESTER, item=item, offered=True, now=NOW)
    take_feed()
    assert states() == ["taken"]


def test_staff_may_settle_what_names_a_withdrawn_activity(cast: Cast) -> None:
    certified(cast.bob)
    item = an_item(offered_now=False)
    (row,) = taken(done_by(cast.bob))
    settle_row(
        actor=TESTER,
        row=row,
        member=cast.bob,
        item=item,
        on=DONE,
        minutes=60,
        reason="It was done while it was offered.",
        today=TODAY,
        now=NOW,
    )
    assert states() == ["settled"]


def test_what_staff_set_aside_or_settled_stays_so(cast: Cast) -> None:
    certified(cast.bob)
    (row,) = taken(done_by(cast.bob))
    set_row_aside(actor=TESTER, row=row, reason="A test row.", now=NOW)
    imported()
    assert states() == ["set_aside"]


def test_a_number_that_is_given_later_has_its_rows_judged_again(cast: Cast) -> None:
    an_item()
    taken(done_by(cast.bob, number="CPCS-100"), done_by(cast.bob, number="CPCS-9"))
    earned(cast.bob, "CPCS-100")
    assert states() == ["taken", "unmatched"]
    assert Activity.objects.get(title="Ethics for all").member == cast.bob


def test_an_address_of_somebody_new_to_the_body_has_its_rows_judged_again(
    cast: Cast,
) -> None:
    an_item()
    bob = cast.bob
    assert bob.user is not None
    taken(
        done_by(
            bob,
            number="",
            email=bob.written_to.upper(),
            first_name=bob.first_name,
            last_name=bob.last_name,
        )
    )
    assert states() == ["unmatched"]
    earned(bob, "CPCS-100")
    assert states() == ["taken"]


def test_whoever_settles_a_row_that_is_judged_again_is_told(cast: Cast) -> None:
    certified(cast.bob)
    (row,) = taken(done_by(cast.bob))
    imported()
    item = FeedRow.objects.get().item
    with pytest.raises(Stale):
        settle_row(
            actor=TESTER,
            row=row,
            member=cast.bob,
            item=item,
            on=DONE,
            minutes=60,
            reason="It is Bob's.",
            today=TODAY,
            now=NOW,
        )


def earned(member: Member, number: str) -> None:
    """Staff record a credential; the worker comes by."""
    record_certification(
        actor=TESTER,
        member=member,
        program=BODY,
        code="CPCS",
        earned_on=TODAY,
        number=number,
        proof="seen",
        today=TODAY,
        now=NOW,
    )
    take_feed()
