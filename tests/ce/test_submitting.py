"""A holder submits an activity: it counts at once, or says what stands in the way."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

import pytest

from accounts.models import Member
from ce_credits.models import Activity, ActivityStep, CreditAward
from ce_credits.services import submit
from core.failures import NotUsable, Refusal
from core.models import AuditEntry, OutboxMessage
from renewals.models import TermCertificate
from tests.cast import BODY, NOW, TODAY, Cast, a_member, certify, credit, given
from tests.ce.reporting import (
    DONE,
    a_draft,
    a_report,
    counts,
    decided,
    holder,
    submitted,
)

pytestmark = pytest.mark.db


def test_it_counts_from_the_day_it_is_submitted_a9(cast: Cast) -> None:
    before = counts(cast.bob)
    activity = submitted(cast.bob, 45)
    assert activity.state == Activity.State.SUBMITTED
    assert counts(cast.bob) == before + 1
    assert counts(cast.bob, TODAY - timedelta(days=1)) == before
    award = activity.awards.get()
    assert (award.rule, award.index_number) == ("A4", "CMS06140728A")
    assert (award.on, award.kind, award.counts_from) == (DONE, "webinar", TODAY)
    assert award.policy == "acmss@2017-01-01"


def test_a_step_keeps_what_was_submitted_and_what_the_rules_said_x1(
    cast: Cast,
) -> None:
    activity = submitted(cast.bob, 30, provider="CMS")
    step = activity.steps.get()
    assert (step.number, step.kind, step.on) == (1, "submitted", TODAY)
    assert step.user == cast.user("bob")
    assert step.facts["minutes"] == 30
    assert step.facts["answer"]["rule"] == "A5"
    assert step.facts["answer"]["credits"] == "0.5"


def test_over_120_minutes_waits_for_staff_and_counts_nothing_a6(cast: Cast) -> None:
    before = counts(cast.bob)
    activity = submitted(cast.bob, 121)
    assert activity.state == Activity.State.SUBMITTED
    assert not activity.awards.exists()
    assert counts(cast.bob) == before
    assert activity.steps.get().facts["answer"]["outcome"] == "staff"


def test_the_title_speaks_where_nothing_was_typed_a7(cast: Cast) -> None:
    activity = submitted(cast.bob, None, title="MLN: Fraud (1 hr 15 min)")
    assert activity.minutes == 75
    assert activity.awards.get().credits == Decimal("1.5")


def test_minutes_typed_win_over_the_title_a7(cast: Cast) -> None:
    assert submitted(cast.bob, 20, title="MLN: Fraud (75 min)").minutes == 20


def refused(member: Member, minutes: object = 45, **facts: object) -> Mapping[str, str]:
    """Try to submit; give each field's sentence, and look that nothing was done."""
    activity = a_draft(member)
    entries = AuditEntry.objects.count()
    with pytest.raises(NotUsable) as refusal:
        submit(
            actor=holder(member),
            activity=activity,
            seen=0,
            report=a_report(minutes, **facts),
            today=TODAY,
            now=NOW,
        )
    activity.refresh_from_db()
    assert (activity.state, activity.version) == (Activity.State.DRAFT, 0)
    assert AuditEntry.objects.count() == entries
    return {problem.field: problem.text for problem in refusal.value.problems}


@pytest.mark.parametrize(
    "minutes", [0, -1, "45.5", "NaN", "", "1e3", "4x", "٤٥", True, [], 45.0]
)
def test_minutes_that_are_no_whole_number_above_zero_are_refused_a6(
    cast: Cast, minutes: object
) -> None:
    assert set(refused(cast.bob, minutes)) == {"minutes"}


def test_each_missing_field_is_named(cast: Cast) -> None:
    found = refused(cast.bob, None, kind="", title=" ", on=None, licence_number="")
    assert set(found) == {"kind", "title", "on", "licence_number"}


