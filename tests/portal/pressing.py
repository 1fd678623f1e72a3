"""Pressing Assign on the page as it was opened."""

from typing import TYPE_CHECKING

from django.test import Client

from accounts.models import Practice
from credentials.models import Product, SeatPool
from tests.portal.reading import Page

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

ADDRESS = "/p/northside/assignments/"
Fields = dict[str, str | list[str]]


def form(client: Client, *names: str, tile: str = "renewals", at: str = "") -> Fields:
    """Open the page, select people by name, and give what Assign would send."""
    page = Page.of(client.get(f"{ADDRESS}{at}"))
    boxes = {line.name: line.box.attributes["value"] for line in page.lines}
    return {
        "form_key": page.value("form_key"),
        "member": [boxes[name] for name in names],
        "assign": tile,
    }


def press(client: Client, *names: str, tile: str = "renewals") -> "Answer":
    """Open the page, select people by name, press Assign."""
    return client.post(ADDRESS, form(client, *names, tile=tile))


def followed(client: Client, answer: "Answer") -> Page:
    """Go where an answer leads, as a browser does."""
    assert answer.status_code == 302, answer.status_code
    led = client.get(answer.headers["Location"])
    assert led.status_code == 200
    return Page.of(led)


def left(practice: Practice, product: Product) -> int:
    """How many seats are left."""
    return SeatPool.objects.get(practice=practice, product=product).available
