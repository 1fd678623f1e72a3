"""Prices, estimates, orders and payments over REST."""

import json
from collections.abc import Sequence

import pytest

from billing.models import Order
from tests.api.asking import Api, places, problem, secret_of
from tests.billing.money import an_order, available, paid, prices
from tests.cast import BODY, Cast
from tests.matrix.asking import checksum

TWO = {"lines": [{"offer": "renewals", "quantity": 2}]}
LINE = {
    "offer": "renewals",
    "name": "Renewal, one year",
    "quantity": 2,
    "unit": "85.00",
    "amount": "170.00",
    "explanation": "2 × $85.00 = $170.00 (A2)",
}


@pytest.fixture(autouse=True)
def on_sale(cast: Cast) -> None:
    """Publish the prices."""
    prices()


def test_what_is_for_sale_is_told_with_its_prices(api: Api) -> None:
    told = api.get("offers").json()
    assert [each["code"] for each in told["results"]] == [
        "renewals",
        "membership",
        "package",
        "mscat-manual",
        "hipaa",
        "mscat-assessment",
        "mscat-training",
        "specialty",
        "continuing-education",
    ]
    assert told["results"][0] == {
        "code": "renewals",
        "name": "Renewal, one year",
        "program": BODY,
        "currency": "USD",
        "products": ["renewals"],
        "breaks": [{"start": 1, "unit": "85.00"}],
        "rule": "A2",
        "note": "",
    }
    second = api.get("offers", program=BODY, page=2, page_size=1).json()
    assert [each["code"] for each in second["results"]] == ["membership"]
    assert second["count"] == 9


def test_an_estimate_is_worked_out_and_kept_nowhere(api: Api) -> None:
    before = checksum()
    # No key is needed: nothing happens.
    told = api.send("POST", "estimates", json.dumps(TWO).encode())
    assert told.status_code == 200
    body = told.json()
    assert (body["lines"], body["total"], body["currency"]) == ([LINE], "170.00", "USD")
    assert (body["priced_on"], body["valid_until"]) == ("2025-11-17", "2025-12-17")
    assert body["url"] == f"http://testserver/estimate/{body['id']}/"
    assert api.get(f"estimates/{body['id']}").json() == body
    assert checksum() == before


def test_an_estimate_that_was_changed_is_not_there(api: Api) -> None:
    found = api.post("estimates", TWO).json()["id"]
    for spoilt in (found[:-2], f"{found}A", "none", "."):
        problem(api.get(f"estimates/{spoilt}"), 404, "not-found")


def test_an_order_is_placed_and_awaits_payment(api: Api, cast: Cast) -> None:
    answer = api.post("orders", TWO)
    assert answer.status_code == 201
    told = answer.json()
    order = Order.objects.get()
    assert told["id"] == f"ord_{order.pk.hex}"
    assert told["state"] == "awaiting"
    assert told["lines"] == [LINE]
    assert (told["total"], told["paid"], told["rest"]) == ("170.00", "0.00", "170.00")
    assert (told["placed_on"], told["due_on"]) == ("2025-11-17", "2025-12-17")
    assert told["invoice"] == "ACMSS-2025-00001"
    assert order.told == cast.alice.email
    assert order.placed_by == "API token Payroll"
    assert api.get(f"orders/{told['id']}").json() == told


def test_an_estimate_is_ordered_at_its_prices(api: Api) -> None:
    estimate = api.post("estimates", TWO).json()["id"]
    told = api.post("orders", {"estimate": estimate}).json()
    assert told["lines"] == [LINE]


def test_the_same_key_orders_once_and_another_body_is_refused(api: Api) -> None:
    first, again = (api.post("orders", TWO, key="one") for _ in range(2))
    assert first.content == again.content
    assert again.headers["Idempotent-Replayed"] == "true"
    three = {"lines": [{"offer": "renewals", "quantity": 3}]}
    problem(api.post("orders", three, key="one"), 422, "idempotency-key-reused")
    assert Order.objects.count() == 1


