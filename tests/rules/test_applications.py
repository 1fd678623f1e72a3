"""A1, A2, A11: what is taken when a membership or a renewal is applied."""

from datetime import date
from decimal import Decimal

import pytest

from credentials.policy import Policy
from renewals.rules import (
    Application,
    SecondMembershipError,
    Term,
    apply_term,
    next_term,
)
from tests.rules.packs_of_tests import acmss

DAY = date(2024, 3, 1)
FIRST = next_term(acmss(), applied_on=date(2023, 3, 1), previous=None)


def policies(day: date) -> Policy:
    return acmss(day)


@pytest.mark.parametrize("paid", ["0.00", "85.00", "1200"])
def test_any_payment_takes_a_membership(paid: str) -> None:
    found = apply_term(policies, [], "membership", on=DAY, paid=Decimal(paid))
    assert found.term == Term(DAY, date(2025, 2, 28), DAY)
    assert found.reason.rule == "A1"


@pytest.mark.parametrize(
    ("paid", "taken"), [("84.99", False), ("85.00", True), ("85", True), ("90", True)]
)
def test_a_renewal_needs_its_whole_fee(paid: str, *, taken: bool) -> None:
    found = apply_term(policies, [FIRST], "renewal", on=DAY, paid=Decimal(paid))
    assert (found.term is not None) is taken
    assert found.reason.rule == ("A1" if taken else "A2")


@pytest.mark.parametrize(
    ("application", "terms"), [("membership", []), ("renewal", [FIRST])]
)
def test_unpaid_changes_nothing(application: Application, terms: list[Term]) -> None:
    applied = apply_term(policies, terms, application, on=DAY, paid=None)
    assert applied.term is None
    assert "nothing is paid" in applied.reason.text


def test_a_renewal_without_a_membership_changes_nothing() -> None:
    found = apply_term(policies, [], "renewal", on=DAY, paid=Decimal(85))
    assert found.term is None
    assert "no membership" in found.reason.text


def test_a_second_membership_is_refused() -> None:
    with pytest.raises(SecondMembershipError):
        apply_term(policies, [FIRST], "membership", on=DAY, paid=Decimal(0))
