"""The awards in the rows count as the pure rules say, whatever is decided."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ce_credits.queries import credits_by_member
from ce_credits.rules import ActivityInput, Submission, award, credits_of
from credentials.policy import policy_for
from tests.cast import BODY, Cast, a_member
from tests.ce.reporting import decided, submitted

pytestmark = pytest.mark.db
DONE = date(2025, 3, 3)
SUBMITTED = date(2025, 4, 4)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    minutes=st.integers(1, 400),
    decision=st.sampled_from(["submitted", "accepted", "rejected", "returned"]),
    wait=st.integers(0, 40),
    determined=st.integers(0, 40),
)
def test_rows_and_rules_agree_on_every_day(
    cast: Cast, minutes: int, decision: str, wait: int, determined: int
) -> None:
    member = a_member("Ida", cast.northside)
    activity = submitted(member, minutes, today=SUBMITTED, on=DONE)
    policy = policy_for(BODY, on=DONE)
    answer = award(policy, ActivityInput(kind="webinar", on=DONE, minutes=minutes))
    asked = answer.credits is None and decision == "accepted"
    given_credit = Decimal(determined) / 4 if asked else None
    if decision != "submitted":
        words = {"determined": given_credit, "words": "seen"} if asked else {}
        day = SUBMITTED + timedelta(days=wait)
        decided(activity, decision, today=day, **words)
    fate = Submission(
        submitted_on=SUBMITTED,
        decision=decision,  # type: ignore[arg-type]
        decided_on=SUBMITTED + timedelta(days=wait),
        determined=given_credit,
    )
    expected = credits_of(answer, fate, on=DONE, kind="webinar")
    found = credits_by_member([member.pk], BODY)[member.pk]
    for offset in range(-1, 45):
        day = SUBMITTED + timedelta(days=offset)
        ours = sum((c.credits for c in found if c.counts_as_of(day)), Decimal(0))
        theirs = sum((c.credits for c in expected if c.counts_as_of(day)), Decimal(0))
        assert ours == theirs, day
