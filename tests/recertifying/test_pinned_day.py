"""In a demonstration the day is pinned: figures follow it, not the clock (N15)."""

from datetime import date

import pytest

from renewals.queries import tallied
from renewals.services import submit_application
from tests.recertifying.living import BODY, SELLER, a_holder, drafted, noon, own

pytestmark = [pytest.mark.django_db, pytest.mark.db]
NOV_17, A_YEAR_ON = date(2025, 11, 17), date(2026, 11, 27)


def test_who_applies_on_a_pinned_day_stays_in_the_report_of_that_day() -> None:
    nora = a_holder()
    row = drafted(nora, NOV_17, "extension")
    submit_application(
        actor=own(nora),
        application=row,
        seen=row.version,
        told=nora.email,
        seller=SELLER,
        today=NOV_17,
        now=noon(A_YEAR_ON),
    )
    assert [each.standing for each in tallied(BODY, NOV_17)] == ["under_review"]
