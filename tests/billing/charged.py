"""An order and a card to charge it to, on the order's day; import the fixtures."""

from datetime import date

import pytest
import stripe

from billing.gateway import calls
from billing.models import Order, StoredCard
from tests.billing.money import an_order
from tests.billing.storing import stored
from tests.billing.stripe_fake import Far
from tests.cast import Cast

__all__ = ["card", "hurried", "order", "that_day"]


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calls, "TIMEOUT", (1.0, 0.5))
    monkeypatch.setattr(stripe.HTTPClient, "INITIAL_DELAY", 0.01)


@pytest.fixture(autouse=True)
def that_day(today: date) -> None:
    """Everything happens on the day the order was placed."""


@pytest.fixture
def order(cast: Cast) -> Order:
    """Two renewals, $170.00."""
    return an_order(cast.northside)


@pytest.fixture
def card(cast: Cast, far: Far) -> StoredCard:
    """Northside's card."""
    return stored(far, cast.northside)
