"""What people are told: the list, their settings, their calendar, the one click."""

import re

from tests.browser.look import DANA, MAYA, RUTH, Look
from tests.browser.showing import Show, at
from tests.browser.visitor import Visitor
from tests.browser.world import World

NOTICES, CALENDAR = "/notifications/", "/settings/calendar/"


def all_read(visitor: Visitor, world: World) -> None:
    """Have nothing unread, be there something or not."""
    visitor.go(NOTICES)
    button = visitor.button("Mark all read")
    if button.count():
        with visitor.page.expect_navigation():
            button.click()
    visitor.go(f"{NOTICES}?only=unread")


def a_tick_too_many(visitor: Visitor, world: World) -> None:
    """Ask for a kind there is not."""
    visitor.go("/settings/notifications/")
    box = visitor.main.get_by_role("checkbox").first
    box.evaluate("box => { box.value = 'all'; box.checked = true; }")
    with visitor.page.expect_navigation():
        visitor.button("Save").click()


def a_link(then: str = "") -> Show:
    """Open a one-click link, and press its button."""

    def show(visitor: Visitor, world: World) -> None:
        visitor.page.goto(world.links["one click"])
        button = visitor.main.get_by_role("button")
        if then and button.count():
            with visitor.page.expect_navigation():
                button.click()

    return show


def a_calendar(visitor: Visitor, world: World) -> None:
    """Make a calendar's address, whether there was one or not."""
    visitor.go(CALENDAR)
    with visitor.page.expect_navigation():
        visitor.main.get_by_role("button", name=re.compile("^Make a")).click()


TELLING = (
    Look("notices", "notices", at(NOTICES), DANA),
    Look("notices empty", "notices", at(NOTICES), RUTH),
    Look("notices all read", "notices", all_read, MAYA),
    Look("notice settings", "notice_settings", at("/settings/notifications/"), MAYA),
    Look("notice settings odd", "notice_settings", a_tick_too_many, MAYA, 422),
    Look("calendar none", "calendar_settings", at(CALENDAR), RUTH),
    Look("calendar made", "calendar_settings", a_calendar, DANA),
    Look("unsubscribe", "unsubscribe", a_link()),
    Look("unsubscribed", "unsubscribe", a_link("press")),
)
NO_PAGES_OF_TELLING = {
    "calendar": "a calendar, for a program",
    "end_calendar": "leads back to the calendar's page",
    "read_notice": "leads on to what it is about",
    "read_notices": "leads back to the list",
}
