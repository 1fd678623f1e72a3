"""What a sponsor's approval ended of is not offered again by its catalogue (M12)."""

import pytest

from ce_credits.models import ApprovalApplication
from ce_credits.services import apply_file, check_file, offer_item
from core.failures import Refusal
from core.models import AuditEntry
from credentials.policy import policy_for
from portal.queries.catalogue import file_page
from tests.approvals.approving import BODY, CODE, ERIN, approved
from tests.approvals.test_over import ends
from tests.cast import NOW, TESTER, TODAY, Cast

pytestmark = pytest.mark.db


@pytest.fixture
def activity(cast: Cast) -> ApprovalApplication:
    """What a body approved of Charlie's."""
    return approved(cast.user("charlie"))


def test_what_ended_is_not_offered_again_by_hand_or_by_a_file(
    activity: ApprovalApplication,
) -> None:
    ends(activity)
    assert activity.item is not None
    activity.item.refresh_from_db()
    with pytest.raises(Refusal, match="approval ended"):
        offer_item(actor=ERIN, item=activity.item, offered=True, now=NOW)
    content = f"code,title,kind,minutes\n{CODE},Again,approved_education,60\n"
    file = check_file(
        actor=TESTER,
        policy=policy_for(BODY, on=TODAY),
        name="again.csv",
        content=content.encode(),
        now=NOW,
    )
    assert [each["column"] for each in file.problems] == ["code"]


def test_a_file_that_was_checked_before_the_end_offers_nothing_again(
    activity: ApprovalApplication,
) -> None:
    rows = f"{CODE},Again,approved_education,60\nNEW-1,New,approved_education,60\n"
    file = check_file(
        actor=TESTER,
        policy=policy_for(BODY, on=TODAY),
        name="before.csv",
        content=f"code,title,kind,minutes\n{rows}".encode(),
        now=NOW,
    )
    assert file.problems == []
    ends(activity)
    page = file_page(file, number=1)
    assert [(part.word, part.count) for part in page.parts] == [
        ("New", 1),
        ("Left out, as the sponsor's approval ended", 1),
    ]
    assert apply_file(actor=TESTER, file=file, now=NOW) == 1
    assert activity.item is not None
    activity.item.refresh_from_db()
    assert (activity.item.title, activity.item.offered_now) == (activity.title, False)
    entry = AuditEntry.objects.get(action="catalogue.imported")
    assert "left out 1 whose approval ended" in entry.sentence
