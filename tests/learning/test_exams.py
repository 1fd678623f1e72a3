"""An exam is drawn by its seed, marked unrounded, and ends by the clock (A14)."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.rules import (
    Asked,
    Bank,
    Option,
    Question,
    Sheet,
    TooFewQuestionsError,
    draw_sheet,
    ends_at,
    is_open,
    mark_sheet,
    next_try_on,
    percent_words,
)

EIGHTY = Decimal(80)
TOPICS = (("oil", "Oil"), ("wick", "Wick"))


YES, NO = Option("yes", right=True), Option("no", right=False)
# Worked out with sha256sum, not with the rule.
LAMP = [("oil-2", (2, 1, 0)), ("wick-0", (1, 0, 2)), ("oil-1", (2, 1, 0))]
MAYBE = Option("maybe", right=False)


def made_of(questions: tuple[Question, ...]) -> Bank:
    return Bank("guild", "", "Guild", True, TOPICS, questions, "0")  # noqa: FBT003 - a sample


def a_bank(oil: int, wick: int) -> Bank:
    """Questions whose first option is right, so many about each topic."""
    counts = {"oil": oil, "wick": wick}
    questions = tuple(
        Question(
            f"{topic}-{number}",
            topic,
            f"{topic} {number}?",
            (YES, NO, MAYBE),
            "so",
        )
        for topic, count in counts.items()
        for number in range(count)
    )
    return made_of(questions)


def all_of(bank: Bank) -> Sheet:
    places = (0, 1, 2)
    return Sheet(tuple(Asked(each.code, places) for each in bank.questions))


def answered(bank: Bank, right: int) -> dict[str, frozenset[int]]:
    """The first so many right, the rest wrong."""
    return {
        each.code: frozenset({0 if number < right else 1})
        for number, each in enumerate(bank.questions)
    }


@given(st.integers(1, 30), st.integers(1, 30), st.text(max_size=20), st.data())
def test_a_draw_is_in_proportion_without_doubles_and_the_same_again(
    oil: int, wick: int, seed: str, data: st.DataObject
) -> None:
    bank = a_bank(oil, wick)
    number = data.draw(st.integers(1, oil + wick))
    sheet = draw_sheet(bank, number=number, seed=seed)
    codes = [each.code for each in sheet.asked]
    assert len(set(codes)) == len(codes) == number
    drawn = Counter(code.split("-")[0] for code in codes)
    for topic, count in (("oil", oil), ("wick", wick)):
        assert abs(drawn[topic] - number * count / (oil + wick)) < 1
    assert all(sorted(each.options) == [0, 1, 2] for each in sheet.asked)
    turned = made_of(bank.questions[::-1])
    assert draw_sheet(turned, number=number, seed=seed) == sheet


def test_another_seed_asks_something_else_in_another_order() -> None:
    bank = a_bank(20, 20)
    sheets = {draw_sheet(bank, number=20, seed=str(each)) for each in range(20)}
    assert len(sheets) == 20
    assert len({frozenset(each.code for each in one.asked) for one in sheets}) == 20
    assert len({one.asked[0].options for one in sheets}) > 1


def test_what_a_seed_draws_stays_so() -> None:
    sheet = draw_sheet(a_bank(4, 3), number=3, seed="lamp")
    assert [(each.code, each.options) for each in sheet.asked] == LAMP


def test_a_bank_that_is_too_small_is_refused_and_says_so() -> None:
    with pytest.raises(TooFewQuestionsError, match="Guild: 4 are drawn of 3 questions"):
        draw_sheet(a_bank(2, 1), number=4, seed="x")


@pytest.mark.parametrize(
    ("right", "asked", "passed", "words"),
    [
        (20, 25, True, "80 %"),
        (19, 25, False, "76 %"),
        (7999, 10000, False, "79.99 %"),
        (8000, 10000, True, "80 %"),
        (79999, 100000, False, "79.99 %"),
        (2, 3, False, "66.66 %"),
        (0, 3, False, "0 %"),
        (3, 3, True, "100 %"),
    ],
)
def test_eighty_percent_pass_and_a_hair_less_does_not(
    right: int, asked: int, *, passed: bool, words: str
) -> None:
    bank = a_bank(asked, 0) if asked < 100 else None
    if bank:
        mark = mark_sheet(bank, all_of(bank), answered(bank, right), EIGHTY)
        assert (mark.right, mark.asked, mark.passed) == (right, asked, passed)
    assert percent_words(right, asked) == words
    assert (right * 100 >= EIGHTY * asked) is passed


def test_seven_thousand_nine_hundred_ninety_nine_of_ten_thousand_fail() -> None:
    bank = a_bank(10_000, 0)
    sheet = all_of(bank)
    by_code = {each.code: each for each in bank.questions}
    assert len(by_code) == 10_000
    for right, passed in ((7_999, False), (8_000, True)):
        mark = mark_sheet(bank, sheet, answered(bank, right), EIGHTY)
        assert mark.passed is passed


def test_no_answer_is_wrong_and_what_was_not_asked_counts_nothing() -> None:
    bank = a_bank(3, 2)
    sheet = Sheet(all_of(bank).asked[:4])
    answers = answered(bank, 5)
    del answers["oil-0"]
    mark = mark_sheet(bank, sheet, answers, EIGHTY)
    assert (mark.right, mark.asked, mark.passed) == (3, 4, False)


def test_every_right_option_and_no_other_makes_a_question_right() -> None:
    options = (YES, Option("also", right=True), NO)
    question = Question("q", "oil", "Which? Choose all that apply.", options, "so")
    bank = made_of((question,))
    assert question.several
    sheet = Sheet((Asked("q", (2, 1, 0)),))
    for chosen, right in (({0, 1}, 1), ({0}, 0), ({0, 1, 2}, 0), (set(), 0)):
        answers = {"q": frozenset(chosen)}
        assert mark_sheet(bank, sheet, answers, EIGHTY).right == right


def test_weak_topics_come_weakest_first() -> None:
    bank = a_bank(4, 4)
    answers = answered(bank, 3)
    mark = mark_sheet(bank, all_of(bank), answers, EIGHTY)
    assert [(each.topic, each.right, each.asked) for each in mark.weak] == [
        ("wick", 0, 4),
        ("oil", 3, 4),
    ]
    whole = mark_sheet(bank, all_of(bank), answered(bank, 8), EIGHTY)
    assert whole.weak == ()


def test_nothing_asked_has_no_percentage() -> None:
    with pytest.raises(ValueError, match="nothing was asked"):
        percent_words(0, 0)


def test_an_attempt_ends_to_the_second_and_extended_time_is_added() -> None:
    started = datetime(2025, 11, 17, 12, 0, 1, tzinfo=UTC)
    ends = ends_at(started, 45)
    assert ends == datetime(2025, 11, 17, 12, 45, 1, tzinfo=UTC)
    assert is_open(ends, ends)
    assert not is_open(ends + timedelta(microseconds=1), ends)
    assert ends_at(started, 45, extended=50) - started == timedelta(minutes=67.5)


def test_the_next_try_comes_after_the_days_between() -> None:
    assert next_try_on(date(2025, 11, 17), 1) == date(2025, 11, 18)
    assert next_try_on(date(2025, 11, 17), 0) == date(2025, 11, 17)