def test_a_day_to_come_is_explained(cast: Cast) -> None:
    found = refused(cast.bob, on=TODAY + timedelta(days=1))
    assert found["on"].startswith("Nov 18, 2025 is still to come.")


def test_a_title_as_long_as_a_book_is_refused(cast: Cast) -> None:
    assert refused(cast.bob, title="x" * 301) == {
        "title": "Use at most 300 characters."
    }


def test_without_proof_it_stays_a_draft_a8(cast: Cast) -> None:
    activity = a_draft(cast.bob, proof=False)
    with pytest.raises(NotUsable) as refusal:
        submit(
            actor=holder(cast.bob),
            activity=activity,
            seen=0,
            report=a_report(),
            today=TODAY,
            now=NOW,
        )
    assert [problem.field for problem in refusal.value.problems] == ["proofs"]
    assert not ActivityStep.objects.filter(activity=activity).exists()


def test_a_second_click_submits_nothing_again(cast: Cast) -> None:
    activity = submitted(cast.bob)
    with pytest.raises(Refusal):
        submit(
            actor=holder(cast.bob),
            activity=activity,
            seen=1,
            report=a_report(),
            today=TODAY,
            now=NOW,
        )
    assert CreditAward.objects.filter(activity=activity).count() == 1


def test_an_old_page_submits_nothing(cast: Cast) -> None:
    activity = a_draft(cast.bob)
    old = Activity.objects.get(pk=activity.pk)
    submit(
        actor=holder(cast.bob),
        activity=activity,
        seen=0,
        report=a_report(),
        today=TODAY,
        now=NOW,
    )
    with pytest.raises(Refusal, match="submitted already"):
        submit(
            actor=holder(cast.bob),
            activity=old,
            seen=0,
            report=a_report(120),
            today=TODAY,
            now=NOW,
        )
    assert activity.awards.get().credits == 1


def test_a_returned_activity_counts_again_once_it_is_sent_again(cast: Cast) -> None:
    before = counts(cast.bob)
    activity = decided(submitted(cast.bob, 45), "returned")
    assert counts(cast.bob) == before
    submit(
        actor=holder(cast.bob),
        activity=activity,
        seen=activity.version,
        report=a_report(75, on=date(2025, 9, 9)),
        today=TODAY + timedelta(days=2),
        now=NOW,
    )
    assert counts(cast.bob, TODAY + timedelta(days=1)) == before
    assert counts(cast.bob, TODAY + timedelta(days=2)) == before + Decimal("1.5")
    # What was awarded first still stands on the day it was reported for.
    assert [award.on for award in activity.awards.order_by("sequence")] == [
        DONE,
        DONE,
        date(2025, 9, 9),
    ]


def test_the_third_credit_issues_the_held_certificate_a10(cast: Cast) -> None:
    member = a_member("Hal Half", cast.northside)
    certify(member)
    given(cast.membership, cast.northside, member, today=date(2024, 11, 3))
    credit(member, "2.0", on=date(2025, 3, 3))
    given(cast.renewals, cast.northside, member)
    held = TermCertificate.objects.get(window__member=member, window__sequence=2)
    assert held.state == "held"
    submitted(member, 45, on=date(2025, 10, 1))
    held.refresh_from_db()
    assert held.state == "issued"


def test_the_holder_is_told_once_with_the_credit_line(cast: Cast) -> None:
    submitted(cast.bob, 30)
    mail = OutboxMessage.objects.get(kind="ce_received")
    assert mail.recipient == cast.bob.email
    assert (mail.practice, mail.program) == (cast.northside, BODY)
    assert "30 min → 0.5 CME" in mail.payload["credit_line"]


def test_the_trail_has_one_entry_for_it(cast: Cast) -> None:
    activity = submitted(cast.bob)
    entry = AuditEntry.objects.get(action="ce.submitted")
    assert (entry.subject_id, entry.member, entry.program) == (
        activity.pk,
        cast.bob,
        BODY,
    )
    assert entry.practice == cast.northside
    assert entry.changes == {"state": ["draft", "submitted"]}
