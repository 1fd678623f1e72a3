"""The days on which a card is tried: 0, 1, 3 and 7 after the first (A11)."""

from datetime import date, timedelta

import pytest

from billing.rules import decline_words, next_try, turn_due
from billing.rules.retries import DECLINED, WORDS

DAYS = (0, 1, 3, 7)
FIRST = date(2025, 11, 17)


def after(days: int) -> date:
    """So many days after the first."""
    return FIRST + timedelta(days=days)


@pytest.mark.parametrize(
    ("last", "days", "turn"),
    [
        (None, 0, 0),
        (0, 0, None),
        (0, 1, 1),
        (1, 1, None),
        (1, 2, None),
        (1, 3, 2),
        (2, 6, None),
        (2, 7, 3),
        (3, 7, None),
        (3, 400, None),
    ],
)
def test_each_try_is_due_on_its_day(last: int | None, days: int, turn: int) -> None:
    assert turn_due(DAYS, FIRST, last=last, today=after(days)) == turn


@pytest.mark.parametrize(
    ("last", "days", "turn"), [(None, 2, 1), (0, 5, 2), (0, 30, 3), (1, 9, 3)]
)
def test_of_several_that_were_missed_one_is_made(
    last: int | None, days: int, turn: int
) -> None:
    assert turn_due(DAYS, FIRST, last=last, today=after(days)) == turn


@pytest.mark.parametrize("days", [-1, -400])
def test_before_the_first_day_nothing_is_due(days: int) -> None:
    assert turn_due(DAYS, FIRST, last=None, today=after(days)) is None


def test_a_list_that_names_no_day_tries_never() -> None:
    assert turn_due((), FIRST, last=None, today=FIRST) is None


def test_a_first_try_may_be_later_than_the_first_day() -> None:
    assert turn_due((2, 4), FIRST, last=None, today=after(1)) is None
    assert turn_due((2, 4), FIRST, last=None, today=after(2)) == 0


@pytest.mark.parametrize(
    ("last", "days", "on"), [(0, 0, 1), (1, 1, 3), (2, 3, 7), (1, 2, 3)]
)
def test_after_a_failed_try_the_next_day_is_told(last: int, days: int, on: int) -> None:
    assert next_try(DAYS, FIRST, last=last, today=after(days)) == after(on)


def test_a_next_try_that_is_due_already_is_made_today() -> None:
    assert next_try(DAYS, FIRST, last=0, today=after(5)) == after(5)


@pytest.mark.parametrize("days", [7, 8, 400])
def test_after_the_last_try_there_is_none(days: int) -> None:
    assert next_try(DAYS, FIRST, last=3, today=after(days)) is None


def test_days_count_over_the_end_of_february_too() -> None:
    leap = date(2028, 2, 28)
    assert next_try(DAYS, leap, last=0, today=leap) == date(2028, 2, 29)
    assert next_try(DAYS, leap, last=1, today=leap) == date(2028, 3, 2)


@pytest.mark.parametrize("code", sorted(WORDS))
def test_what_helps_an_administrator_is_said(code: str) -> None:
    assert decline_words(code).endswith(".")
    assert decline_words(code) != DECLINED


@pytest.mark.parametrize("code", ["", "card_declined", "do_not_honor", "of_tomorrow"])
def test_any_other_refusal_is_the_banks(code: str) -> None:
    assert decline_words(code) == "The bank declined the card."