def test_without_a_key_nothing_is_ordered(api: Api) -> None:
    problem(api.send("POST", "orders", b'{"lines": []}'), 400, "malformed")
    assert not Order.objects.exists()


def _lines(quantity: object, offer: str = "renewals") -> dict[str, object]:
    return {"lines": [{"offer": offer, "quantity": quantity}]}


ODD: Sequence[object] = (0, -1, 1.5, "2", 10_001, 10**30, None, True, [])


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({}, ["/lines"]),
        ({"lines": []}, ["/lines"]),
        ({**TWO, "estimate": "x"}, ["/lines"]),
        ({"estimate": "no.such"}, ["/estimate"]),
        ({"estimate": "x", "program": BODY}, ["/program"]),
        ({**TWO, "program": "nobody"}, ["/program"]),
        ({**TWO, "total": "1.00"}, ["/total"]),
        (_lines(1, "gold"), ["/lines/0/offer"]),
        ({"lines": TWO["lines"] * 2}, ["/lines/1/offer"]),
        *((_lines(each), ["/lines/0/quantity"]) for each in ODD),
    ],
)
def test_a_body_that_can_t_be_ordered_is_422_and_points_at_the_place(
    api: Api, body: object, where: list[str]
) -> None:
    said = problem(api.post("orders", body), 422, "validation-error")
    assert places(said) == where
    assert not Order.objects.exists()


def test_orders_are_listed_and_filtered(api: Api, cast: Cast) -> None:
    waits, done = an_order(cast.northside), an_order(cast.northside)
    paid(done, "170.00")
    an_order(cast.lakeview)
    assert api.get("orders").json()["count"] == 2
    found = api.get("orders", state="awaiting").json()["results"]
    assert [each["id"] for each in found] == [f"ord_{waits.pk.hex}"]
    first = api.get("orders", page_size=1).json()
    assert (len(first["results"]), first["count"]) == (1, 2)
    problem(api.get("orders", state="lost"), 400, "malformed")


def test_payments_are_told(api: Api, cast: Cast) -> None:
    order = an_order(cast.northside)
    payment = paid(order, "200.00")
    paid(an_order(cast.lakeview), "10.00")
    [told] = api.get("payments", order=f"ord_{order.pk.hex}").json()["results"]
    assert told == {
        "id": f"pay_{payment.pk.hex}",
        "order": f"ord_{order.pk.hex}",
        "method": "phone",
        "state": "settled",
        "amount": "200.00",
        "over": "30.00",
        "currency": "USD",
        "reference": "1042",
        "received_on": "2025-11-17",
        "counts_on": "2025-11-17",
    }
    assert api.get("payments").json()["count"] == 1
    assert available(cast.northside) == 2


def test_another_practices_order_is_answered_like_a_missing_one(
    api: Api, cast: Cast
) -> None:
    theirs = an_order(cast.lakeview)
    for spelled in (f"ord_{theirs.pk.hex}", "ord_x", f"pay_{theirs.pk.hex}"):
        problem(api.get(f"orders/{spelled}"), 404, "not-found")
    found = api.get("payments", order=f"ord_{theirs.pk.hex}").json()
    assert found["count"] == 0


def test_reading_is_not_ordering(cast: Cast, api: Api) -> None:
    reader = Api("northside", secret_of(cast.northside, cast.alice, ["orders:read"]))
    assert reader.get("orders").status_code == 200
    problem(reader.post("orders", TWO), 403, "forbidden")
    other = Api("northside", secret_of(cast.northside, cast.alice, ["members:read"]))
    for tail in ("offers", "orders", "payments"):
        problem(other.get(tail), 403, "forbidden")
    assert not Order.objects.exists()


def test_nobody_to_bill_orders_nothing(api: Api, cast: Cast) -> None:
    cast.northside.administrations.update(named=False)
    problem(api.post("orders", TWO), 409, "not-eligible")
    assert not Order.objects.exists()
