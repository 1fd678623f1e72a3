"""The ledger's lines always add up to its counter, and the database sees to it."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F, Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Member, Practice
from core.failures import Refusal
from credentials.models import Assignment, Product, SeatEntry, SeatPool
from credentials.services import Pick, assign, grant_seats
from tests.cast import NOW, TESTER, TODAY, Cast, a_member, seats
from tests.matrix.asking import undone

pytestmark = pytest.mark.db
PEOPLE = 4
KEYS = st.sampled_from(["one", "two", "three", ""])


@dataclass(frozen=True)
class Grant:
    """Staff add seats; a key that was used before is a form sent twice."""

    product: str
    count: int
    key: str


@dataclass(frozen=True)
class Press:
    """An administrator assigns; the numbers say to whom."""

    product: str
    people: frozenset[int]
    key: str


PRODUCTS = st.sampled_from(["renewals", "membership"])
STEPS = st.lists(
    st.one_of(
        st.builds(Grant, PRODUCTS, st.integers(-1, 5), KEYS),
        st.builds(
            Press,
            PRODUCTS,
            st.frozensets(st.integers(0, PEOPLE - 1), max_size=PEOPLE),
            KEYS,
        ),
    ),
    max_size=12,
)


@dataclass(frozen=True)
class Life:
    """A practice with its people, and what may happen to its seats."""

    practice: Practice
    products: dict[str, Product]
    people: list[Member]

    def step(self, number: int, step: Grant | Press) -> None:
        """Do one thing, a year after the one before; a refusal is an answer."""
        product, key = self.products[step.product], step.key or uuid4().hex
        if isinstance(step, Grant):
            grant_seats(
                actor=TESTER,
                practice=self.practice,
                product=product,
                count=step.count,
                reason="for a test",
                key=key,
                now=NOW,
            )
            return
        assign(
            actor=TESTER,
            practice=self.practice,
            product=product,
            picks=[Pick(self.people[place].pk) for place in step.people],
            form_key=key,
            today=TODAY + timedelta(days=366 * number),
            now=NOW,
        )

    def check(self) -> None:
        """Hold every pool against its lines and against what was assigned."""
        for pool in SeatPool.objects.of(self.practice):
            lines = SeatEntry.objects.filter(pool=pool)
            sum_ = lines.aggregate(sum=Sum("delta"))["sum"] or 0
            given_ = lines.filter(delta__gt=0).aggregate(sum=Sum("delta"))["sum"] or 0
            held = Assignment.objects.of(self.practice).filter(product=pool.product)
            assert 0 <= pool.used <= pool.granted
            assert pool.available == sum_
            assert pool.granted == given_
            assert pool.used == held.count()


@pytest.fixture
def life(cast: Cast) -> Life:
    """Northside with some people, of whom Bob is a member already."""
    others = [a_member(f"Pat Number{place}", cast.northside) for place in range(3)]
    products = {"renewals": cast.renewals, "membership": cast.membership}
    return Life(cast.northside, products, [cast.bob, *others])


def lived(life: Life, steps: list[Grant | Press]) -> None:
    """Go through the steps, and check after each."""
    with undone():
        for number, step in enumerate(steps):
            with suppress(Refusal):
                life.step(number, step)
            life.check()


RANDOM = settings(
    deadline=None,
    max_examples=200,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@RANDOM
@given(steps=STEPS)
def test_whatever_happens_the_lines_add_up(
    life: Life, steps: list[Grant | Press]
) -> None:
    lived(life, steps)


@pytest.mark.drill
@settings(RANDOM, max_examples=2_000)
@given(steps=STEPS)
def test_the_lines_add_up_for_long(life: Life, steps: list[Grant | Press]) -> None:
    lived(life, steps)


def test_the_random_steps_reach_what_matters(life: Life) -> None:
    steps: list[Grant | Press] = [
        Grant("renewals", 2, "one"),
        Grant("renewals", 2, "one"),
        Grant("membership", 5, ""),
        Press("membership", frozenset({1, 2}), "one"),
        Press("renewals", frozenset({0, 1, 2}), ""),
        Press("renewals", frozenset({0, 1}), "two"),
        Press("renewals", frozenset({0, 1}), "two"),
    ]
    with undone():
        for number, step in enumerate(steps):
            with suppress(Refusal):
                life.step(number, step)
            life.check()
        pools = SeatPool.objects.of(life.practice)
        found = {pool.product.code: (pool.granted, pool.used) for pool in pools}
    # One renewal too few for three people; each form sent twice counts once.
    assert found == {"renewals": (2, 2), "membership": (6, 3)}


@pytest.mark.parametrize(
    "around",
    [
        lambda pools: pools.update(used=F("granted") + 1),
        lambda pools: pools.update(granted=F("used") - 1),
        lambda pools: pools.update(used=-1),
        lambda pools: pools.update(granted=0),
    ],
    ids=["one too many", "taken away", "less than none", "emptied"],
)
def test_no_way_round_the_code_takes_more_than_there_is(
    cast: Cast, around: Callable[..., object]
) -> None:
    seats(cast.northside, cast.renewals, 3)
    pools = SeatPool.objects.filter(practice=cast.northside)
    pools.update(used=F("granted"))
    before = list(pools.order_by("pk").values())
    with pytest.raises(IntegrityError), transaction.atomic():
        around(pools)
    assert list(pools.order_by("pk").values()) == before


def test_no_way_round_the_code_changes_a_line(cast: Cast) -> None:
    seats(cast.northside, cast.renewals, 3)
    lines = SeatEntry.objects.filter(pool__practice=cast.northside)
    before = list(lines.order_by("pk").values())
    with pytest.raises(IntegrityError), transaction.atomic():
        lines.update(delta=99)
    line = lines[0]
    line.delta = 99
    with pytest.raises(IntegrityError), transaction.atomic():
        line.save()
    assert list(lines.order_by("pk").values()) == before


def test_a_pool_there_is_one_of(cast: Cast) -> None:
    seats(cast.northside, cast.renewals, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        SeatPool.objects.create(practice=cast.northside, product=cast.renewals)
