"""A12, A16: the whole dated timeline of a standing."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given

from credentials.policy import Policy, PolicyBook
from renewals.rules import (
    StandingFact,
    Term,
    fee_on,
    is_current,
    known_as_of,
    next_term,
    standing_on,
    standing_timeline,
)
from tests.rules.lives import Life, lives
from tests.rules.packs_of_tests import acmss, guild, load_bent

ONE_DAY = timedelta(days=1)
FIRST = next_term(acmss(), applied_on=date(2023, 12, 1), previous=None)


def test_nobody_without_a_membership_has_a_standing() -> None:
    timeline = standing_timeline(acmss(), [])
    assert timeline == (StandingFact(date.min, "none"),)
    assert standing_on(timeline, date(2025, 1, 1)) == "none"


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        (date(2023, 11, 30), "none"),
        (date(2023, 12, 1), "good"),
        (date(2024, 10, 31), "good"),
        (date(2024, 11, 1), "due"),
        (date(2024, 11, 30), "due"),
        (date(2024, 12, 1), "renew_now"),
        (date(2099, 1, 1), "renew_now"),
    ],
)
def test_one_term(day: date, standing: str) -> None:
    assert standing_on(standing_timeline(acmss(), [FIRST]), day) == standing


def test_an_early_renewal_is_good_at_once() -> None:
    second = next_term(acmss(), applied_on=date(2024, 11, 25), previous=FIRST)
    assert standing_timeline(acmss(), [FIRST, second]) == (
        StandingFact(date.min, "none"),
        StandingFact(date(2023, 12, 1), "good"),
        StandingFact(date(2024, 11, 1), "due"),
        StandingFact(date(2024, 11, 25), "good"),
        StandingFact(date(2025, 11, 1), "due"),
        StandingFact(date(2025, 12, 1), "renew_now"),
    )


def test_a_late_renewal_leaves_its_gap() -> None:
    second = next_term(acmss(), applied_on=date(2025, 1, 10), previous=FIRST)
    facts = standing_timeline(acmss(), [FIRST, second])[3:5]
    assert facts == (
        StandingFact(date(2024, 12, 1), "renew_now"),
        StandingFact(date(2025, 1, 10), "good"),
    )


def test_a_renewal_before_the_due_days_changes_nothing_at_once() -> None:
    second = next_term(acmss(), applied_on=date(2024, 6, 1), previous=FIRST)
    days = [fact.from_on for fact in standing_timeline(acmss(), [FIRST, second])]
    assert days[1:] == [date(2023, 12, 1), date(2025, 11, 1), date(2025, 12, 1)]


def test_a_term_recorded_after_it_began_stands_from_its_first_day() -> None:
    late = Term(FIRST.first_on, FIRST.last_on, applied_on=date(2024, 5, 5))
    assert standing_timeline(acmss(), [late]) == standing_timeline(acmss(), [FIRST])


def test_a_body_has_its_own_due_days() -> None:
    term = next_term(guild(), applied_on=date(2022, 1, 1), previous=None)
    timeline = standing_timeline(guild(), [term])
    assert timeline[2] == StandingFact(date(2023, 11, 2), "due")


def test_due_days_follow_the_pack_of_the_terms_last_day() -> None:
    book = load_bent(
        "acmss",
        {
            "effective = 2017-01-01": "effective = 2024-11-30",
            "[standing]\ndue_days = 30": "[standing]\ndue_days = 10",
        },
        beside=True,
    )
    second = next_term(acmss(), applied_on=date(2022, 5, 1), previous=None)
    assert _due_days(book, FIRST) == 10
    assert _due_days(book, second) == 30


def _due_days(book: PolicyBook, term: Term) -> int:
    def policy_on(day: date) -> Policy:
        return book.policy_for("acmss", on=day)

    facts = standing_timeline(policy_on, [term])
    due = next(fact.from_on for fact in facts if fact.standing == "due")
    return (term.renewal_on - due).days


@pytest.mark.parametrize(
    ("standing", "current"),
    [("none", False), ("good", True), ("due", True), ("renew_now", False)],
)
def test_the_public_sees_good_standing_until_the_renewal_date(
    standing: str, *, current: bool
) -> None:
    assert is_current(standing) is current


def test_the_fee_is_asked_from_the_first_membership_on() -> None:
    assert fee_on(acmss(), [FIRST], date(2023, 11, 30)) is None
    assert str(fee_on(acmss(), [FIRST], date(2023, 12, 1))) == "85.00"
    assert str(fee_on(acmss(), [FIRST], date(2040, 1, 1))) == "85.00"
    assert fee_on(acmss(), [], date(2040, 1, 1)) is None


@given(lives())
def test_timelines_rise_leave_no_gap_and_repeat_nothing(life: Life) -> None:
    timeline = standing_timeline(life.policy, life.terms)
    assert timeline[0] == StandingFact(date.min, "none")
    for before, fact in pairwise(timeline):
        assert before.from_on < fact.from_on
        assert before.standing != fact.standing


@given(lives())
def test_a_timeline_says_what_the_dates_of_each_day_say(life: Life) -> None:
    timeline = standing_timeline(life.policy, life.terms)
    for day in life.days:
        assert standing_on(timeline, day) == _by_hand(life, day)


def _by_hand(life: Life, day: date) -> str:
    """A12 word for word, for one day."""
    known = known_as_of(life.terms, day)
    if not known:
        return "none"
    left = (known[-1].renewal_on - day).days
    if left <= 0:
        return "renew_now"
    return "due" if left <= 30 else "good"


@given(lives())
def test_what_was_said_of_a_past_day_stays_said(life: Life) -> None:
    whole = standing_timeline(life.policy, life.terms)
    for day in life.days:
        then = standing_timeline(life.policy, known_as_of(life.terms, day))
        assert standing_on(then, day) == standing_on(whole, day)
