"""What a body's staff type about orders, and where."""

from typing import TYPE_CHECKING

from django.test import Client

from billing.models import Order, Payment
from tests.portal.reading import Page

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

ORDERS = "/staff/acmss/orders/"
CHEQUE = {
    "method": "cheque",
    "amount": "170.00",
    "reference": "1042",
    "dated_on": "2025-11-12",
    "received_on": "2025-11-17",
}
PHONE = {
    "method": "phone",
    "amount": "170.00",
    "reference": "",
    "dated_on": "",
    "received_on": "2025-11-17",
}


def desk(order: Order, tail: str = "") -> str:
    """The address of an order among the body's staff, or of what is done there."""
    return f"{ORDERS}{order.pk}/{tail}"


def seen(client: Client, order: Order, tail: str = "") -> Page:
    """Open an order's page."""
    return Page.of(client.get(desk(order, tail)))


def payment(client: Client, order: Order, **typed: str) -> dict[str, str]:
    """Open an order and fill in the form for a payment, a cheque where not said."""
    key = seen(client, order).value("form_key")
    return CHEQUE | typed | {"form_key": key}


def pay(client: Client, order: Order, **typed: str) -> "Answer":
    """Record a payment."""
    fields = payment(client, order, **typed)
    return client.post(desk(order, "payments/"), fields)


def decision(payment: Payment) -> str:
    """The address at which a large payment is decided on."""
    return desk(payment.order, f"payments/{payment.pk}/")


def refund(client: Client, order: Order, **typed: str) -> dict[str, str]:
    """Open the page that gives money back and fill its form in."""
    key = seen(client, order, "refund/").value("form_key")
    usual = {"method": "transfer", "reason": "one left", "line_0": "1"}
    return usual | typed | {"form_key": key}


def checked(client: Client, order: Order, **typed: str) -> tuple[Page, dict[str, str]]:
    """Say what is to go back, and read what follows; with what would do it."""
    fields = refund(client, order, **typed)
    page = Page.of(client.post(desk(order, "refund/"), fields))
    return page, fields | {"seen": page.value("seen"), "outcome": "give"}


def give_back(client: Client, order: Order, **typed: str) -> "Answer":
    """Give money back, looked at first."""
    _, fields = checked(client, order, **typed)
    return client.post(desk(order, "refund/"), fields)
