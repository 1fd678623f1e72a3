"""A sponsor reports who attended; the feed gives the credit, or staff look (N12)."""

from decimal import Decimal

import pytest

from accounts.models import User
from ce_credits.models import (
    Activity,
    ApprovalApplication,
    AttendanceList,
    FeedDelivery,
    FeedRow,
)
from ce_credits.rules import Completion
from ce_credits.services import check_attendance, send_attendance
from ce_credits.tasks import take_feed
from core.failures import NotUsable, Refusal, Stale
from core.models import AuditEntry
from tests.approvals.approving import CODE, approved, person, sent_in
from tests.cast import NOW, TODAY, Cast, a_member, a_user
from tests.ce.society import certified

pytestmark = pytest.mark.db


@pytest.fixture
def activity(cast: Cast) -> ApprovalApplication:
    """What Bob, who is certified, attended."""
    certified(cast.bob)
    return approved(a_user("Sam Sponsor"), days=["2025-10-02", "2025-10-03"])


def checked(activity: ApprovalApplication, *rows: dict[str, str]) -> AttendanceList:
    day = {"completed_on": "2025-10-02"}
    return check_attendance(
        actor=person(activity.user),
        user=activity.user,
        application=activity,
        name="list.csv",
        sent=[(at + 2, Completion(**(day | row))) for at, row in enumerate(rows)],
        today=TODAY,
        now=NOW,
    )


def reported(activity: ApprovalApplication, *rows: dict[str, str]) -> AttendanceList:
    listed = checked(activity, *rows)
    send_attendance(actor=person(activity.user), attendance=listed, now=NOW)
    take_feed()
    listed.refresh_from_db()
    return listed


def test_who_attended_has_credit_and_the_rest_waits_for_staff(
    cast: Cast, activity: ApprovalApplication
) -> None:
    listed = reported(
        activity, {"number": "CPCS-100"}, {"number": "CPCS-404", "minutes": "60"}
    )
    assert (listed.rows, listed.taken_at is None) == ([], False)
    bobs = Activity.objects.get(member=cast.bob, program="namss")
    assert bobs.catalogue_item == activity.item
    assert bobs.awards.get().credits == Decimal("3.00")
    row = FeedRow.objects.get(number="CPCS-404")
    assert (row.state, row.reason, row.code) == ("unmatched", "unknown_person", CODE)
    assert row.delivery.source == f"Midwest Staff Association ({CODE})"
    # What became of somebody's row is no entry of the sponsor's.
    mine = AuditEntry.objects.filter(user_id=activity.user_id)
    assert not mine.filter(member_id__isnull=False).exists()
    assert {each.action for each in mine} >= {"approval.attendance_sent"}


def test_somebody_named_again_has_credit_once(
    cast: Cast, activity: ApprovalApplication
) -> None:
    reported(activity, {"number": "CPCS-100"})
    again = reported(activity, {"number": "cpcs-100", "completed_on": "2025-10-03"})
    assert again.taken_at is not None
    assert Activity.objects.filter(member=cast.bob, program="namss").count() == 1
    assert FeedRow.objects.count() == FeedDelivery.objects.count() == 1


def test_a_list_with_rows_to_mend_is_not_sent(activity: ApprovalApplication) -> None:
    listed = checked(
        activity, {"number": "CPCS-100"}, {"number": "X", "completed_on": "2025-10-09"}
    )
    assert [(each["row"], each["column"]) for each in listed.problems] == [
        (3, "completed_on")
    ]
    with pytest.raises(NotUsable, match="Mend the rows"):
        send_attendance(actor=person(activity.user), attendance=listed, now=NOW)
    take_feed()
    assert not FeedRow.objects.exists()


def test_a_list_is_sent_once_of_an_approved_activity_alone(
    activity: ApprovalApplication,
) -> None:
    listed = reported(activity, {"number": "CPCS-100"})
    with pytest.raises(Stale):
        send_attendance(actor=person(activity.user), attendance=listed, now=NOW)
    with pytest.raises(Refusal, match="not approved"):
        checked(sent_in(activity.user), {"number": "CPCS-100"})
    with pytest.raises(NotUsable, match="names nobody"):
        checked(activity)


def test_a_sponsor_gives_themselves_no_credit(activity: ApprovalApplication) -> None:
    own = a_member("Sam Sponsor", None, user=activity.user)
    certified(own, number="CPCS-200")
    reported(activity, {"number": "CPCS-200"})
    row = FeedRow.objects.get()
    assert (row.state, row.member) == ("unmatched", own)
    assert not User.objects.filter(member__activities__program="namss").exists()
