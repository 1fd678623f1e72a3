"""Addresses of a practice's pages, looked up once a process and not once a link."""

from functools import cache
from uuid import UUID

from django.urls import reverse

SLUG = "any-practice"


def practice_url(slug: str, name: str, **ids: UUID) -> str:
    """Give what `reverse` gives for a page of a practice.

    Args:
        slug: the practice's.
        name: the route's.
        ids: whose or what page it is, by the names that the route has for them.
    """
    return _shape(name, *ids).format(practice=slug, **ids)


@cache
def _shape(name: str, *ids: str) -> str:
    """The address of any practice's page, with places for the practice and the ids."""
    stand_in = {each: UUID(int=number) for number, each in enumerate(ids, 1)}
    shape = reverse(name, kwargs={"practice": SLUG, **stand_in})
    for each, value in stand_in.items():
        shape = shape.replace(str(value), f"{{{each}}}")
    return shape.replace(SLUG, "{practice}")
