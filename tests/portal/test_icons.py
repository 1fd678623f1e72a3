"""A hundred people's icons are put in words once where they are alike."""

from collections.abc import Sequence
from datetime import date
from uuid import uuid4

import pytest

from credentials.models import Assignment, Product
from portal.queries.shown import Icons, quality

MEMBERSHIP = Product(
    id=uuid4(), code="membership", label="Membership", kind=Product.Kind.MEMBERSHIP
)
HIPAA = Product(
    id=uuid4(), code="hipaa", label="HIPAA for Scribes", kind=Product.Kind.COURSE
)
PRODUCTS = [MEMBERSHIP, HIPAA]
DAY = date(2027, 5, 31)


def given(product: Product, state: Assignment.State) -> Assignment:
    """Something that was assigned, as the page reads it."""
    return Assignment(id=uuid4(), product_id=product.pk, state=state)


STARTED = given(HIPAA, Assignment.State.STARTED)
FAILED = given(HIPAA, Assignment.State.FAILED)


@pytest.mark.parametrize("held", [(), (STARTED,), (FAILED, STARTED)])
@pytest.mark.parametrize("standing", ["good", "renew_now", None])
@pytest.mark.parametrize("last_on", [DAY, None])
def test_whoever_is_like_somebody_before_shows_their_own_icons(
    last_on: date | None, standing: str | None, held: Sequence[Assignment]
) -> None:
    """Whatever was shown before: somebody with nothing, and with something else."""
    icons = Icons(PRODUCTS)
    icons.of(last_on, standing, ())
    icons.of(last_on, standing, [given(HIPAA, Assignment.State.COMPLETE)])
    icons.of(date(2026, 1, 31), "due", ())
    shown = icons.of(last_on, standing, held)
    assert list(shown) == [quality(of, last_on, standing, held) for of in PRODUCTS]
