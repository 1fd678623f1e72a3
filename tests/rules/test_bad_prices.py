"""Prices that break their own rules stop the start, by name of file and place."""

import pytest

from tests.rules.packs_of_tests import DAY, bent, load_bent, load_text
from tests.rules.test_bad_packs import expect_fault

UNITS = 'units = [{ from = 1, unit = 85.00 }]\nrule = "A2"\nsource = "S1"'
BASIS = '\nrule = "A2"\nsource = "S1"'
APART = "members = [{ from = 1, unit = %s }]\nothers = [{ from = 1, unit = 85.00 }]"
HALF = "members_below_half = true\n"
FIVE = "{ from = 5, unit = 270.00 }"


@pytest.mark.parametrize(
    ("old", "new", "place", "reason"),
    [
        ("estimate_days = 30", "estimate_days = 0", "estimate_days", "above zero"),
        ("confirm_above = 1000.00\n", "", "sales.confirm_above", "is missing"),
        ("confirm_above = 1000.00", "confirm_above = -1", "confirm_above", "negative"),
        ("[0, 1, 3, 7]", "[0, 3, 1]", "sales.retry_days", "must rise"),
        ('code = "membership"', 'code = "renewals"', "prices", "a code twice"),
        (UNITS, f"units = []{BASIS}", "prices[1].units", "begin with from = 1"),
        (UNITS, UNITS.replace("1,", "2,"), "prices[1].units", "begin with from = 1"),
        (FIVE, "{ from = 1, unit = 270.00 }", "prices[3].units", "must rise in `from`"),
        (FIVE, "{ from = 11, unit = 270.00 }", "prices[3].units", "rise in `from`"),
        (FIVE, "{ from = 5, unit = 285.01 }", "units", "must not cost more"),
        (FIVE, "{ from = 5, unit = 254.99 }", "units", "must not cost more"),
        (FIVE, "{ from = 5, unit = -270.00 }", "units[2].unit", "not be negative"),
        (FIVE, "{ from = 5, unit = nan }", "units[2].unit", "a finite number"),
        (FIVE, '{ from = 5, unit = "270" }', "units[2].unit", "must be a number"),
        (FIVE, "{ from = 5.5, unit = 270.00 }", "units[2].from", "whole number"),
        (FIVE, "{ from = 5, units = 270.00 }", "units[2].unit", "missing"),
        (UNITS, f"{APART % '85.01'}{BASIS}", "members", "pay more than others from 1"),
        (UNITS, f"{HALF}{APART % '42.50'}{BASIS}", "members", "half or more from 1"),
        (
            UNITS,
            f"others = [{{ from = 1, unit = 85.00 }}]{BASIS}",
            "members",
            "from = 1",
        ),
        (UNITS, f"{APART % '9.00'}\n{UNITS}", "prices[1].units", "unknown key"),
    ],
)
def test_wrong_prices(old: str, new: str, place: str, reason: str) -> None:
    expect_fault({old: new}, place, reason)


@pytest.mark.parametrize("own", ["42.49", "0.00"])
def test_members_pay_less_than_half_or_nothing(own: str) -> None:
    book = load_bent("acmss", {UNITS: f"{HALF}{APART % own}{BASIS}"})
    sales = book.policy_for("acmss", on=DAY).sales
    assert sales is not None
    assert str(sales.offers[0].members[0].unit) == own


def test_members_are_held_against_others_at_every_break() -> None:
    """Others' break may undercut what members pay: each start is looked at."""
    others = "{ from = 1, unit = 85.00 }, { from = 9, unit = 60.00 }"
    new = f"members = [{{ from = 1, unit = 70.00 }}]\nothers = [{others}]{BASIS}"
    expect_fault({UNITS: new}, "members", "pay more than others from 9 on")


def test_a_pack_may_sell_nothing() -> None:
    head, _, rest = bent("acmss", {}).partition("# What it costs")
    credit = rest[rest.index("# Credit") :]
    book = load_text("acmss", head + credit)
    assert book.policy_for("acmss", on=DAY).sales is None
