"""Whatever is ordered, paid, cancelled and given back: lines = total = journal.

A plain model, of numbers alone, says what every account must hold.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.billing.books import GRANTS, Books, Breaks
from tests.billing.money import available
from tests.cast import Cast
from tests.matrix.asking import undone

pytestmark = pytest.mark.db

cents = st.integers(0, 9_999).map(lambda each: Decimal(each) / 100)


@st.composite
def breaks(draw: st.DrawFn) -> Breaks:
    """Breaks from 1 on, rising in number and falling in price."""
    starts = sorted({1, *draw(st.sets(st.integers(2, 40), max_size=3))})
    units = sorted((draw(cents) for _ in starts), reverse=True)
    return list(zip(starts, units, strict=True))


asks = st.dictionaries(
    st.sampled_from(sorted(GRANTS)), st.integers(0, 60), min_size=1, max_size=3
)
acts = st.one_of(
    st.tuples(st.just("place"), asks),
    st.tuples(
        st.just("pay"), st.integers(0, 3), st.integers(1, 400_000), st.booleans()
    ),
    st.tuples(st.just("rest"), st.integers(0, 3), st.sampled_from([-1, 0, 1])),
    st.tuples(st.just("credit"), st.integers(0, 3)),
    st.tuples(st.just("cancel"), st.integers(0, 3)),
    st.tuples(
        st.just("refund"),
        st.integers(0, 3),
        st.lists(st.integers(0, 60), min_size=3, max_size=3),
        st.booleans(),
    ),
)


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
@given(
    offers=st.fixed_dictionaries({code: breaks() for code in GRANTS}),
    first=asks,
    story=st.lists(acts, max_size=14),
)
def test_the_books_are_as_a_plain_model_says(
    cast: Cast,
    offers: Mapping[str, Breaks],
    first: Mapping[str, int],
    story: Sequence[tuple[object, ...]],
) -> None:
    with undone():
        books = Books(cast, offers, seats=available(cast.northside))
        books.do("place", first)
        for name, *rest in story:
            books.do(str(name), *rest)
        books.check()
