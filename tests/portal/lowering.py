"""Lowering a number on the page, as people do it."""

from typing import TYPE_CHECKING

from django.test import Client

from tests.portal.reading import Page

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

LOWER = "/p/northside/seats/lower/"
SEATS = "/p/northside/seats/"
Fields = dict[str, str | list[str]]


def opened(client: Client, to: str = "", at: str = LOWER) -> Page:
    """Open the page, with a number where one is typed on the page before."""
    return Page.of(client.get(at, {"to": to} if to else {}))


def fields(page: Page, to: str, *names: str, **more: str) -> Fields:
    """Type a number, tick people by name; what the form would send."""
    hidden = {
        field.attributes["name"]: field.attributes["value"]
        for field in page.all("input", type="hidden")
        if field.attributes["name"] != "csrfmiddlewaretoken"
    }
    boxes = {
        label.text.partition(",")[0]: label.one("input").attributes["value"]
        for label in page.all("label")
        if label.all("input", type="checkbox")
    }
    ticked = [boxes[name] for name in names]
    return {**hidden, "to": to, "leave_out": ticked, **more}


def checked(
    client: Client, to: str, *names: str, at: str = LOWER, **more: str
) -> "Answer":
    """Open the page with a number, tick people, press Check."""
    sent = fields(opened(client, to, at), to, *names, outcome="check", **more)
    return client.post(at, sent)


def confirming(client: Client, to: str, *names: str, at: str = LOWER) -> Fields:
    """Check, and give what the last button would send."""
    page = Page.of(client.post(at, fields(opened(client, to, at), to, *names)))
    return fields(page, to, *names, outcome="lower")


def follows(page: Page) -> list[str]:
    """What the page says that follows."""
    section = page.one("section", **{"aria-labelledby": "follows"})
    return [each.text for each in section.all("li")]
