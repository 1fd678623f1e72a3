"""Housekeeping, unpaid work, courses and levels, with an invented body's figures."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ce_credits.rules import ActivityInput, Award, award
from tests.rules.packs_of_tests import DAY, choir


def answer(
    kind: str,
    minutes: object = None,
    *,
    away: object = None,
    paid: object = None,
    academic: object = None,
) -> Award:
    activity = ActivityInput(
        kind=kind,
        on=DAY,
        minutes=minutes,
        housekeeping_minutes=away,
        paid=paid,
        academic_credits=academic,
    )
    return award(choir(), activity)


@pytest.mark.parametrize(
    ("minutes", "away", "credits"),
    [
        # 2 for 45 min, nearest halves, a tie to the even; m/9 may be housekeeping
        (45, None, "2"),
        (45, 0, "2"),
        (45, 5, "2"),
        (45, 6, "2"),
        (45, 10, "2"),
        (45, 11, "1.5"),
        (50, 5, "2"),
        (90, 10, "4"),
        (90, 22, "3.5"),
        (45, 45, "0"),
        (405, 405, "2"),
    ],
)
def test_housekeeping_above_its_share_is_left_out(
    minutes: int, away: object, credits: str
) -> None:
    found = answer("rehearsal", minutes, away=away)
    assert (found.outcome, found.credits) == ("awarded", Decimal(credits))
    assert (found.rule, found.minutes) == ("Y13", minutes)


def test_what_is_left_out_is_said() -> None:
    found = answer("rehearsal", 50, away=10)
    assert found.explanation == (
        "50 min with 10 min of housekeeping -> 2.0 bars, 2 for 45 min, rounded to the "
        "nearest step of 0.5 (45.56/45 x 2 = 2.02)"
    )
    assert [(each.rule, each.text) for each in found.reasons][1:] == [
        ("Y12", "4.44 min of housekeeping are more than allowed and don't count.")
    ]
    assert len(answer("rehearsal", 50, away=5).reasons) == 1


@pytest.mark.parametrize("away", [-1, 46, "5", Decimal("1.5"), True, 10**50, 1.0])
def test_housekeeping_refused(away: object) -> None:
    found = answer("rehearsal", 45, away=away)
    assert (found.outcome, found.rule) == ("refused", "Y12")


def test_unpaid_counts_and_paid_does_not() -> None:
    assert answer("solo", 30).credits == 1
    assert answer("solo", 30, paid=False).credits == 1
    assert answer("solo", 34).credits == Decimal("1.1")
    for paid in (True, "yes", 1):
        found = answer("solo", 30, paid=paid)
        assert (found.outcome, found.rule) == ("refused", "Y14")
        assert "whoever is paid sings for money" in found.explanation
    assert answer("solo", 0, paid=True).rule == "Y12"


@pytest.mark.parametrize(
    ("academic", "credits"),
    [
        (1, "1.5"),
        (3, "4.5"),
        (Decimal("1.5"), "2.5"),
        (Decimal("0.1"), "0"),
        (Decimal("0.17"), "0.5"),
    ],
)
def test_so_much_for_each_academic_credit(academic: object, credits: str) -> None:
    found = answer("masterclass", academic=academic)
    assert (found.outcome, found.credits) == ("awarded", Decimal(credits))
    assert (found.rule, found.minutes) == ("Y15", None)


def test_a_course_says_its_arithmetic() -> None:
    assert answer("masterclass", academic=3).explanation == (
        "3 academic credits -> 4.5 bars, 1.5 for each"
    )


@pytest.mark.parametrize("academic", [None, 0, -1, "3", True, 3.0, 10**12])
def test_a_course_refuses(academic: object) -> None:
    found = answer("masterclass", academic=academic)
    assert (found.outcome, found.rule) == ("refused", "Y12")


@given(st.integers(1, 2000), st.integers(0, 2000))
def test_more_housekeeping_never_gives_more(minutes: int, away: int) -> None:
    found = answer("rehearsal", minutes, away=away)
    if away > minutes:
        assert found.outcome == "refused"
        return
    whole = answer("rehearsal", minutes).credits
    less = answer("rehearsal", minutes, away=max(away - 1, 0)).credits
    assert whole is not None
    assert less is not None
    assert found.credits is not None
    assert found.credits <= less <= whole
    if away * 9 <= minutes:
        assert found.credits == whole
