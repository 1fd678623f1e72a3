"""Each edge of a season: the day before, the day, and the day after (N5-N8)."""

from datetime import date

import pytest

from core.failures import NotEligible
from renewals.queries import applying
from renewals.rules.cycles import ApplicationKind
from tests.recertifying.living import (
    BODY,
    a_holder,
    applied,
    fresh,
    noon,
    pays,
)

pytestmark = [pytest.mark.django_db, pytest.mark.db]
NOTHING = ""


@pytest.mark.parametrize(
    ("day", "kind", "fee"),
    [
        (date(2025, 7, 31), "recertification", NOTHING),
        (date(2025, 8, 1), "recertification", "375.00"),
        (date(2025, 8, 2), "recertification", "375.00"),
        (date(2025, 11, 30), "recertification", "375.00"),
        (date(2025, 12, 1), "recertification", "375.00"),
        (date(2025, 12, 2), "recertification", "425.00"),
        (date(2025, 12, 30), "recertification", "425.00"),
        (date(2025, 12, 31), "recertification", "425.00"),
        (date(2026, 1, 1), "recertification", NOTHING),
        (date(2025, 12, 31), "reinstatement", NOTHING),
        (date(2026, 1, 1), "reinstatement", "525.00"),
        (date(2026, 1, 2), "reinstatement", "525.00"),
        (date(2026, 6, 29), "reinstatement", "525.00"),
        (date(2026, 6, 30), "reinstatement", "525.00"),
        (date(2026, 7, 1), "reinstatement", NOTHING),
        (date(2026, 7, 2), "reinstatement", NOTHING),
    ],
)
def test_what_a_day_asks(day: date, kind: ApplicationKind, fee: str) -> None:
    found = applying(a_holder(), BODY, kind, today=day, now=noon(day))
    assert (str(found.fee.amount) if found.fee else NOTHING) == fee
    assert (found.closed is None) == bool(fee)


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2025, 11, 30), "open"),
        (date(2025, 12, 1), "open"),
        (date(2025, 12, 2), "awaiting"),
    ],
)
def test_the_date_of_a_cheque_decides_whenever_it_comes(day: date, state: str) -> None:
    row = applied(a_holder(), date(2025, 11, 28))
    pays(row.order, date(2025, 12, 9), dated=day)
    assert fresh(row).state == state


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2026, 6, 29), "open"),
        (date(2026, 6, 30), "open"),
        (date(2026, 7, 1), "awaiting"),
    ],
)
def test_coming_back_is_paid_by_the_last_day_of_grace(day: date, state: str) -> None:
    row = applied(a_holder(), date(2026, 6, 25), "reinstatement")
    pays(row.order, day)
    assert fresh(row).state == state


def test_the_day_after_grace_says_that_only_an_exam_helps() -> None:
    with pytest.raises(NotEligible, match="only a new exam helps"):
        applied(a_holder(), date(2026, 7, 1), "reinstatement")
