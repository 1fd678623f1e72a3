"""M8, M11, M13: what a registration asks, and hours that count for one thing alone."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ce_credits.rules import Credit
from credentials.policy import PolicyError, Relicensure, policy_for
from renewals.rules.licences import (
    Licensed,
    Offer,
    allocate,
    enough,
    fewest,
    relicensing,
    shortest,
)
from tests.rules.packs_of_tests import DAY, load_bent

CODES = ("a", "b", "c")
APART = """[relicensure.retired]"""
Shares = Sequence[tuple[int, frozenset[str]]]
credits_of_some = st.lists(
    st.tuples(st.integers(1, 3), st.frozensets(st.sampled_from(CODES))), max_size=4
)
needs_of_some = st.dictionaries(st.sampled_from(CODES), st.integers(0, 4))


def tried_one_by_one(credits: Shares, needs: Mapping[str, int]) -> int:
    """Give each hour, one by one, to each requirement it fits, and keep the best."""
    hours = [fits & needs.keys() for amount, fits in credits for _ in range(amount)]

    def met(chosen: Sequence[str | None]) -> int:
        return sum(min(need, chosen.count(code)) for code, need in needs.items())

    choices: Iterator[Sequence[str | None]] = product(
        *[(*fits, None) for fits in hours]
    )
    return max(met(chosen) for chosen in choices)


@given(credits_of_some, needs_of_some)
def test_no_other_allocation_meets_more(credits: Shares, needs: dict[str, int]) -> None:
    shares = allocate(
        [(Decimal(amount), fits) for amount, fits in credits],
        {code: Decimal(need) for code, need in needs.items()},
    )
    assert sum(each.credits for each in shares) == tried_one_by_one(credits, needs)
    for place, (amount, fits) in enumerate(credits):
        mine = [each for each in shares if each.credit == place]
        assert sum(each.credits for each in mine) <= amount
        assert {each.requirement for each in mine} <= fits
    for code, need in needs.items():
        assert sum(s.credits for s in shares if s.requirement == code) <= need


def test_a_credit_is_parted_where_that_alone_meets_everything() -> None:
    both = frozenset({"a", "b"})
    shares = allocate([(Decimal("1.5"), both)], {"a": Decimal(1), "b": Decimal("0.5")})
    assert {each.requirement: each.credits for each in shares} == {
        "a": Decimal(1),
        "b": Decimal("0.5"),
    }


@cache
def apart() -> Relicensure:
    """The society's pack, if risk management and pain management stood apart."""
    text = (
        "[[relicensure.apart]]\n"
        'requirements = ["risk_management", "pain_management"]\n'
        'rule = "M8"\nsource = "ours"\nruling = true\nsentence = "Of a test."\n\n'
    )
    book = load_bent("mms", {APART: text + APART})
    found = book.policy_for("mms", on=DAY).relicensure
    assert found is not None
    return found


def credit(amount: str, *topics: str, on: date = DAY) -> Credit:
    return Credit(on, Decimal(amount), on, topics=topics)


def test_hours_that_stand_apart_count_for_one_requirement_alone() -> None:
    both = credit("3", "pain_management", "risk_management")
    shared = policy_for("mms", on=DAY).relicensure
    assert shared is not None
    for rules, missing in ((shared, ("7", "0")), (apart(), ("10", "0"))):
        found = {
            each.code: each
            for each in relicensing(rules, Licensed(), [both], as_of=DAY).asked
        }
        left = (found["risk_management"].missing, found["pain_management"].missing)
        total = sum(left, Decimal(0))
        assert total == sum(map(Decimal, missing), Decimal(0))
    asked = relicensing(
        apart(),
        Licensed(),
        [both, credit("10", "risk_management")],
        as_of=DAY,
    )
    assert not {"risk_management", "pain_management"} & asked.missing.keys()
    assert asked.earned == 13


def test_a_requirement_that_stands_apart_from_itself_is_refused() -> None:
    text = (
        "[[relicensure.apart]]\n"
        'requirements = ["pain_management", "pain_management"]\n'
        'rule = "M8"\nsource = "S3"\n\n'
    )
    with pytest.raises(PolicyError, match="must name two or more"):
        load_bent("mms", {APART: text + APART})


def offer(code: str, credits: str, *requirements: str) -> Offer:
    return Offer(
        code, Decimal(credits), frozenset(requirements), once=frozenset({"ehr"})
    )


def test_the_fewest_activities_that_bring_what_is_missing_are_named() -> None:
    missing = {"risk": Decimal(7), "ehr": Decimal(1)}
    offers = [
        offer("one", "0.5", "ehr"),
        offer("two", "4", "risk"),
        offer("three", "3", "risk", "ehr"),
        offer("four", "4", "other"),
    ]
    chosen = fewest(offers, lambda some: enough(some, missing))
    assert [each.code for each in chosen] == ["two", "three"]
    assert fewest(offers[:2], lambda some: enough(some, missing)) == ()
    assert fewest(offers, lambda some: enough(some, {})) == ()


