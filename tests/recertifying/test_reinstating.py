"""Paying re-opens what lapsed; credit may follow until the grace ends (N8)."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from accounts.models import Member
from billing.models import Payment
from billing.services import refund_order
from ce_credits.services import record_accepted_activity
from core.models import OutboxMessage
from renewals.models import Recertification
from renewals.services import pass_day
from tests.cast import TESTER
from tests.recertifying.living import (
    BODY,
    a_holder,
    applied,
    certified,
    decided,
    fresh,
    noon,
    pays,
    sent,
    stands,
)

pytestmark = [pytest.mark.django_db, pytest.mark.db]
JAN_5, MAR_3, APR_1 = date(2026, 1, 5), date(2026, 3, 3), date(2026, 4, 1)
JUN_30, JUL_1 = date(2026, 6, 30), date(2026, 7, 1)


def reports(member: Member, credits: int, on: date, *, approved: bool) -> None:
    """Let staff record credit that was earned in the cycle, and a worker look."""
    record_accepted_activity(
        actor=TESTER,
        member=member,
        program=BODY,
        kind="sponsored_education" if approved else "non_accredited_education",
        title=f"What was missing, {credits}",
        on=date(2024, 6, 5),
        minutes=60 * credits,
        proof="seen",
        reason="It was missing.",
        today=on,
        now=noon(on),
    )
    pass_day(program=BODY, today=on, now=noon(on))


def short() -> Recertification:
    """A reinstatement that is paid while ten credits are missing."""
    row = applied(a_holder(credits=20), JAN_5, "reinstatement")
    pays(row.order, JAN_5)
    return fresh(row)


def given_back(row: Recertification, quantities: Mapping[UUID, int]) -> None:
    """Let staff give back some of what is paid."""
    assert row.order is not None
    refund_order(
        actor=TESTER,
        order=row.order,
        quantities=quantities,
        method=Payment.Method.CHEQUE,
        reason="They asked.",
        key=f"back:{row.order.pk}",
        today=MAR_3,
        now=noon(MAR_3),
    )


def test_it_is_paid_while_credit_is_missing_and_says_what_is_awaited() -> None:
    row = short()
    assert (row.state, row.paid_on) == ("awaiting", None)
    assert row.order is not None
    assert (row.order.state, row.order.total) == ("fulfilled", Decimal(525))
    letter = OutboxMessage.objects.get(kind="application_not_taken")
    assert letter.payload["items"] == [
        "20.0 of 30.0 credits are there.",
        "10.0 of 15.0 approved credits are there.",
        "Report what is missing by Jun 30, 2026: then it goes to review by itself.",
    ]


def test_with_the_last_credit_it_is_under_review_from_that_day() -> None:
    row = short()
    reports(row.member, 5, MAR_3, approved=False)
    assert fresh(row).state == "awaiting"
    reports(row.member, 5, APR_1, approved=True)
    taken = fresh(row)
    assert (taken.state, taken.submitted_on, taken.paid_on) == ("open", APR_1, JAN_5)
    assert (taken.facts["credits"], taken.facts["approved"]) == ("30.00", "15.00")
    assert stands(row.member, MAR_3) == "lapsed"
    assert stands(row.member, APR_1) == "under_review"
    decided(taken, "approved", APR_1)
    assert stands(row.member, APR_1) == "good"


@pytest.mark.parametrize(("on", "state"), [(JUN_30, "open"), (JUL_1, "awaiting")])
def test_credit_counts_until_the_last_day_of_the_grace(on: date, state: str) -> None:
    row = short()
    reports(row.member, 10, on, approved=True)
    assert fresh(row).state == state


def test_paid_after_the_credit_came_it_is_taken_on_the_day_of_payment() -> None:
    row = applied(a_holder(credits=20), JAN_5, "reinstatement")
    reports(row.member, 10, MAR_3, approved=True)
    assert fresh(row).state == "awaiting"
    pays(row.order, APR_1)
    taken = fresh(row)
    assert (taken.state, taken.submitted_on, taken.paid_on) == ("open", APR_1, APR_1)


def test_given_back_it_can_be_submitted_and_paid_again() -> None:
    row = short()
    assert row.order is not None
    given_back(row, {line.pk: 1 for line in row.order.lines.all()})
    reports(row.member, 10, MAR_3, approved=True)
    assert fresh(row).state == "awaiting"
    again = sent(fresh(row), APR_1)
    assert again.order is not None
    assert (again.order.total, again.order.due_on) == (Decimal(525), JUN_30)
    pays(again.order, APR_1)
    assert (fresh(row).state, fresh(row).paid_on) == ("open", APR_1)


def test_with_a_part_given_back_that_part_is_asked_again() -> None:
    row = short()
    assert row.order is not None
    line = row.order.lines.get(code="reinstatement")
    given_back(row, {line.pk: 1})
    reports(row.member, 10, MAR_3, approved=True)
    assert fresh(row).state == "awaiting"
    again = sent(fresh(row), APR_1)
    assert again.order is not None
    assert again.order.total == 150
    pays(again.order, APR_1)
    assert (fresh(row).state, fresh(row).paid_on) == ("open", APR_1)


def test_credit_of_a_later_cycle_reopens_no_earlier_one() -> None:
    row = short()
    certification = certified(row.member, date(2026, 9, 1))
    assert certification.earned_on == date(2026, 9, 1)
    reports(row.member, 10, date(2027, 3, 1), approved=True)
    assert fresh(row).state == "awaiting"


def test_paid_when_the_grace_is_over_nobody_is_told_to_report_more() -> None:
    row = applied(a_holder(credits=20), JUN_30, "reinstatement")
    pays(row.order, JUL_1)
    letter = OutboxMessage.objects.get(kind="application_not_taken")
    assert not [each for each in letter.payload["items"] if "Report" in each]
