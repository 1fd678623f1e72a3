"""A draw: in proportion, by the seed alone, and the same again."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ce_credits.rules import (
    SampleError,
    Size,
    check_size,
    draw_sample,
    population_hash,
    size_of,
)
from ce_credits.rules.sampling import shares

STRATA = st.dictionaries(
    st.sampled_from(["webinar", "call", "teaching", "course"]),
    st.lists(st.uuids(), max_size=30, unique=True),
    max_size=4,
)


@given(STRATA, st.text(max_size=10), st.data())
def test_a_draw_is_of_its_population_in_proportion_and_the_same_again(
    strata: dict[str, list[UUID]], seed: str, data: st.DataObject
) -> None:
    total = sum(len(ids) for ids in strata.values())
    size = data.draw(st.integers(0, total))
    turned = {name: ids[::-1] for name, ids in reversed(strata.items())}
    drawn = draw_sample(strata, size=size, seed=seed)
    assert drawn == draw_sample(turned, size=size, seed=seed)
    assert len(drawn) == size
    places = shares({name: len(ids) for name, ids in strata.items()}, size)
    for name, ids in strata.items():
        exact = len(ids) * size / total if total else 0
        assert abs(places[name] - exact) < 1
        assert places[name] <= len(ids)


@given(STRATA)
def test_a_populations_hash_knows_no_order(strata: dict[str, list[UUID]]) -> None:
    turned = {name: ids[::-1] for name, ids in reversed(strata.items())}
    assert population_hash(strata) == population_hash(turned)


def test_a_known_seed_draws_a_known_sample() -> None:
    ids = [UUID(int=number) for number in range(10)]
    drawn = draw_sample({"webinar": ids}, size=3, seed="17")
    assert [each.int for each in drawn] == [2, 3, 8]
    assert draw_sample({"webinar": ids}, size=3, seed="18") != drawn


def test_places_go_to_the_largest_remainders() -> None:
    assert shares({"a": 5, "b": 3, "c": 2}, 4) == {"a": 2, "b": 1, "c": 1}
    assert shares({"a": 1, "b": 1}, 1) == {"a": 1, "b": 0}
    with pytest.raises(ValueError, match="more places"):
        shares({"a": 1}, 2)


@pytest.mark.parametrize(
    ("percent", "population", "size"), [(1, 1, 1), (5, 41, 3), (100, 7, 7), (10, 50, 5)]
)
def test_a_percentage_is_rounded_up(percent: int, population: int, size: int) -> None:
    assert size_of(Size(percent=percent), population) == size


@pytest.mark.parametrize(
    ("size", "field"),
    [
        (Size(), "number"),
        (Size(3, 5), "percent"),
        (Size(percent=0), "percent"),
        (Size(percent=101), "percent"),
        (Size(number=0), "number"),
    ],
)
def test_what_is_no_sample_says_which_value(size: Size, field: str) -> None:
    with pytest.raises(SampleError) as said:
        check_size(size)
    assert said.value.field == field


def test_an_empty_population_and_too_few_say_so() -> None:
    with pytest.raises(SampleError, match="Nothing was submitted"):
        size_of(Size(percent=5), 0)
    with pytest.raises(SampleError, match="Only 2 can be drawn"):
        size_of(Size(number=3), 2)