@pytest.mark.parametrize("seed", range(8))
def test_of_many_different_activities_no_fewer_would_do(seed: int) -> None:
    some = random.Random(seed)  # noqa: S311 - the same ones each time
    topics = ("risk", "pain", "ehr", "abuse", "bias")
    once = frozenset(topics[2:])
    missing = {"risk": Decimal(5), "pain": Decimal(3)} | dict.fromkeys(once, Decimal(1))
    offers = [
        Offer(str(number), Decimal(some.randint(1, 6)), fits, once=fits & once)
        for number in range(60)
        if (fits := frozenset(some.sample(topics, some.choice((1, 1, 1, 2, 2, 3)))))
    ]
    chosen = fewest(offers, lambda some: enough(some, missing))
    assert 2 <= len(chosen) <= 3
    assert not enough(chosen, missing)
    fewer = combinations(offers, len(chosen) - 1)
    assert all(enough(each, missing) for each in fewer)


def test_many_small_activities_are_named_one_by_one() -> None:
    missing = {"risk": Decimal(10)}
    offers = [offer(f"hour {number}", "1", "risk") for number in range(12)]
    assert len(fewest(offers, lambda some: enough(some, missing))) == 10


some_offers = st.lists(
    st.tuples(st.integers(1, 3), st.frozensets(st.sampled_from(("risk", "pain")))),
    max_size=4,
)


@given(some_offers, some_offers, st.integers(0, 3), st.integers(0, 3))
def test_where_hours_stand_apart_no_fewer_activities_bring_it_all(
    there: Shares, offered: Shares, risk: int, pain: int
) -> None:
    rules = needing(risk, pain)
    credits = [credit(str(much), *topics(fits)) for much, fits in there]
    offers = [
        Offer(str(place), Decimal(much), frozenset(topics(fits)))
        for place, (much, fits) in enumerate(offered)
    ]
    missing = relicensing(rules, Licensed(), credits, as_of=DAY).missing
    found = shortest(rules, credits, only_apart(missing), offers)
    met = [
        count
        for count in range(len(offers) + 1)
        for some in combinations(offered, count)
        if every_split_tried([*there, *some], risk, pain)
    ]
    if every_split_tried(there, risk, pain) or not met:
        assert found == ()
        return
    assert len(found) == min(met)
    brought = [offered[int(each.code)] for each in found]
    assert every_split_tried([*there, *brought], risk, pain)


def every_split_tried(credits: Shares, risk: int, pain: int) -> bool:
    """Give each number of the hours that fit both to the one, the rest to the other."""
    both = sum(much for much, fits in credits if len(fits) > 1)
    alone = {
        code: sum(much for much, fits in credits if fits == {code})
        for code in ("risk", "pain")
    }
    return any(
        alone["risk"] + given >= risk and alone["pain"] + both - given >= pain
        for given in range(both + 1)
    )


def topics(short: frozenset[str]) -> list[str]:
    """The society's codes of what a test calls risk and pain."""
    return sorted(f"{each}_management" for each in short)


def only_apart(missing: Mapping[str, Decimal]) -> Mapping[str, Decimal]:
    """What is missing of the two that stand apart."""
    return {
        code: need for code, need in missing.items() if code.endswith("_management")
    }


def needing(risk: int, pain: int) -> Relicensure:
    """The pack of `apart`, that asks so many hours of each."""
    found = apart()
    needs = {"risk_management": Decimal(risk), "pain_management": Decimal(pain)}
    asked = tuple(
        replace(each, need=needs[each.code], topics=(each.code,))
        for each in found.requirements
        if each.code in needs
    )
    return replace(found, requirements=asked)


def test_an_offer_that_frees_an_hour_for_another_is_the_way() -> None:
    rules = needing(3, 2)
    both = credit("3", "risk_management", "pain_management")
    found = relicensing(rules, Licensed(), [both], as_of=DAY)
    pain = Offer("pain", Decimal(2), frozenset({"pain_management"}))
    assert shortest(rules, [both], found.missing, [pain]) == (pain,)
    assert shortest(rules, [both], found.missing, []) == ()


def test_of_many_taken_one_by_one_none_can_be_left_out() -> None:
    missing = {"risk": Decimal(5), "ehr": Decimal(5)}
    offers = [
        Offer("most", Decimal(2), frozenset({"risk", "ehr"})),
        *(Offer(f"r{each}", Decimal(1), frozenset({"risk"})) for each in range(5)),
        *(Offer(f"e{each}", Decimal(1), frozenset({"ehr"})) for each in range(5)),
    ]

    def meets(some: Sequence[Offer]) -> bool:
        return not enough(some, missing)

    chosen = fewest(offers, lambda some: enough(some, missing))
    assert meets(chosen)
    assert not any(
        meets([other for other in chosen if other is not each]) for each in chosen
    )
