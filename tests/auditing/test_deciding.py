"""Answering and deciding: credit follows at once, and what was sent stays as it is."""

from datetime import timedelta

import pytest
from django.test import Client

from accounts.models import Member
from ce_credits.models import Activity, AuditCase, Proof
from ce_credits.services import (
    close_case,
    keep_answer,
    remind_audits,
    remove_audit_proof,
    send_answer,
    submit,
)
from core.actor import Actor
from core.failures import NotEligible, NotUsable, Refusal, Stale
from core.models import AuditEntry, OutboxMessage
from tests.auditing.auditing import DUE, a_case, added, answered, found, the_item
from tests.cast import BODY, NOW, TESTER, TODAY, Cast, given
from tests.ce.reporting import a_report, counts, decided, holder, submitted

pytestmark = pytest.mark.db
OVER = DUE + timedelta(days=1)


def closed(case: AuditCase, **values: object) -> AuditCase:
    """The case, closed on its newest version."""
    case.refresh_from_db()
    usual = {"actor": TESTER, "seen": case.version, "today": TODAY, "now": NOW}
    return close_case(case=case, **usual | values)  # type: ignore[arg-type]


def test_a_tracking_table_is_refused_with_that_reason_and_stops_counting(
    cast: Cast,
) -> None:
    activity = submitted(cast.bob)
    before = counts(cast.bob)
    case = answered(a_case(cast.bob, activity))
    found(the_item(case), "not_accepted")
    assert counts(cast.bob) == before - 1
    letter = OutboxMessage.objects.get(kind="ce_decided")
    assert "tracking table instead of a certificate" in str(letter.payload)


def test_what_an_audit_refused_is_not_sent_in_again_while_it_is_open(
    cast: Cast,
) -> None:
    activity = submitted(cast.bob)
    before = counts(cast.bob)
    case = answered(a_case(cast.bob, activity))
    found(the_item(case), "not_accepted")
    activity.refresh_from_db()
    with pytest.raises(Refusal, match="audit that is still open did not accept"):
        submitted(cast.bob, again=activity)
    with pytest.raises(Refusal) as told:
        submit(
            actor=Actor("Their practice"),
            activity=activity,
            seen=activity.version,
            report=a_report(),
            today=TODAY,
            now=NOW,
        )
    assert "udit" not in told.value.text
    assert counts(cast.bob) == before - 1
    closed(case)
    assert submitted(cast.bob, again=activity).state == Activity.State.SUBMITTED
    assert counts(cast.bob) == before


def test_staff_who_decide_anew_let_it_be_sent_in_again(cast: Cast) -> None:
    activity = submitted(cast.bob)
    found(the_item(answered(a_case(cast.bob, activity))), "not_accepted")
    activity.refresh_from_db()
    decided(activity, "returned", words="Send page 2 as well.")
    assert submitted(cast.bob, again=activity).state == Activity.State.SUBMITTED


def test_what_is_verified_is_approved_and_keeps_its_credit(cast: Cast) -> None:
    activity = submitted(cast.bob)
    before = counts(cast.bob)
    case = answered(a_case(cast.bob, activity))
    found(the_item(case), "verified")
    activity.refresh_from_db()
    assert activity.state == Activity.State.ACCEPTED
    assert counts(cast.bob) == before


def test_what_is_approved_already_stays_as_it_is(cast: Cast) -> None:
    activity = decided(submitted(cast.bob), "accepted")
    case = answered(a_case(cast.bob, activity))
    found(the_item(case), "verified")
    assert activity.steps.count() == 2


def test_closing_says_so_once_everything_is_decided(cast: Cast) -> None:
    case = answered(a_case(cast.bob))
    with pytest.raises(NotEligible, match="1 item is not decided"):
        closed(case, today=OVER, reason="x")
    found(the_item(case), "verified")
    row = closed(case)
    assert not row.is_open
    letter = OutboxMessage.objects.get(kind="audit_closed")
    assert "Verified" in str(letter.payload)
    with pytest.raises(Stale):
        closed(case)


def test_unanswered_items_are_not_accepted_by_staffs_act_after_the_day(
    cast: Cast,
) -> None:
    activity = submitted(cast.bob)
    before = counts(cast.bob)
    case = a_case(cast.bob, activity)
    with pytest.raises(NotEligible, match="may answer until Dec 17"):
        closed(case, today=DUE, reason="Nothing came")
    with pytest.raises(NotUsable, match="Write why"):
        closed(case, today=OVER)
    closed(case, today=OVER, reason="Nothing came")
    assert counts(cast.bob, OVER) == before - 1
    assert the_item(case).outcome == "not_accepted"


