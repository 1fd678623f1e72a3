"""The formulas a pack may give to a kind, with an invented body's figures."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ce_credits.rules import ActivityInput, Award, award
from ce_credits.rules.rounding import round_to_step
from credentials.policy import Rounding
from tests.rules.packs_of_tests import DAY, guild

ROUNDINGS: tuple[Rounding, ...] = ("down", "nearest", "half_up")


def answer(
    kind: str,
    minutes: object = None,
    *,
    positions: object = None,
    level: str | None = None,
) -> Award:
    activity = ActivityInput(
        kind=kind, on=DAY, minutes=minutes, positions=positions, level=level
    )
    return award(guild(), activity)


@pytest.mark.parametrize(
    ("kind", "minutes", "credits"),
    [
        # 1.5 for 50 min, down to quarters
        ("workshop", 8, "0"),
        ("workshop", 9, "0.25"),
        ("workshop", 50, "1.5"),
        ("workshop", 55, "1.5"),
        ("workshop", 100, "3"),
        ("workshop", 5000, "150"),
        # 1 for 60 min, halves, a tie going up
        ("reading", 14, "0"),
        ("reading", 15, "0.5"),
        ("reading", 44, "0.5"),
        ("reading", 45, "1"),
        # 1 for 60 min, halves, a tie going to the even step
        ("walk", 15, "0"),
        ("walk", 16, "0.5"),
        ("walk", 45, "1"),
        ("walk", 75, "1"),
    ],
)
def test_rate(kind: str, minutes: int, credits: str) -> None:
    found = answer(kind, minutes)
    assert (found.outcome, found.credits) == ("awarded", Decimal(credits))
    assert (found.minutes, found.policy) == (minutes, "guild@2020-01-01")


def test_rate_line_shows_the_arithmetic() -> None:
    assert answer("workshop", 55).explanation == (
        "55 min -> 1.5 points, 1.5 for 50 min, rounded down to steps of 0.25 "
        "(55/50 x 1.5 = 1.65)"
    )
    assert answer("walk", 50).explanation == (
        "50 min -> 1.0 night points, 1 for 60 min, rounded to the nearest step of 0.5 "
        "(50/60 = 0.83)"
    )


def test_a_rate_refuses_what_lasts_for_ever() -> None:
    found = answer("walk", 10**12)
    assert (found.outcome, found.rule, found.minutes) == ("refused", "Z9", None)


@pytest.mark.parametrize(
    ("positions", "level", "credits"),
    [(None, "city", 3), (1, "street", 1), (4, "city", 12), (Decimal("2.0"), "city", 6)],
)
def test_flat_by_level(positions: object, level: str, credits: int) -> None:
    found = answer("office", positions=positions, level=level)
    assert (found.outcome, found.credits) == ("awarded", Decimal(credits))
    assert found.minutes is None
    assert (found.rule, found.approved) == ("Z12", True)


@pytest.mark.parametrize(
    ("positions", "level"),
    [
        (1, None),
        (1, "national"),
        (0, "city"),
        (-1, "city"),
        (Decimal("1.5"), "city"),
        ("2", "city"),
        (True, "city"),
        (10**40, "city"),
    ],
)
def test_flat_refuses(positions: object, level: str | None) -> None:
    found = answer("office", positions=positions, level=level)
    assert (found.outcome, found.rule) == ("refused", "Z9")


@pytest.mark.parametrize(
    ("kind", "given", "field"),
    [
        ("office", {"level": "city", "positions": 0}, "positions"),
        ("office", {}, "level"),
        ("lamp_given", {"level": "city"}, "level"),
        ("walk", {}, "minutes"),
        ("walk", {"minutes": 10**12}, "minutes"),
        ("candle_fair", {"minutes": 60}, "kind"),
        ("bake_sale", {"minutes": 60}, "kind"),
        ("walk", {"minutes": 60}, ""),
    ],
)
def test_a_refusal_names_the_input_that_stands_in_the_way(
    kind: str, given: dict[str, Any], field: str
) -> None:
    assert answer(kind, **given).field == field


def test_a_refused_level_names_those_there_are() -> None:
    found = answer("office", level="national")
    assert found.explanation == "national -> no credit, choose city or street"


def test_flat_without_levels() -> None:
    assert answer("lamp_given", positions=3).credits == Decimal("2.25")
    assert answer("lamp_given", positions=3, level="city").outcome == "refused"


def test_staff_and_never() -> None:
    staff = answer("invention")
    assert (staff.outcome, staff.credits, staff.rule) == ("staff", None, "Z13")
    never = answer("candle_fair", 60)
    assert (never.outcome, never.rule) == ("refused", "Z14")
    assert never.explanation == "Candle fair -> no credit, fairs never count"


def test_a_kind_may_have_its_own_unit() -> None:
    assert answer("walk", 60).unit == "night points"
    assert answer("reading", 60).unit == "points"


@given(
    st.integers(1, 10_000),
    st.integers(1, 400),
    st.sampled_from(["0.01", "0.25", "0.3", "0.5", "1", "7"]),
    st.sampled_from(ROUNDINGS),
)
def test_a_rounded_amount_is_whole_steps_and_near(
    minutes: int, unit: int, step: str, rounding: Rounding
) -> None:
    amount = Fraction(minutes, unit)
    size = Decimal(step)
    found = round_to_step(amount, size, rounding)
    assert type(found) is Decimal
    assert (Fraction(found) / Fraction(size)).denominator == 1
    left = amount - Fraction(found)
    if rounding == "down":
        assert 0 <= left < Fraction(size)
    else:
        assert abs(left) * 2 <= Fraction(size)
    if rounding == "half_up":
        assert left * 2 < Fraction(size)


@given(st.integers(1, 5000), st.sampled_from(["workshop", "reading", "walk"]))
def test_more_minutes_never_give_less(minutes: int, kind: str) -> None:
    less, more = answer(kind, minutes).credits, answer(kind, minutes + 1).credits
    assert less is not None
    assert more is not None
    assert less <= more
