"""A program that sends its order again while the first is still being placed."""

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
import time_machine
from django.db import connection

from billing.models import Order
from billing.services import place_order
from tests.api.asking import Api, problem, secret_of
from tests.api.contract import Answer
from tests.billing.money import prices
from tests.cast import NOW, full_cast

pytestmark = [
    pytest.mark.db,
    pytest.mark.race,
    pytest.mark.django_db(transaction=True),
]
TWO = {"lines": [{"offer": "renewals", "quantity": 2}]}
THREE = {"lines": [{"offer": "renewals", "quantity": 3}]}
LONG_ENOUGH = 20


class Held:
    """Placing an order, held at its beginning until it is let go."""

    def __init__(self) -> None:
        self.begun, self.go_on = Event(), Event()

    def __call__(self, **how: Any) -> Order:  # noqa: ANN401  (handed on)
        """Wait, then place it."""
        self.begun.set()
        assert self.go_on.wait(LONG_ENOUGH)
        return place_order(**how)


def test_the_second_waits_another_body_is_refused_and_then_it_is_said_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with time_machine.travel(NOW, tick=True):
        cast = full_cast()
        prices()
        api = Api("northside", secret_of(cast.northside, cast.alice))
        held = Held()
        monkeypatch.setattr("portal.api.orders.place_order", held)

        def first() -> Answer:
            try:
                return api.post("orders", TWO, key="one")
            finally:
                connection.close()

        with ThreadPoolExecutor(1) as pool:
            running = pool.submit(first)
            try:
                assert held.begun.wait(LONG_ENOUGH)
                waits = api.post("orders", TWO, key="one")
                other = api.post("orders", THREE, key="one")
                assert not Order.objects.exists()
            finally:
                held.go_on.set()
            placed = running.result(LONG_ENOUGH)
        again = api.post("orders", TWO, key="one")
        late = api.post("orders", THREE, key="one")

    problem(waits, 409, "idempotency-in-progress")
    assert waits.headers["Retry-After"] == "1"
    for refused in (other, late):
        problem(refused, 422, "idempotency-key-reused")
    assert placed.status_code == 201
    assert again.content == placed.content
    assert again.headers["Idempotent-Replayed"] == "true"
    order = Order.objects.get()
    assert json.loads(placed.content)["id"] == f"ord_{order.pk.hex}"
    assert order.lines.get().quantity == 2
