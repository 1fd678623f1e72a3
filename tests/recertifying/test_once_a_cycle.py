"""A cycle is recertified once, whatever else was sent or is paid later (N8)."""

from datetime import date

import pytest

from core.failures import NotEligible
from core.models import OutboxMessage
from tests.recertifying.living import a_holder, applied, decided, fresh, pays, stands

pytestmark = [pytest.mark.django_db, pytest.mark.db]
DEC_20, DEC_28 = date(2025, 12, 20), date(2025, 12, 28)
JAN_5, JAN_20, JAN_25 = date(2026, 1, 5), date(2026, 1, 20), date(2026, 1, 25)


def test_a_cheque_that_comes_later_takes_no_second_application() -> None:
    nora = a_holder()
    unpaid = applied(nora, DEC_20)
    again = applied(nora, JAN_5, "reinstatement")
    pays(again.order, JAN_5)
    decided(fresh(again), "approved", JAN_20)
    pays(unpaid.order, JAN_25, dated=DEC_28)
    row = fresh(unpaid)
    assert row.state == "awaiting"
    assert row.facts["not_taken"] == [["N5", "The cycle is recertified already."]]
    assert row.order_id == unpaid.order_id
    assert stands(nora, JAN_25) == "good"


def test_more_time_is_not_granted_for_a_cycle_that_is_recertified() -> None:
    nora = a_holder()
    asked = applied(nora, date(2025, 11, 20), "extension")
    sent = applied(nora, date(2025, 11, 21))
    pays(sent.order, date(2025, 11, 21))
    decided(fresh(sent), "approved", date(2025, 12, 10))
    told = OutboxMessage.objects.count()
    with pytest.raises(NotEligible, match=r"recertified already\. Refuse this one"):
        decided(fresh(asked), "approved", date(2025, 12, 12))
    assert fresh(asked).state == "open"
    assert OutboxMessage.objects.count() == told
    decided(fresh(asked), "refused", date(2025, 12, 12), "It is recertified.")
    assert stands(nora, date(2025, 12, 12)) == "good"
