"""A16: what counts in a term, and caps (with an invented body's figures)."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from renewals.rules import (
    Credit,
    Totals,
    applied,
    earned,
    next_term,
    term_of,
    totals,
)
from tests.rules.lives import Life, lives
from tests.rules.packs_of_tests import acmss, guild

FIRST = next_term(acmss(), applied_on=date(2023, 1, 1), previous=None)
SECOND = next_term(acmss(), applied_on=date(2024, 3, 1), previous=FIRST)
CHAIN = (FIRST, SECOND)
LATER = date(2030, 1, 1)


def credit(
    on: date, amount: str = "1", *, kind: str = "", approved: bool = False
) -> Credit:
    return Credit(on, Decimal(amount), on, kind=kind, approved=approved)


def test_credit_counts_in_the_term_of_its_day() -> None:
    credits = [
        credit(date(2022, 12, 31)),
        credit(date(2023, 1, 1)),
        credit(date(2024, 2, 29), "0.5"),
        credit(date(2024, 3, 1), "2"),
    ]
    assert earned(CHAIN, FIRST, credits, as_of=LATER) == Decimal("1.5")
    assert earned(CHAIN, SECOND, credits, as_of=LATER) == Decimal(2)


def test_credit_counts_between_its_days() -> None:
    day = date(2023, 5, 5)
    returned = Credit(day, Decimal(1), day, counts_until=date(2023, 6, 1))
    determined = Credit(day, Decimal(3), counts_from=date(2023, 7, 1))
    both = [returned, determined]
    expected = {
        date(2023, 5, 4): 0,
        date(2023, 5, 5): 1,
        date(2023, 5, 31): 1,
        date(2023, 6, 1): 0,
        date(2023, 6, 30): 0,
        date(2023, 7, 1): 3,
    }
    for as_of, amount in expected.items():
        assert earned(CHAIN, FIRST, both, as_of=as_of) == amount


def test_a_cap_by_calendar_year() -> None:
    term = next_term(guild(), applied_on=date(2022, 7, 1), previous=None)
    credits = [
        credit(date(2022, 8, 1), "3", kind="office", approved=True),
        credit(date(2022, 7, 2), "3", kind="lamp_given"),
        credit(date(2023, 1, 1), "3", kind="office", approved=True),
        credit(date(2023, 1, 2), "9", kind="workshop", approved=True),
    ]
    found = totals([term], term, credits, as_of=LATER, caps=guild().caps)
    # 2022: 4 of 6, the approved ones first; 2023: 3 of 3; workshops have no cap.
    assert found == Totals(Decimal(16), Decimal(15))


def test_a_cap_by_term() -> None:
    term = next_term(guild(), applied_on=date(2022, 7, 1), previous=None)
    credits = [
        credit(date(2022, 8, 1), "2.5", kind="reading"),
        credit(date(2024, 1, 1), "2.5", kind="reading"),
    ]
    assert earned([term], term, credits, as_of=LATER, caps=guild().caps) == 3
    assert earned([term], term, credits, as_of=LATER) == 5


def test_a_cap_cuts_the_later_credit() -> None:
    term = next_term(guild(), applied_on=date(2022, 7, 1), previous=None)
    later = credit(date(2024, 1, 1), "2.5", kind="reading")
    earlier = credit(date(2022, 8, 1), "2.5", kind="reading")
    found = applied([term], term, [later, earlier], as_of=LATER, caps=guild().caps)
    assert found == [(earlier, Decimal("2.5")), (later, Decimal("0.5"))]


@given(lives())
def test_terms_share_out_what_counts_and_lose_nothing(life: Life) -> None:
    for day in life.days[::5]:
        found = sum(
            (earned(life.terms, t, life.credits, as_of=day) for t in life.terms),
            Decimal(0),
        )
        all_of_it = [
            each.credits
            for each in life.credits
            if each.counts_as_of(day) and term_of(life.terms, each.on)
        ]
        assert found == sum(all_of_it, Decimal(0))
        assert type(found) is Decimal


@given(st.lists(st.integers(0, 20), max_size=8), st.integers(1, 300))
def test_a_cap_is_never_passed_and_never_wastes_room(
    amounts: list[int], gap: int
) -> None:
    term = next_term(guild(), applied_on=date(2022, 1, 1), previous=None)
    credits = [
        credit(
            term.first_on + timedelta(days=gap * n % 700), str(amount), kind="reading"
        )
        for n, amount in enumerate(amounts)
    ]
    found = earned([term], term, credits, as_of=LATER, caps=guild().caps)
    assert found == min(Decimal(3), sum(amounts, Decimal(0)))