def test_nothing_is_refused_while_there_is_time_to_answer(cast: Cast) -> None:
    item = the_item(a_case(cast.bob))
    with pytest.raises(NotEligible, match="may answer until"):
        found(item, "not_accepted")


def test_two_decisions_on_one_item_are_one(cast: Cast) -> None:
    item = the_item(answered(a_case(cast.bob)))
    found(item, "verified")
    with pytest.raises(Stale):
        found(item, "not_accepted")


def test_nobody_decides_on_their_own_audit(cast: Cast) -> None:
    cast.bob.user = cast.mona
    mona = Actor("Mona", user_id=cast.mona.pk)
    Member.objects.filter(pk=cast.bob.pk).update(user=cast.mona)
    case = answered(a_case(cast.bob))
    with pytest.raises(NotEligible, match="your own record"):
        found(the_item(case), "verified", actor=mona)
    with pytest.raises(NotEligible, match="your own record"):
        closed(case, actor=mona)


def test_what_is_withdrawn_can_only_be_not_accepted(cast: Cast) -> None:
    activity = submitted(cast.bob)
    case = a_case(cast.bob, activity)
    Activity.objects.filter(pk=activity.pk).update(state="withdrawn")
    answered(case)
    with pytest.raises(NotEligible, match="withdrew"):
        found(the_item(case), "verified")
    with pytest.raises(NotUsable, match="Choose why"):
        found(the_item(case), "not_accepted", ground="nonsense")
    found(the_item(case), "not_accepted", ground="no_proof")


def test_proof_is_seen_by_staff_once_it_is_sent_and_locked_then(cast: Cast) -> None:
    item = the_item(a_case(cast.bob))
    proof = added(item)
    assert not Proof.objects.of_program(BODY).filter(pk=proof.pk).exists()
    answered(item.case)
    assert Proof.objects.of_program(BODY).filter(pk=proof.pk).exists()
    assert not Proof.objects.of(cast.northside).filter(pk=proof.pk).exists()
    with pytest.raises(Refusal, match="Your answer is sent"):
        remove_audit_proof(actor=holder(cast.bob), item=item, proof=proof, now=NOW)
    with pytest.raises(Refusal, match="Your answer is sent"):
        added(item)
    with pytest.raises(Refusal, match="Your answer is sent"):
        keep_answer(actor=holder(cast.bob), case=item.case, words={}, now=NOW)


def test_a_file_can_be_taken_back_before_it_is_sent(cast: Cast) -> None:
    item = the_item(a_case(cast.bob))
    proof = added(item)
    remove_audit_proof(actor=holder(cast.bob), item=item, proof=proof, now=NOW)
    with pytest.raises(NotUsable, match="Add a file or a line to item 1"):
        send_answer(
            actor=holder(cast.bob), case=item.case, words={}, today=TODAY, now=NOW
        )


def test_a_reminder_goes_out_once_a_week_before_to_who_has_not_answered(
    cast: Cast,
) -> None:
    a_case(cast.bob)
    days = [DUE - timedelta(days=8), DUE - timedelta(days=7), DUE]
    sent = [remind_audits(program=BODY, today=day, now=NOW) for day in days]
    assert sent == [0, 1, 0]


def test_who_answered_is_not_reminded(cast: Cast) -> None:
    answered(a_case(cast.bob))
    assert remind_audits(program=BODY, today=DUE, now=NOW) == 0


def test_the_trail_says_each_step(cast: Cast) -> None:
    case = answered(a_case(cast.bob))
    found(the_item(case), "verified")
    closed(case)
    said = AuditEntry.objects.filter(subject_id=case.pk).order_by("id")
    assert [each.action for each in said] == [
        "audit.opened",
        "audit.answered",
        "audit.verified",
        "audit.closed",
    ]


def test_nobody_outside_reads_that_somebody_is_audited(
    cast: Cast, client: Client
) -> None:
    given(cast.renewals, cast.northside, cast.bob)
    before = [
        client.get(f"/verify/{each.number}/").content.decode()
        for each in cast.bob.certificates.all()
    ]
    a_case(cast.bob)
    assert before
    for each, text in zip(cast.bob.certificates.all(), before, strict=True):
        shown = client.get(f"/verify/{each.number}/").content.decode()
        assert "audit" not in shown.lower()
        assert len(shown) == len(text)
