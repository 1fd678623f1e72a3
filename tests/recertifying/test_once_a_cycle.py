"""A cycle is recertified once: what else was begun for it ends with that (N8)."""

from datetime import date

import pytest

from billing.models import Order
from billing.queries import credit_of, money_faults
from core.failures import NotEligible, Stale
from core.models import OutboxMessage
from renewals.models import Recertification
from tests.recertifying.living import (
    BODY,
    a_holder,
    applied,
    decided,
    drafted,
    fresh,
    pays,
    stands,
)

pytestmark = [pytest.mark.django_db, pytest.mark.db]
NOV_20, NOV_21 = date(2025, 11, 20), date(2025, 11, 21)
DEC_10, DEC_12 = date(2025, 12, 10), date(2025, 12, 12)
DEC_20, DEC_28 = date(2025, 12, 20), date(2025, 12, 28)
JAN_5, JAN_20, JAN_25 = date(2026, 1, 5), date(2026, 1, 20), date(2026, 1, 25)


def reinstated(unpaid: Recertification) -> Recertification:
    """Let whoever did not pay in time be reinstated instead."""
    again = applied(unpaid.member, JAN_5, "reinstatement")
    pays(again.order, JAN_5)
    return decided(fresh(again), "approved", JAN_20)


def items() -> list[str]:
    """What the last letter about an approval says follows."""
    told = OutboxMessage.objects.filter(kind="application_approved")
    letter = told.order_by("-created_at", "-pk").first()
    assert letter is not None
    found: list[str] = letter.payload["items"]
    return found


def test_an_unpaid_application_ends_and_its_order_is_cancelled() -> None:
    unpaid = applied(a_holder(), DEC_20)
    reinstated(unpaid)
    row = fresh(unpaid)
    assert (row.state, row.decided_on) == ("withdrawn", JAN_20)
    assert row.reason == "Another application has recertified the cycle."
    assert row.order is not None
    assert row.order.state == "cancelled"
    assert stands(row.member, JAN_25) == "good"
    assert "for recertification in the same cycle has ended" in items()[-1]
    with pytest.raises(NotEligible, match="cancelled"):
        pays(row.order, JAN_25, dated=DEC_28)
    assert money_faults() == []


def test_what_was_paid_of_the_unpaid_one_is_the_payer_s_credit() -> None:
    unpaid = applied(a_holder(), DEC_20)
    pays(unpaid.order, DEC_20, amount="100.00")
    reinstated(unpaid)
    assert credit_of(unpaid.member, BODY, "USD") == 100
    assert money_faults() == []


def test_what_was_paid_whole_but_late_goes_back_when_staff_give_it() -> None:
    unpaid = applied(a_holder(), NOV_20)
    pays(unpaid.order, DEC_20)
    assert fresh(unpaid).order_id != unpaid.order_id
    reinstated(unpaid)
    assert "The $375.00 you paid for that goes back when NAMSS" in items()[-1]
    assert unpaid.order is not None
    paid = Order.objects.get(pk=unpaid.order.pk)
    assert paid.state == "fulfilled"
    assert money_faults() == []


def test_a_request_for_more_time_ends_with_the_cycle() -> None:
    nora = a_holder()
    asked = applied(nora, NOV_20, "extension")
    sent = applied(nora, NOV_21)
    pays(sent.order, NOV_21)
    decided(fresh(sent), "approved", DEC_10)
    assert fresh(asked).state == "withdrawn"
    assert stands(nora, DEC_10) == "good"
    with pytest.raises(Stale, match="It is withdrawn"):
        decided(fresh(asked), "approved", DEC_12)


def test_a_draft_of_the_cycle_does_not_stand_in_the_next_one_s_way() -> None:
    nora = a_holder()
    draft = drafted(nora, NOV_20, "extension")
    sent = applied(nora, NOV_21)
    pays(sent.order, NOV_21)
    decided(fresh(sent), "approved", DEC_10)
    assert fresh(draft).state == "withdrawn"
    assert not Recertification.objects.living().exists()


def test_granting_more_time_or_refusing_ends_nothing_else() -> None:
    nora = a_holder()
    asked = applied(nora, NOV_20, "extension")
    sent = applied(nora, NOV_21)
    decided(fresh(asked), "approved", NOV_21)
    assert fresh(sent).state == "awaiting"
    pays(sent.order, NOV_21)
    decided(fresh(sent), "refused", DEC_10, "Not enough.")
    assert fresh(asked).state == "approved"


def test_while_money_is_under_way_nothing_is_approved() -> None:
    unpaid = applied(a_holder(), DEC_20)
    pays(unpaid.order, DEC_20, amount="1200.00")
    again = applied(unpaid.member, JAN_5, "reinstatement")
    pays(again.order, JAN_5)
    with pytest.raises(NotEligible, match=r"second person.*Nothing was decided"):
        decided(fresh(again), "approved", JAN_20)
    assert fresh(again).state == "open"
    assert fresh(unpaid).state == "awaiting"
