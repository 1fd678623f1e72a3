"""An application ends: withdrawn by its member, or decided on by a manager."""

from datetime import date
from uuid import uuid4

import pytest

from accounts.models import StaffRole
from billing.models import Order, Payment
from billing.services import refund_order
from core.actor import Actor
from core.failures import NotEligible, NotUsable, Refusal, Stale
from core.models import AuditEntry, OutboxMessage
from renewals.models import Recertification
from renewals.queries import facts_of
from renewals.services import (
    Verdict,
    check_application_payable,
    decide_application,
    withdraw_application,
)
from tests.cast import NOW, TESTER
from tests.recertifying.living import (
    BODY,
    a_holder,
    applied,
    decided,
    drafted,
    fresh,
    noon,
    own,
    pays,
    sent,
    stands,
)

pytestmark = [pytest.mark.django_db, pytest.mark.db]
NOV_3, NOV_20 = date(2025, 11, 3), date(2025, 11, 20)


def withdrawn(row: Recertification, on: date = NOV_20) -> Recertification:
    """Let its member withdraw it."""
    return withdraw_application(
        actor=own(row.member),
        application=row,
        seen=row.version,
        today=on,
        now=noon(on),
    )


def in_review() -> Recertification:
    """An application that is paid."""
    row = applied(a_holder(), NOV_3)
    pays(row.order, NOV_3)
    return fresh(row)


def refund(order: Order | None) -> None:
    """Give the fee back."""
    assert order is not None
    refund_order(
        actor=TESTER,
        order=order,
        quantities={line.pk: 1 for line in order.lines.all()},
        method=Payment.Method.CHEQUE,
        reason="Withdrawn",
        key=uuid4().hex,
        today=NOV_20,
        now=NOW,
    )


def test_approved_it_closes_the_cycle_and_the_next_one_follows() -> None:
    row = in_review()
    decided(row, "approved", NOV_20)
    assert stands(row.member, date(2026, 2, 1)) == "good"
    assert stands(row.member, date(2028, 11, 1)) == "due"
    letter = OutboxMessage.objects.get(kind="application_approved")
    assert "Dec 1, 2025 is recertified" in letter.payload["items"][0]
    assert AuditEntry.objects.filter(action="application.approved").count() == 1


def test_refusing_needs_a_reason_and_the_applicant_reads_it() -> None:
    row = in_review()
    with pytest.raises(NotUsable, match="Write why"):
        decided(row, "refused", NOV_20)
    decided(row, "refused", NOV_20, "A proof is missing.")
    letter = OutboxMessage.objects.get(kind="application_refused")
    assert letter.payload["reason"] == "A proof is missing."
    assert drafted(row.member, NOV_20).state == "draft"


def test_nobody_decides_on_their_own_or_twice() -> None:
    row = in_review()
    user = row.member.user
    assert user is not None
    StaffRole.objects.create(user=user, program=BODY, role="manager")
    with pytest.raises(NotEligible, match="your own record"):
        decide_application(
            actor=Actor(user.name, user_id=user.pk),
            application=row,
            seen=row.version,
            verdict=Verdict("approved"),
            today=NOV_20,
            now=NOW,
        )
    decided(row, "approved", NOV_20)
    with pytest.raises(Stale, match=r"It is approved\. Nothing was decided"):
        decided(row, "refused", NOV_20, "No")


def test_withdrawn_before_it_is_paid_its_order_is_cancelled() -> None:
    row = applied(a_holder(), NOV_3)
    gone = withdrawn(row)
    assert (gone.state, fresh(gone).order.state) == ("withdrawn", "cancelled")  # type: ignore[union-attr]
    assert withdrawn(fresh(gone)).version == gone.version
    assert facts_of(row.member_id, BODY).applications == ()
    # And one begins anew.
    assert applied(row.member, NOV_20).state == "awaiting"


def test_withdrawn_from_review_its_money_goes_back_by_staff_alone() -> None:
    row = in_review()
    with pytest.raises(NotEligible, match=r"under review\. Nothing was given back"):
        refund(row.order)
    withdrawn(row)
    order = fresh(row).order
    assert order is not None
    assert order.state == "fulfilled"
    refund(order)
    assert stands(row.member, date(2026, 1, 1)) == "lapsed"


def test_decided_on_it_is_not_withdrawn_any_more() -> None:
    row = in_review()
    decided(row, "approved", NOV_20)
    with pytest.raises(Refusal, match="decided on already"):
        withdrawn(fresh(row))


def test_nobody_is_led_to_a_payment_that_comes_too_late() -> None:
    row = applied(a_holder(), NOV_3)
    order = fresh(row).order
    assert order is not None
    check_application_payable(order=order, today=date(2025, 12, 31))
    with pytest.raises(NotEligible, match=r"by Dec 31, 2025\. Nothing was charged"):
        check_application_payable(order=order, today=date(2026, 1, 1))


def test_once_its_order_is_cancelled_it_can_be_submitted_again() -> None:
    row = applied(a_holder(), NOV_3)
    Order.objects.filter(member=row.member).update(state="cancelled")
    again = sent(fresh(row), NOV_20)
    assert again.order_id != row.order_id
    assert (again.state, again.submitted_on) == ("awaiting", NOV_20)
