"""What was approved is taken back by its body, or changed by what follows it (M12)."""

from datetime import date, timedelta

import pytest

from ce_credits.models import (
    Activity,
    ApprovalApplication,
    AttendanceList,
    FeedRow,
)
from ce_credits.rules import Completion, kept_typed
from ce_credits.services import (
    approve_activity,
    ask_sponsor,
    change_approved,
    check_attendance,
    end_approval,
    refuse_activity,
    save_application,
    send_attendance,
)
from ce_credits.tasks import take_feed
from core.failures import NotEligible, NotUsable, Refusal, Stale
from core.models import AuditEntry, OutboxMessage
from tests.approvals.approving import (
    BODY,
    CODE,
    ERIN,
    approved,
    person,
    sends,
    sent_in,
    typed,
)
from tests.cast import NOW, TODAY, Cast, a_member, a_user
from tests.ce.society import certified

pytestmark = pytest.mark.db
State = ApprovalApplication.State
NEXT = "NAMSS-AE-0002"
WHY = "The speakers were others than you told us."
# The programme is held on two days; its approval ends on the first.
FIRST, SECOND = date(2025, 10, 2), date(2025, 10, 3)
DAYS = [FIRST.isoformat(), SECOND.isoformat()]


@pytest.fixture
def activity(cast: Cast) -> ApprovalApplication:
    """What Bob, who is certified, attended."""
    certified(cast.bob)
    return approved(a_user("Sam Sponsor"), days=DAYS)


def ends(
    application: ApprovalApplication, *, words: str = WHY, on: date = FIRST
) -> ApprovalApplication:
    return end_approval(
        actor=ERIN,
        application=application,
        words=words,
        seen=application.version,
        today=on,
        now=NOW,
    )


def changes(application: ApprovalApplication) -> ApprovalApplication:
    return change_approved(
        actor=person(application.user),
        user=application.user,
        application=application,
        seen=application.version,
        now=NOW,
    )


def approves(change: ApprovalApplication, on: date = FIRST) -> ApprovalApplication:
    return approve_activity(
        actor=ERIN, application=change, seen=change.version, today=on, now=NOW
    )


def checked(
    activity: ApprovalApplication, *sent: Completion, today: date = TODAY
) -> AttendanceList:
    return check_attendance(
        actor=person(activity.user),
        user=activity.user,
        application=activity,
        name="who.csv",
        sent=list(enumerate(sent, start=2)),
        today=today,
        now=NOW,
    )


def reported(activity: ApprovalApplication, *sent: Completion) -> None:
    listed = checked(activity, *sent)
    assert listed.problems == []
    send_attendance(actor=person(activity.user), attendance=listed, now=NOW)
    take_feed()


def test_what_is_taken_back_leaves_the_catalogue_and_its_sponsor_is_told(
    activity: ApprovalApplication,
) -> None:
    ends(activity)
    activity.refresh_from_db()
    assert (activity.state, activity.ended_on) == (State.ENDED, FIRST)
    assert activity.item is not None
    activity.item.refresh_from_db()
    assert (activity.item.code, activity.item.offered_now) == (CODE, False)
    letter = OutboxMessage.objects.get(kind="approval_ended")
    assert letter.recipient == activity.email
    assert (letter.payload["words"], letter.payload["until_text"]) == (
        WHY,
        "Oct 2, 2025",
    )
    entry = AuditEntry.objects.get(action="approval.ended")
    assert (entry.program, entry.reason) == (BODY, WHY)
    with pytest.raises(Refusal, match="does not stand"):
        ends(activity)


def test_nobody_takes_back_their_own_nor_without_a_reason(
    activity: ApprovalApplication,
) -> None:
    with pytest.raises(NotUsable, match="Write why") as refused:
        ends(activity, words=" ")
    assert [each.field for each in refused.value.problems] == ["words"]
    with pytest.raises(NotUsable, match="at most 1000"):
        ends(activity, words="x" * 1001)
    with pytest.raises(NotEligible, match="your own activity"):
        end_approval(
            actor=person(activity.user),
            application=activity,
            words=WHY,
            seen=activity.version,
            today=FIRST,
            now=NOW,
        )
    with pytest.raises(Stale):
        end_approval(
            actor=ERIN, application=activity, words=WHY, seen=1, today=FIRST, now=NOW
        )
    with pytest.raises(Refusal):
        ends(sent_in(activity.user))


