"""Products that open something, as the tests of the assignments page assign them."""

from django.test import Client

from credentials.models import Product
from tests.cast import BODY, Cast, seats
from tests.portal.pressing import ADDRESS, followed
from tests.portal.reading import Page

UNDO = "Undo until Nov 18, 2025, 10:00 AM PST."


def stocked(cast: Cast, code: str, count: int = 3) -> Product:
    """A product of which Northside can assign so many."""
    product = Product.objects.get(program=BODY, code=code)
    seats(cast.northside, product, count)
    return product


def icon(page: Page, name: str, label: str) -> str:
    """What somebody's icon of a product says."""
    (line,) = (each for each in page.lines if each.name == name)
    (words,) = (each for each in line.icons if each.startswith(f"{label}: "))
    return words.removeprefix(f"{label}: ")


def chosen(client: Client, page: Page, choice: str) -> Page:
    """Choose on the page that asks, and follow where it leads."""
    fields = page.form_at(ADDRESS) | {"choice": choice}
    return followed(client, client.post(ADDRESS, fields))
