"""A11: which terms are told of on a day, and which renew by themselves."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credentials.policy import Policy, money_words, span_words
from renewals.rules import Span, arrived, coming
from tests.rules.packs_of_tests import acmss, guild

TODAY = date(2025, 11, 17)
ONE_DAY = timedelta(days=1)
DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))


def renewals_in(spans: tuple[Span, ...], around: date = TODAY) -> list[int]:
    """How many days ahead the renewal dates of such spans lie."""
    near = [around + timedelta(days=days) for days in range(-60, 61)]
    return [
        (day - around).days
        for day in near
        if any(day - ONE_DAY in span for span in spans)
    ]


def test_a_term_is_told_of_from_two_weeks_before_to_the_renewal_date() -> None:
    assert renewals_in(coming([acmss()], TODAY)) == list(range(15))


def test_a_term_renews_by_itself_from_its_date_on_as_long_as_it_was_told_of() -> None:
    assert renewals_in(arrived([acmss()], TODAY)) == list(range(-14, 1))


def test_the_days_are_the_packs() -> None:
    assert renewals_in(coming([guild()], TODAY)) == list(range(22))


def later(pack: Policy, on: date, days: int) -> Policy:
    """A version of a pack from a day on, with other days."""
    reminder = replace(pack.terms.reminder, days_before=days)
    return replace(pack, effective=on, plan=replace(pack.terms, reminder=reminder))


def test_each_term_follows_the_pack_of_its_last_day() -> None:
    # Terms that end on Nov 25 or later are told of five days before.
    versions = [acmss(), later(acmss(), date(2025, 11, 25), 5)]
    ends = coming(versions, TODAY)
    assert ends == (Span(date(2025, 11, 16), date(2025, 11, 24)),)
    ends = coming(versions, date(2025, 11, 22))
    assert ends == (
        Span(date(2025, 11, 21), date(2025, 11, 24)),
        Span(date(2025, 11, 25), date(2025, 11, 26)),
    )


@given(today=DAYS, change=DAYS, days=st.integers(1, 40), ends=DAYS)
def test_a_span_holds_exactly_what_the_packs_say(
    today: date, change: date, days: int, ends: date
) -> None:
    first, second = acmss(), later(acmss(), max(change, date(2018, 1, 1)), days)
    pack = second if ends >= second.effective else first
    left = (ends + ONE_DAY - today).days
    told = any(ends in span for span in coming([first, second], today))
    renews = any(ends in span for span in arrived([first, second], today))
    assert told == (0 <= left <= pack.terms.reminder.days_before)
    assert renews == (-pack.terms.reminder.days_before <= left <= 0)


@pytest.mark.parametrize("today", [date.min, date.max])
def test_the_calendars_ends_are_days_like_others(today: date) -> None:
    for spans in (coming([acmss()], today), arrived([acmss()], today)):
        assert all(span.first <= span.last for span in spans)


def test_a_span_of_days_is_spelled_once() -> None:
    first, last = date(2025, 11, 28), date(2025, 12, 1)
    assert span_words(last, last) == "Dec 1, 2025"
    assert span_words(first, last) == "Nov 28 to Dec 1, 2025"
    assert span_words(last, date(2026, 1, 3)) == "Dec 1, 2025 to Jan 3, 2026"


def test_money_is_written_with_its_currency() -> None:
    fees = acmss().terms.fees
    assert money_words(fees.renewal, fees.currency) == "$85.00"
    assert money_words(guild().terms.fees.renewal, "EUR").endswith(" EUR")
