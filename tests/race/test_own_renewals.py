"""A member who orders and pays their renewal in many windows gets it once."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import Sponsorship
from billing.models import Invoice, Order
from billing.queries import money_faults
from core.models import OutboxMessage
from credentials.models import Window
from tests.billing.money import prices
from tests.cast import TODAY, Cast
from tests.race.hands import Hand, at_once, send_all, statuses
from tests.race.money import pays

pytestmark = [pytest.mark.race, pytest.mark.db]
Browsers = Callable[[str, int], list[Client]]


def test_eight_windows_make_one_order_and_one_term(
    cast: Cast, server: str, browsers: Browsers
) -> None:
    prices()
    Sponsorship.objects.filter(member=cast.bob).update(until_on=TODAY)
    hands = [Hand(each, "/me/renew/", {}) for each in browsers("bob", 8)]
    assert statuses(send_all(server, hands)) == {302: 8}
    order = Order.objects.get()
    assert Invoice.objects.count() == 1

    # Staff record the same money eight times: one settles it, the rest is refused.
    heard = at_once([pays(order, "85.00") for _ in range(8)])
    assert heard.count("") == 1
    order.refresh_from_db()
    assert order.state == "fulfilled"
    assert Window.objects.filter(member=cast.bob).count() == 2
    assert OutboxMessage.objects.filter(kind="renewed").count() == 3
    assert money_faults() == []
