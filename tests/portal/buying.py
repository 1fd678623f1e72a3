"""Asking for prices and ordering, as people do it on the pages."""

from typing import TYPE_CHECKING

from django.test import Client

from billing.models import Order
from tests.billing.money import prices
from tests.cast import BODY
from tests.portal.reading import Page

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer


def ask_price(client: Client, at: str = "/estimate/", **numbers: str) -> "Answer":
    """Send the form with numbers, by the code of what is sold."""
    typed = {f"n-{code}": number for code, number in numbers.items()}
    do = "price" if at == "/estimate/" else "order"
    return client.get(at, {"program": BODY, "do": do, **typed})


def an_estimate(client: Client, **numbers: str) -> str:
    """Ask for prices that are published, and give the estimate's address."""
    prices()
    answer = ask_price(client, **numbers)
    assert answer.status_code == 302, Page.of(answer).text
    return answer["Location"]


def ordering(address: str, practice: str = "northside") -> str:
    """Where an estimate is ordered for a practice."""
    return f"/p/{practice}{address}"


def press_order(client: Client, address: str) -> "Answer":
    """Open the page that orders, and place the order."""
    key = Page.of(client.get(address)).one("input", name="form_key")
    return client.post(address, {"form_key": key.attributes["value"]})


def ordered(client: Client, **numbers: str) -> Order:
    """Order at today's prices; the order that was placed."""
    answer = press_order(client, ordering(an_estimate(client, **numbers)))
    assert answer.status_code == 302
    return Order.objects.get(pk=answer["Location"].split("/")[-2])


def problems(answer: "Answer") -> list[str]:
    """What the summary of errors says."""
    [summary] = Page.of(answer).all("div", "gs-problem")
    return [each.text for each in summary.all("li")]
