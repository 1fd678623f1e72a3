"""The form of the body whose kinds ask more than time, as a holder fills it in."""

from typing import TYPE_CHECKING

from django.test import Client

from tests.ce.society import SOCIETY
from tests.portal.reading import Page
from tests.portal.writing import CHECK, NEW, opened

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

HERE = f"{NEW}?program={SOCIETY}"
PLAIN = {"title": "Done", "on": "2025-10-02", "provider": "NAMSS"}


def shown(page: Page) -> set[str]:
    """The inputs that the page asks."""
    return {
        part.attributes["data-gs-asked"]
        for part in page.all("div")
        if "data-gs-asked" in part.attributes and "hidden" not in part.attributes
    }


def sent(client: Client, do: str, **typed: object) -> "Answer":
    """Fill the body's form in as it is, and press a button."""
    return client.post(HERE, opened(client, HERE) | PLAIN | {"do": do} | typed)


def checked(client: Client, **typed: object) -> Page:
    """Ask what an activity would give, as the page does while one types."""
    answer = client.post(CHECK, opened(client, HERE) | PLAIN | typed)
    assert answer.status_code == 200
    return Page.of(answer)
