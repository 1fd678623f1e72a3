"""By when whoever applied is answered: so many weeks from the fee (N13)."""

from datetime import date

import pytest

from credentials.policy import policy_for
from renewals.rules.cycles import answer_due, clock_begins
from tests.rules.cycling import POLICIES

NOV_24 = date(2025, 11, 24)


def test_it_is_due_between_three_and_four_weeks_from_the_fee() -> None:
    due = answer_due(policy_for("namss", on=NOV_24), NOV_24)
    assert (due.first_on, due.last_on) == (date(2025, 12, 15), date(2025, 12, 22))
    assert due.words == "Answer due between Dec 15 and Dec 22, 2025"
    assert due.rule == "N13"


def test_a_span_over_the_new_year_names_both_years() -> None:
    due = answer_due(policy_for("namss", on=NOV_24), date(2025, 12, 8))
    assert due.words == "Answer due between Dec 29, 2025 and Jan 5, 2026"


def test_another_body_has_its_own_weeks_under_its_own_rule() -> None:
    due = answer_due(POLICIES(NOV_24), NOV_24)
    assert (due.words, due.rule) == ("Answer due by Dec 8, 2025", "Y7")


def test_it_is_overdue_from_the_day_after_the_last_one() -> None:
    due = answer_due(policy_for("namss", on=NOV_24), NOV_24)
    assert not due.overdue(date(2025, 12, 22))
    assert due.overdue(date(2025, 12, 23))


@pytest.mark.parametrize(
    ("paid_on", "begins"),
    [
        (None, NOV_24),
        (date(2025, 11, 28), date(2025, 11, 28)),
        # A cheque may be dated before the application was submitted.
        (date(2025, 11, 20), NOV_24),
    ],
)
def test_the_clock_begins_with_the_fee_and_never_before_submitting(
    paid_on: date | None, begins: date
) -> None:
    assert clock_begins(NOV_24, paid_on) == begins
