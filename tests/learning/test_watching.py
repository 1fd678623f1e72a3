"""Stretches of a video, where to go on, and what evaluations say together."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.rules import (
    Leaf,
    Place,
    Spans,
    answers_kept,
    clock_words,
    coverage,
    joined,
    last_leaf,
    missing_leaves,
    next_leaf,
    problems_of_answers,
    read_second,
    read_spans,
    resume_at,
    summary,
)
from credentials.policy import Evaluation, policy_for
from tests.cast import TODAY

MINUTE = Decimal(60)
TWO = Decimal(2)
LEAVES = [Leaf("welcome"), Leaf("film", MINUTE), Leaf("end")]
SECONDS = st.decimals(min_value=0, max_value=70, places=2)


def spans(*pairs: tuple[float, float]) -> Spans:
    return tuple((Decimal(str(a)), Decimal(str(b))) for a, b in pairs)


def asked() -> Evaluation:
    rules = policy_for("mms", on=TODAY).courses
    assert rules is not None
    return rules.evaluation


def test_stretches_that_touch_are_one() -> None:
    found = joined(spans((10, 20), (0, 10), (15, 30), (40, 90), (5, 5)), seconds=MINUTE)
    assert found == spans((0, 30), (40, 60))


@given(st.lists(st.tuples(SECONDS, SECONDS), max_size=12))
def test_joining_again_changes_nothing_and_order_does_not_matter(
    pairs: list[tuple[Decimal, Decimal]],
) -> None:
    once = joined(pairs, seconds=MINUTE)
    assert joined(once, seconds=MINUTE) == once
    assert joined(list(reversed(pairs)), seconds=MINUTE) == once
    found = coverage(once, seconds=MINUTE, unwatched=TWO)
    holes = sum((last - first for first, last in found.holes), Decimal(0))
    assert found.seen + holes == MINUTE


def test_skipping_leaves_a_hole() -> None:
    found = coverage(spans((0, 10), (50, 60)), seconds=MINUTE, unwatched=TWO)
    assert (found.whole, found.holes) == (False, spans((10, 50)))
    assert coverage((), seconds=MINUTE, unwatched=TWO).holes == spans((0, 60))


@pytest.mark.parametrize(("last", "whole"), [(57.99, False), (58, True), (60, True)])
def test_a_few_seconds_may_be_missing(last: float, whole: bool) -> None:  # noqa: FBT001
    found = coverage(spans((0, last)), seconds=MINUTE, unwatched=TWO)
    assert found.whole is whole


@pytest.mark.parametrize(
    "value", [None, "x", 5, {}, [[1]], [[1, 2, 3]], [[True, 2]], [1]]
)
def test_what_is_no_stretch_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="pairs of seconds"):
        read_spans(value)


def test_stretches_beyond_number_are_refused() -> None:
    with pytest.raises(ValueError, match="pairs"):
        read_spans([[0, 1]] * 501)


@pytest.mark.parametrize("value", [None, True, "late", "NaN", float("inf"), []])
def test_what_is_no_second_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="as a number"):
        read_second(value)


def test_a_second_is_kept_in_hundredths_from_the_beginning_on() -> None:
    assert read_second(12.3456) == Decimal("12.35")
    assert read_second(-3) == 0
    assert read_second("7") == 7


@pytest.mark.parametrize(
    ("left", "place"),
    [
        (None, Place("welcome")),
        (Place("end", TWO), Place("end")),
        (Place("film", Decimal("31.5")), Place("film", Decimal("31.5"))),
        (Place("film", Decimal("58.5")), Place("film")),
        (Place("gone", TWO), Place("welcome")),
    ],
)
def test_one_goes_on_where_one_left(left: Place | None, place: Place) -> None:
    assert resume_at(LEAVES, left) == place


def test_pages_before_and_after() -> None:
    assert next_leaf(LEAVES, "welcome") == LEAVES[1]
    assert next_leaf(LEAVES, "end") is None
    assert last_leaf(LEAVES, "welcome") is None
    assert last_leaf(LEAVES, "end") == LEAVES[1]
    assert missing_leaves(LEAVES, {"film"}) == [LEAVES[0], LEAVES[2]]
    with pytest.raises(ValueError, match="without pages"):
        resume_at([], None)


@pytest.mark.parametrize(
    ("second", "words"), [(0, "0:00"), (65.9, "1:05"), (3725, "1:02:05")]
)
def test_a_place_in_words(second: float, words: str) -> None:
    assert clock_words(Decimal(str(second))) == words


def test_an_evaluation_needs_each_answer_of_the_scale() -> None:
    good = {"objectives": 5, "practice": 4, "bias": 3}
    assert problems_of_answers(asked(), good) == []
    wrong = {"objectives": 6, "practice": True, "better": "x" * 2001}
    codes = [code for code, _ in problems_of_answers(asked(), wrong)]
    assert codes == ["objectives", "practice", "bias", "better"]
    kept = answers_kept(asked(), {**good, "change": "  Rest \n more ", "better": ""})
    assert kept == {**good, "change": "Rest more"}


def rows(count: int) -> Sequence[dict[str, object]]:
    return [
        {"objectives": 1 + n % 5, "change": f"word {count - n}"} for n in range(count)
    ]


def test_fewer_than_five_are_not_shown() -> None:
    assert summary(asked(), rows(4)) is None
    found = summary(asked(), rows(7))
    assert found is not None
    assert found.count == 7
    assert found.scales[0].counts == (2, 2, 1, 1, 1)
    assert found.scales[1].total == 0
    assert found.words[0].texts == tuple(f"word {n}" for n in range(1, 8))
