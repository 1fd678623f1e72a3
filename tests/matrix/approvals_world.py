"""Sponsors' activities: Bob's and somebody else's, sent to one body and to another."""

from accounts.models import User
from ce_credits.models import ApprovalApplication, AttendanceList
from tests.approvals.approving import a_draft, approved, sent_in
from tests.cast import NOW, TODAY, Cast
from tests.matrix.things import Thing


def approval_things(cast: Cast) -> dict[str, Thing]:
    """Let Bob and Charlie apply; one of another body, too."""
    bob, charlie = cast.user("bob"), cast.user("charlie")
    drafts = a_draft(bob), a_draft(charlie)
    done = approved(bob), approved(charlie)
    waits = sent_in(charlie)
    elsewhere = sent_in(charlie, program="mms", kind="category_1")
    over = approved(charlie, program="mms", kind="category_1")
    # What is still being written is not the body's to see.
    unsent = a_draft(charlie)
    lists = _list(done[0]), _list(done[1])
    return {
        "activity in writing": Thing.rows(*drafts),
        "activity in writing over REST": Thing.rows(*drafts, "apr"),
        "approved activity": Thing.rows(*done),
        "approved activity over REST": Thing.rows(*done, "apr"),
        "list of attendance": Thing.rows(*lists),
        "activity to end over REST": Thing.rows(done[1], over, "apr", unsent),
        "activity to decide": Thing.rows(waits, elsewhere, "", unsent),
        "activity to decide over REST": Thing.rows(waits, elsewhere, "apr", unsent),
    }


def _list(application: ApprovalApplication) -> AttendanceList:
    user: User = application.user
    return AttendanceList.objects.create(
        application=application,
        name="who.csv",
        rows=[{"number": "CPCS-9", "code": "x", "completed_on": TODAY.isoformat()}],
        count=1,
        by="tests",
        user=user,
        at=NOW,
    )
