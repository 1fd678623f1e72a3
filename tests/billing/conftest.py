"""The far side of cards, for the tests of money."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.test import Client
from pytest_django import Settings

from billing.models import Order
from tests.billing.cards import cards, click
from tests.billing.money import an_order
from tests.billing.stripe_fake import Far
from tests.cast import Cast


@pytest.fixture
def far(settings: Settings) -> Iterator[Far]:
    """Cards are set up, against a far side of the test's own."""
    with cards(settings) as found:
        yield found


@pytest.fixture
def order(cast: Cast) -> Order:
    """Northside's order of $170.00."""
    return an_order(cast.northside)


@pytest.fixture
def session(
    order: Order, far: Far, signed_in: Callable[[str], Client], today: date
) -> str:
    """The page that Alice was sent to."""
    return click(signed_in("alice"), order)
