"""Prices published and orders placed, for the tests of money."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from uuid import uuid4

from accounts.models import Practice
from billing.models import Order, Payment
from billing.queries import Catalogue, catalogue_on
from billing.rules import Asked, priced
from billing.services import (
    PaymentFacts,
    Sale,
    place_order,
    record_payment,
)
from core.actor import Actor
from credentials.models import SeatPool
from credentials.services import publish_prices
from tests.cast import BODY, NOW, TESTER, TODAY, Cast

SELLER = "American College of Medical Scribe Specialists"


def prices() -> Catalogue:
    """Publish the packs' prices and give the body's of the day."""
    publish_prices(actor=TESTER, now=NOW)
    found = catalogue_on(BODY, TODAY)
    assert found is not None
    return found


def a_sale(asked: Mapping[str, int], *, on: date = TODAY) -> Sale:
    """What somebody asks for, at the day's prices."""
    catalogue = prices()
    wanted = [Asked(code, count) for code, count in asked.items()]
    lines = priced(wanted, catalogue.offers, catalogue.price_list.currency)
    return Sale(catalogue.price_list, on, lines, SELLER)


def an_order(
    practice: Practice,
    *,
    renewals: int = 2,
    key: str = "",
    actor: Actor = TESTER,
    today: date = TODAY,
    now: datetime = NOW,
) -> Order:
    """Renewals ordered by a practice, at $85.00 each."""
    return place_order(
        actor=actor,
        payer=practice,
        told="alice@alice-adams.example",
        sale=a_sale({"renewals": renewals}, on=today),
        form_key=key or uuid4().hex,
        today=today,
        now=now,
    )


def paid(
    order: Order,
    amount: str,
    *,
    method: Payment.Method = Payment.Method.PHONE,
    key: str = "",
    actor: Actor = TESTER,
    dated_on: date | None = None,
    today: date = TODAY,
) -> Payment:
    """A payment of so much, received today."""
    return record_payment(
        actor=actor,
        order=order,
        facts=PaymentFacts(method, Decimal(amount), today, dated_on, "1042"),
        key=key or uuid4().hex,
        today=today,
        now=NOW,
    )


def manager(cast: Cast, name: str = "mona") -> Actor:
    """A manager of the body, as who acts."""
    user = cast.user(name)
    return Actor(user.name, user_id=user.pk)


def available(practice: Practice, code: str = "renewals") -> int:
    """How many of a product a practice can assign."""
    pool = SeatPool.objects.filter(practice=practice, product__code=code).first()
    return pool.available if pool else 0