def test_days_until_its_end_have_credit_and_later_ones_are_refused_with_the_reason(
    cast: Cast, activity: ApprovalApplication
) -> None:
    reported(activity, Completion(number="CPCS-100", completed_on=DAYS[0]))
    waits = checked(activity, Completion(number="CPCS-7", completed_on=DAYS[1]))
    ends(activity)
    bobs = Activity.objects.get(member=cast.bob, program=BODY)
    assert bobs.awards.get().credits
    # Somebody of the first day is reported after the end.
    certified(cast.charlie, number="CPCS-300")
    reported(activity, Completion(number="CPCS-300", completed_on=DAYS[0]))
    assert Activity.objects.filter(member=cast.charlie, program=BODY).exists()

    late = checked(activity, Completion(number="CPCS-8", completed_on=DAYS[1]))
    (problem,) = late.problems
    assert problem["column"] == "completed_on"
    assert problem["text"] == (
        f"Its approval ended on Oct 2, 2025. Later days have no credit: {WHY}"
    )
    # What was checked before and sent after waits for staff, with the reason.
    certified(a_member("Dee Doe", None), number="CPCS-7")
    send_attendance(actor=person(activity.user), attendance=waits, now=NOW)
    take_feed()
    row = FeedRow.objects.get(number="CPCS-7")
    assert (row.state, row.reason) == ("unmatched", "approval_ended")
    assert WHY in row.words


def test_a_change_is_decided_on_and_then_takes_the_former_s_place(
    activity: ApprovalApplication,
) -> None:
    change = changes(activity)
    assert (change.state, change.typed) == (State.DRAFT, activity.typed)
    assert changes(activity) == change
    change.typed = typed(days=[*DAYS, "2025-10-09"])
    sends(change, activity.user)
    activity.refresh_from_db()
    assert activity.state == State.APPROVED
    done = approves(change)
    activity.refresh_from_db()
    assert (activity.state, activity.ended_on) == (State.REPLACED, FIRST)
    assert activity.ended_why == f"{NEXT} takes its place."
    assert done.item is not None
    assert activity.item is not None
    assert (done.item.code, done.item.offered_now) == (NEXT, True)
    assert (activity.item.code, activity.item.offered_now) == (CODE, False)
    last = activity.steps.last()
    assert last is not None
    assert (last.kind, last.facts["code"]) == ("replaced", NEXT)
    letter = OutboxMessage.objects.get(
        kind="approval_approved", subject_id=done.steps.get(kind="approved").pk
    )
    assert letter.payload["former"] == CODE
    with pytest.raises(Refusal, match="does not stand"):
        changes(activity)


def test_a_change_begins_with_what_was_approved_not_with_what_was_never_sent(
    activity: ApprovalApplication,
) -> None:
    asked = sent_in(activity.user)
    ask_sponsor(
        actor=ERIN,
        application=asked,
        words="Who speaks?",
        seen=asked.version,
        today=TODAY,
        now=NOW,
    )
    save_application(
        application=asked, typed=typed(title="Unsent"), seen_saves=asked.saves, now=NOW
    )
    done = approves(asked)
    assert changes(done).typed == kept_typed(typed())


def test_a_change_that_is_refused_leaves_what_was_approved(
    activity: ApprovalApplication,
) -> None:
    change = sends(changes(activity), activity.user)
    refuse_activity(
        actor=ERIN,
        application=change,
        ground="promotional",
        seen=change.version,
        today=FIRST,
        now=NOW,
    )
    activity.refresh_from_db()
    assert activity.state == State.APPROVED
    assert changes(activity) != change


def test_a_change_of_what_was_taken_back_meanwhile_stands_for_itself(
    activity: ApprovalApplication,
) -> None:
    change = sends(changes(activity), activity.user)
    ends(activity)
    approves(change, on=SECOND)
    activity.refresh_from_db()
    assert (activity.state, activity.ended_why) == (State.ENDED, WHY)


def test_who_was_named_before_the_change_has_credit_once(
    cast: Cast, activity: ApprovalApplication
) -> None:
    reported(activity, Completion(number="CPCS-100", completed_on=DAYS[0]))
    done = approves(sends(changes(activity), activity.user))
    reported(done, Completion(number="CPCS-100", completed_on=DAYS[1]))
    assert Activity.objects.filter(member=cast.bob, program=BODY).count() == 1


def test_held_again_a_year_later_it_has_credit_again(
    cast: Cast, activity: ApprovalApplication
) -> None:
    reported(activity, Completion(number="CPCS-100", completed_on=DAYS[0]))
    change = changes(activity)
    later = (SECOND + timedelta(days=21)).isoformat()
    change.typed = typed(days=[later])
    done = approves(sends(change, activity.user), on=SECOND)
    reported(done, Completion(number="CPCS-100", completed_on=later))
    assert Activity.objects.filter(member=cast.bob, program=BODY).count() == 2
