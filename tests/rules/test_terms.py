"""A1, A16: how long terms run, how they follow each other, where a day belongs."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renewals.rules import OutOfCalendarError, Term, add_months, next_term, term_of
from renewals.rules.terms import known_as_of, term_before
from tests.rules.lives import Life, lives
from tests.rules.packs_of_tests import acmss, guild

ONE_DAY = timedelta(days=1)


def membership(on: date) -> Term:
    return next_term(acmss(), applied_on=on, previous=None)


def renewal(on: date, previous: Term) -> Term:
    return next_term(acmss(), applied_on=on, previous=previous)


def test_a_year_ends_the_day_before_its_renewal_date() -> None:
    term = membership(date(2025, 3, 15))
    assert (term.first_on, term.last_on) == (date(2025, 3, 15), date(2026, 3, 14))
    assert term.renewal_on == date(2026, 3, 15)


def test_feb_29_becomes_feb_28_and_stays() -> None:
    term = membership(date(2024, 2, 29))
    assert (term.last_on, term.renewal_on) == (date(2025, 2, 27), date(2025, 2, 28))
    for year in (2026, 2027, 2028, 2029):
        term = renewal(term.renewal_on, term)
        assert term.renewal_on == date(year, 2, 28)


def test_the_28th_of_february_never_becomes_the_29th() -> None:
    term = membership(date(2023, 2, 28))
    assert term.renewal_on == date(2024, 2, 28)


@pytest.mark.parametrize("days_early", [0, 1, 29, 30, 200, 364])
def test_early_extends_from_the_renewal_date(days_early: int) -> None:
    first = membership(date(2025, 3, 15))
    second = renewal(first.renewal_on - timedelta(days=days_early), first)
    assert (second.first_on, second.last_on) == (date(2026, 3, 15), date(2027, 3, 14))


def test_twice_early_extends_twice() -> None:
    first = membership(date(2025, 3, 15))
    second = renewal(date(2025, 4, 1), first)
    third = renewal(date(2025, 4, 1), second)
    assert (third.first_on, third.renewal_on) == (date(2027, 3, 15), date(2028, 3, 15))


@pytest.mark.parametrize("days_late", [1, 30, 400])
def test_late_starts_on_the_day_applied(days_late: int) -> None:
    first = membership(date(2025, 3, 15))
    day = first.renewal_on + timedelta(days=days_late)
    second = renewal(day, first)
    assert (second.first_on, second.renewal_on) == (day, add_months(day, 12))


def test_a_body_may_have_another_length() -> None:
    term = next_term(guild(), applied_on=date(2024, 2, 29), previous=None)
    assert term.renewal_on == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("day", "months", "result"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2025, 8, 31), 1, date(2025, 9, 30)),
        (date(2025, 12, 15), 1, date(2026, 1, 15)),
        (date(9998, 12, 31), 12, date(9999, 12, 31)),
    ],
)
def test_add_months(day: date, months: int, result: date) -> None:
    assert add_months(day, months) == result


def test_the_calendar_ends() -> None:
    with pytest.raises(OutOfCalendarError):
        membership(date(9999, 1, 1))


def test_a_day_between_terms_is_in_the_one_before() -> None:
    first = membership(date(2023, 1, 1))
    second = renewal(date(2024, 3, 1), first)
    terms = [second, first]
    assert term_of(terms, date(2022, 12, 31)) is None
    assert term_of(terms, date(2023, 1, 1)) == first
    assert term_of(terms, date(2023, 12, 31)) == first
    assert term_of(terms, date(2024, 2, 29)) == first
    assert term_of(terms, date(2024, 3, 1)) == second
    assert term_of(terms, date(2030, 1, 1)) == second
    assert term_of([], date(2030, 1, 1)) is None


def test_the_term_that_a_term_closes() -> None:
    first = membership(date(2023, 1, 1))
    second = renewal(date(2024, 3, 1), first)
    assert term_before([second, first], second) == first
    assert term_before([second, first], first) is None


@given(lives())
def test_terms_form_a_chain(life: Life) -> None:
    chain = life.terms
    for applied, term in zip(life.applied, chain, strict=True):
        assert term.applied_on == applied <= term.first_on <= term.last_on
        assert term.renewal_on == add_months(term.first_on, 12)
    for before, term in pairwise(chain):
        assert term.first_on == max(before.renewal_on, term.applied_on)
        early = term.applied_on <= before.renewal_on
        assert (term.first_on == before.renewal_on) == early


@given(lives(), st.integers(-400, 4000))
def test_every_day_is_in_the_last_term_that_has_begun(life: Life, offset: int) -> None:
    if not life.applied:
        return
    day = life.applied[0] + timedelta(days=offset)
    found = term_of(life.terms, day)
    begun = [term for term in life.terms if term.first_on <= day]
    assert found == (begun[-1] if begun else None)
    inside = [term for term in life.terms if term.first_on <= day <= term.last_on]
    assert len(inside) <= 1
    assert not inside or inside == [found]


@given(lives())
def test_what_is_known_grows_with_the_days(life: Life) -> None:
    before: tuple[Term, ...] = ()
    for day in life.days:
        known = known_as_of(life.terms, day)
        assert known[: len(before)] == before
        before = known
