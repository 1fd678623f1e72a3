"""A4, A5, A6: credit by minutes, every edge of every band and every whole number."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ce_credits.rules import ActivityInput, Award, award
from tests.rules.packs_of_tests import DAY, acmss

KINDS = ("call", "event", "webinar", "web_based_training")
EDGES = {
    1: ("0.5", "CMS06140727A", "A4"),
    14: ("0.5", "CMS06140727A", "A4"),
    29: ("0.5", "CMS06140727A", "A4"),
    30: ("0.5", "CMS06140727A", "A5"),
    31: ("1.0", "CMS06140728A", "A4"),
    60: ("1.0", "CMS06140728A", "A4"),
    61: ("1.5", "CMS06140729A", "A4"),
    90: ("1.5", "CMS06140729A", "A4"),
    91: ("2.0", "CMS06140730A", "A4"),
    120: ("2.0", "CMS06140730A", "A4"),
}


def answer(minutes: object, kind: str = "webinar") -> Award:
    return award(acmss(), ActivityInput(kind=kind, on=DAY, minutes=minutes))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("minutes", EDGES)
def test_edges(kind: str, minutes: int) -> None:
    credits, index, rule = EDGES[minutes]
    found = answer(minutes, kind)
    assert (found.outcome, found.credits) == ("awarded", Decimal(credits))
    assert (found.index, found.rule, found.minutes) == (index, rule, minutes)
    assert (found.unit, found.approved, found.attendance_only) == ("CME", None, False)
    assert found.policy == "acmss@2017-01-01"


@given(st.integers(-10, 10_000))
@example(30)
def test_every_integer_has_exactly_one_answer(minutes: int) -> None:
    found = answer(minutes)
    answers = {
        "refused": minutes <= 0,
        "awarded": 0 < minutes <= 120,
        "staff": minutes > 120,
    }
    assert answers[found.outcome]
    assert (found.credits is not None) == answers["awarded"]
    assert isinstance(found.credits, Decimal | None)


def test_all_integers_rise_and_none_is_a_float() -> None:
    bands = acmss().bands
    assert bands is not None
    before = Decimal(0)
    for minutes in range(-10, 10_001):
        found = answer(minutes)
        matching = [row for row in bands.rows if row.first <= minutes <= row.last]
        gaps = [gap for gap in bands.gaps if gap.first <= minutes <= gap.last]
        beyond = minutes > bands.staff_over
        assert len(matching) + len(gaps) + beyond == (minutes > 0)
        if found.credits is not None:
            assert type(found.credits) is Decimal
            assert found.credits >= before
            before = found.credits
    assert before == Decimal("2.0")


def test_exactly_thirty_is_shown_as_a_ruling() -> None:
    found = answer(30)
    assert [reason.ruling for reason in found.reasons] == [False, True]
    assert "leave exactly 30 min open" in found.explanation
    assert not any(reason.ruling for reason in answer(29).reasons)


def test_over_two_hours_is_left_to_staff() -> None:
    found = answer(135)
    assert (found.outcome, found.credits, found.rule) == ("staff", None, "A6")
    assert found.explanation == (
        "135 min -> not computed, over 120 min is outside the published bands. "
        "A staff member will decide."
    )


@pytest.mark.parametrize(
    ("minutes", "line"),
    [
        (29, "29 min -> 0.5 CME, band under 30 min, Index CMS06140727A"),
        (
            45,
            "45 min -> 1.0 CME, band over 30 and up to 60 min, Index CMS06140728A",
        ),
        (
            30,
            (
                "30 min -> 0.5 CME, band up to 30 min, Index CMS06140727A. Note: The "
                "published bands leave exactly 30 min open; this portal uses the "
                "lower band."
            ),
        ),
        (0, "0 min -> no credit, minutes must be above 0"),
    ],
)
def test_credit_line(minutes: int, line: str) -> None:
    assert answer(minutes).explanation == line


def test_a_day_before_the_first_pack_falls_under_it() -> None:
    policy = acmss(date(1999, 12, 31))
    found = award(policy, ActivityInput(kind="call", on=DAY, minutes=60))
    assert (found.credits, found.policy) == (Decimal(1), "acmss@2017-01-01")
