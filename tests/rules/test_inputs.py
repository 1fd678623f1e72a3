"""A6: what may stand for minutes and hours; junk is refused, never raised for."""

import math
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ce_credits.rules import ActivityInput, award
from ce_credits.rules.inputs import STORED_MINUTES
from tests.rules.packs_of_tests import DAY, acmss, guild

JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.decimals(allow_nan=True, allow_infinity=True),
    st.text(),
    st.binary(),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(), st.integers(), max_size=2),
    st.dates(),
)


@pytest.mark.parametrize(
    "minutes",
    [
        -1,
        0,
        Decimal("59.999"),
        Decimal("45.5"),
        Decimal("NaN"),
        Decimal("sNaN"),
        Decimal("Infinity"),
        Decimal("1E-999999"),
        45.0,
        math.nan,
        math.inf,
        True,
        False,
        "",
        "45",
        " 60 ",
        "0x3C",
        "1,5",
        "\u0664\u0665",
        [],
        {},
        date(2025, 1, 1),
    ],
)
def test_what_is_no_whole_number_above_zero_is_refused(minutes: object) -> None:
    found = award(acmss(), ActivityInput(kind="call", on=DAY, minutes=minutes))
    assert (found.outcome, found.credits, found.rule) == ("refused", None, "A6")
    assert found.minutes is None
    assert not found.asks_minutes


@pytest.mark.parametrize(
    ("minutes", "whole"),
    [(45, 45), (Decimal("45.0"), 45), (Decimal("45.000"), 45), (Decimal("6E+1"), 60)],
)
def test_a_whole_decimal_is_whole(minutes: object, whole: int) -> None:
    found = award(acmss(), ActivityInput(kind="call", on=DAY, minutes=minutes))
    assert (found.outcome, found.minutes) == ("awarded", whole)
    assert type(found.minutes) is int


@pytest.mark.parametrize(
    "minutes",
    [10**12, 10**5000, Decimal("1E+308"), Decimal("1E+999999")],
    ids=["10^12", "10^5000", "1E+308", "1E+999999"],
)
def test_any_whole_number_above_the_bands_is_left_to_staff(minutes: object) -> None:
    found = award(acmss(), ActivityInput(kind="call", on=DAY, minutes=minutes))
    assert (found.outcome, found.minutes, found.rule) == ("staff", None, "A6")
    assert len(found.explanation) < 200


@pytest.mark.parametrize(
    ("hours", "minutes"),
    [(1, 60), (Decimal("0.75"), 45), (Decimal("1.25"), 75), (Decimal("0.05"), 3)],
)
def test_hours_that_give_whole_minutes(hours: object, minutes: int) -> None:
    found = award(acmss(), ActivityInput(kind="event", on=DAY, hours=hours))
    assert (found.outcome, found.minutes) == ("awarded", minutes)


@pytest.mark.parametrize(
    "hours",
    [0, -1, Decimal("0.33"), Decimal("0." + "3" * 60), Decimal("0.001"), "1", 0.75],
)
def test_other_hours_are_refused(hours: object) -> None:
    found = award(acmss(), ActivityInput(kind="event", on=DAY, hours=hours))
    assert (found.outcome, found.rule) == ("refused", "A6")


def test_both_or_neither_is_refused_and_neither_asks() -> None:
    both = ActivityInput(kind="call", on=DAY, minutes=60, hours=1)
    neither = ActivityInput(kind="call", on=DAY)
    assert award(acmss(), both).outcome == "refused"
    assert not award(acmss(), both).asks_minutes
    assert award(acmss(), neither).outcome == "refused"
    assert award(acmss(), neither).asks_minutes


def test_an_unknown_kind_is_refused() -> None:
    found = award(acmss(), ActivityInput(kind="bake_sale", on=DAY, minutes=60))
    assert (found.outcome, found.rule) == ("refused", "A6")


@given(
    minutes=JUNK,
    hours=JUNK,
    title=st.one_of(st.none(), st.text()),
    positions=JUNK,
    level=st.one_of(st.none(), st.text(), st.just("city")),
    kind=st.one_of(st.text(), st.sampled_from([k.code for k in guild().kinds])),
)
def test_junk_never_raises_and_never_gives_a_float(
    *,
    minutes: object,
    hours: object,
    title: str | None,
    positions: object,
    level: str | None,
    kind: str,
) -> None:
    activity = ActivityInput(
        kind=kind,
        on=DAY,
        minutes=minutes,
        hours=hours,
        title=title,
        positions=positions,
        level=level,
    )
    for policy in (guild(), acmss()):
        found = award(policy, activity)
        assert found.outcome in ("awarded", "staff", "refused")
        assert (found.credits is not None) == (found.outcome == "awarded")
        assert found.credits is None or type(found.credits) is Decimal
        assert found.minutes is None or 0 < found.minutes <= STORED_MINUTES
        assert found.explanation.isprintable()
        assert len(found.explanation) < 400
        assert found.reasons


@given(minutes=JUNK, kind=st.sampled_from([k.code for k in acmss().kinds]))
def test_minutes_alone_never_raise(minutes: object, kind: str) -> None:
    award(acmss(), ActivityInput(kind=kind, on=DAY, minutes=minutes))
