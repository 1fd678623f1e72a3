"""Of a sponsor's activity somebody has credit once, however they were named (N12)."""

from datetime import timedelta

import pytest

from ce_credits.models import Activity, ApprovalApplication, FeedRow
from ce_credits.rules import Completion
from ce_credits.services import settle_row
from core.failures import Stale
from tests.approvals.approving import BODY, approved, sends, typed
from tests.approvals.test_over import DAYS, SECOND, approves, changes, reported
from tests.cast import NOW, TESTER, TODAY, Cast, a_user
from tests.ce.society import certified

pytestmark = pytest.mark.db
NUMBER = "CPCS-100"


@pytest.fixture
def activity(cast: Cast) -> ApprovalApplication:
    """What Bob, who is certified, attended on its two days."""
    certified(cast.bob)
    return approved(a_user("Sam Sponsor"), days=DAYS)


def by_number(day: str) -> Completion:
    return Completion(number=NUMBER, completed_on=day)


def by_address(cast: Cast, day: str) -> Completion:
    bob = cast.bob
    assert bob.user is not None
    return Completion(
        email=bob.user.email,
        first_name=bob.first_name,
        last_name=bob.last_name,
        completed_on=day,
    )


def times(cast: Cast) -> int:
    return Activity.objects.filter(member=cast.bob, program=BODY).count()


def test_named_by_number_on_a_day_and_by_address_on_the_next(
    cast: Cast, activity: ApprovalApplication
) -> None:
    reported(activity, by_number(DAYS[0]))
    reported(activity, by_address(cast, DAYS[1]))
    assert times(cast) == 1
    row = FeedRow.objects.get(number="")
    assert (row.state, row.reason, row.member) == ("set_aside", "repeated", cast.bob)


def test_named_both_ways_in_one_list(cast: Cast, activity: ApprovalApplication) -> None:
    reported(activity, by_number(DAYS[0]), by_address(cast, DAYS[1]))
    assert times(cast) == 1


def test_named_under_the_new_code_and_then_under_the_former(
    cast: Cast, activity: ApprovalApplication
) -> None:
    done = approves(sends(changes(activity), activity.user))
    reported(done, by_number(DAYS[1]))
    reported(activity, by_number(DAYS[0]))
    assert times(cast) == 1


def test_named_otherwise_two_changes_later(
    cast: Cast, activity: ApprovalApplication
) -> None:
    reported(activity, by_number(DAYS[0]))
    done = activity
    for _ in range(2):
        done = approves(sends(changes(done), activity.user))
    reported(done, by_address(cast, DAYS[1]))
    assert times(cast) == 1


def test_held_again_it_counts_again_and_its_former_day_still_once(
    cast: Cast, activity: ApprovalApplication
) -> None:
    later = (SECOND + timedelta(days=21)).isoformat()
    change = changes(activity)
    change.typed = typed(days=[later])
    done = approves(sends(change, activity.user), on=SECOND)
    reported(done, by_number(later))
    reported(activity, by_number(DAYS[0]))
    assert times(cast) == 2
    reported(activity, by_address(cast, DAYS[1]))
    assert times(cast) == 2


def test_another_activity_on_the_same_day_counts_too(
    cast: Cast, activity: ApprovalApplication
) -> None:
    other = approved(activity.user, days=DAYS, title="Another hour")
    reported(activity, by_number(DAYS[0]))
    reported(other, by_number(DAYS[0]))
    assert times(cast) == 2


def test_staff_do_not_settle_a_row_of_what_has_its_credit(
    cast: Cast, activity: ApprovalApplication
) -> None:
    reported(activity, by_number(DAYS[0]))
    reported(activity, Completion(number="CPCS-404", completed_on=DAYS[1]))
    row = FeedRow.objects.get(number="CPCS-404")
    with pytest.raises(Stale, match="Set this one aside"):
        settle_row(
            actor=TESTER,
            row=row,
            member=cast.bob,
            item=activity.item,
            on=SECOND,
            minutes=None,
            reason="It is Bob.",
            today=TODAY,
            now=NOW,
        )
    assert times(cast) == 1
