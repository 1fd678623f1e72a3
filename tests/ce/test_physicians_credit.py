"""What is for physicians counts for them, whoever writes it down (M5, M13)."""

from decimal import Decimal

import pytest

from accounts.models import Member
from ce_credits.services import record_accepted_activity
from tests.cast import NOW, TESTER, TODAY, Cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("profession", "credits"), [("MD", Decimal(1)), ("Medical scribe", None)]
)
def test_category_1_that_staff_write_down_counts_for_a_physician(
    profession: str, credits: Decimal | None, cast: Cast
) -> None:
    Member.objects.filter(pk=cast.bob.pk).update(profession=profession)
    cast.bob.refresh_from_db()
    activity = record_accepted_activity(
        actor=TESTER,
        member=cast.bob,
        program="mms",
        kind="category_1",
        title="Grand rounds",
        on=TODAY,
        minutes=60,
        proof="Certificate seen",
        reason="Sent by mail",
        today=TODAY,
        now=NOW,
    )
    given = activity.awards.first()
    assert (given.credits if given and given.credits else None) == credits
    assert activity.inputs == {"profession": profession}
