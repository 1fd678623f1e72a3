"""More time is asked for until an hour, and coming back has its days (N7, N8, N16)."""

from datetime import date, time

import pytest

from core.failures import NotEligible
from renewals.models import Recertification
from tests.recertifying.living import (
    a_holder,
    applied,
    decided,
    drafted,
    fresh,
    pays,
    sent,
    stands,
)

pytestmark = [pytest.mark.django_db, pytest.mark.db]
NOV_3, DEC_1 = date(2025, 11, 3), date(2025, 12, 1)


def codes(row: Recertification) -> list[str]:
    """The lines of an application's order."""
    assert row.order is not None
    return [line.code for line in row.order.lines.all()]


def test_more_time_is_asked_for_until_five_on_the_last_day() -> None:
    row = drafted(a_holder(credits=16), NOV_3, "extension")
    with pytest.raises(NotEligible, match="by 5:00 PM on Dec 1, 2025"):
        sent(row, DEC_1, time(17, 0, 1))
    row = sent(row, DEC_1, time(17))
    assert (row.state, row.order, row.paid_on) == ("open", None, None)
    assert stands(row.member, date(2026, 1, 15)) == "under_review"


def test_the_day_after_it_is_too_late_at_any_hour() -> None:
    row = drafted(a_holder(credits=16), NOV_3, "extension")
    with pytest.raises(NotEligible, match="It had to be asked for by"):
        sent(row, date(2025, 12, 2), time(0))


def test_less_than_half_the_credit_is_not_enough() -> None:
    row = drafted(a_holder(credits=14), NOV_3, "extension")
    with pytest.raises(NotEligible, match=r"14.0 of the 15.0 credits"):
        sent(row, NOV_3)


def test_granted_it_runs_until_june_and_its_fee_comes_with_the_application() -> None:
    nora = a_holder()
    decided(applied(nora, NOV_3, "extension"), "approved", date(2025, 12, 5))
    assert stands(nora, date(2026, 3, 1)) == "extended"
    with pytest.raises(NotEligible, match="You have an extension until Jun 1, 2026"):
        drafted(nora, date(2025, 12, 6), "extension")
    row = applied(nora, date(2026, 6, 1))
    assert codes(row) == ["recertification", "extension"]
    pays(row.order, date(2026, 6, 1))
    assert fresh(row).state == "open"


def test_refused_it_is_as_if_never_made() -> None:
    nora = a_holder(credits=16)
    row = applied(nora, DEC_1, "extension")
    decided(row, "refused", date(2026, 1, 9), "A tracking table is no proof.")
    assert stands(nora, date(2026, 1, 8)) == "under_review"
    assert stands(nora, date(2026, 1, 9)) == "lapsed"


@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2026, 6, 30)])
def test_in_grace_one_pays_to_come_back(day: date) -> None:
    nora = a_holder()
    row = applied(nora, day, "reinstatement")
    assert codes(row) == ["recertification", "reinstatement"]
    pays(row.order, day)
    row = decided(fresh(row), "approved", day)
    assert stands(nora, day) == "good"


def test_before_and_after_grace_there_is_nothing_to_come_back_by() -> None:
    nora = a_holder()
    with pytest.raises(NotEligible, match="a recertification is what"):
        drafted(nora, date(2025, 12, 31), "reinstatement")
    with pytest.raises(NotEligible, match="only a new exam helps"):
        drafted(nora, date(2026, 7, 1), "reinstatement")
