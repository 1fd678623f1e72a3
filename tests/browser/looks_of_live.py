"""Live activities: what is announced, the claim, and what staff hold."""

from playwright.sync_api import FilePayload

from portal.demo.live_facts import HELD, TO_COME
from tests.browser.browsing import open_window
from tests.browser.look import MAYA, Look
from tests.browser.looks_of_courses import (
    COURSES,
    NO_PAGES_OF_COURSES,
    followed,
    uploaded,
)
from tests.browser.showing import at, following, pressing
from tests.browser.visitor import Visitor
from tests.browser.world import World

GRACE, DESK, MINE, CLAIM = "grace", "/staff/mms/live/", "/me/live/", "/me/claim/"
NO_LIST = FilePayload(name="list.csv", mimeType="text/csv", buffer=b"Name\nMaya\n")
LIST = FilePayload(
    name="list.csv",
    mimeType="text/csv",
    buffer=b"E-mail\nstranger@demo.example\nmaya@demo.example\n",
)
WRONG = {"code": "AAAA-BBBB-CCCC", "first_name": "Maya", "last_name": "Okafor"}
DRAFTED = {
    "title": "Not announced yet",
    "provider": "The society",
    "place": "Online",
    "capacity": "9",
    "sessions": "2026-02-03 18:00-19:00",
}
SAVED = pressing("Save", at(f"{DESK}new/"), **DRAFTED)
NOTED = followed(DESK, HELD.title, "Note attendance")


def opened(visitor: Visitor, world: World) -> None:
    """Have the code read out by whoever sees it, and type it."""
    browser = visitor.context.browser
    assert browser is not None
    other = open_window(browser, visitor.stage)
    other.enter(GRACE)
    followed(DESK, HELD.title)(other, world)
    code = other.main.locator("dd.gs-mono").first.inner_text()
    other.context.close()
    pressing("Go on to the evaluation", at(CLAIM), **WRONG | {"code": code})(
        visitor, world
    )


LIVE = (
    Look("live activities", "my_live", at(MINE), MAYA),
    Look("live to come", "my_live_activity", followed(MINE, TO_COME.title), MAYA),
    Look(
        "live without a name",
        "my_live_activity",
        pressing("Register", followed(MINE, TO_COME.title), first_name=""),
        MAYA,
        422,
    ),
    Look("live attended", "my_live_activity", followed(MINE, HELD.title), MAYA),
    Look("claim", "my_claim", at(CLAIM), MAYA),
    Look(
        "claim with another code",
        "my_claim",
        pressing("Go on to the evaluation", at(CLAIM), **WRONG),
        MAYA,
        422,
    ),
    Look("claim opened", "my_claim_evaluation", opened, MAYA),
    Look(
        "claim without answers",
        "my_claim_evaluation",
        pressing("Send evaluation", opened),
        MAYA,
        422,
    ),
    Look("staff live", "staff_live", at(DESK), GRACE),
    Look("staff live new", "staff_live_new", at(f"{DESK}new/"), GRACE),
    Look(
        "staff live empty",
        "staff_live_new",
        pressing("Save", at(f"{DESK}new/")),
        GRACE,
        422,
    ),
    Look("staff live draft", "staff_live_activity", SAVED, GRACE),
    Look(
        "staff live facts",
        "staff_live_facts",
        following("Change facts", SAVED),
        GRACE,
    ),
    Look(
        "staff live activity",
        "staff_live_activity",
        followed(DESK, TO_COME.title),
        GRACE,
    ),
    Look("staff attendance", "staff_attendance", NOTED, GRACE),
    Look(
        "staff attendance checked",
        "staff_attendance",
        uploaded(NOTED, LIST, "Check the list"),
        GRACE,
    ),
    Look(
        "staff attendance no list",
        "staff_attendance",
        uploaded(NOTED, NO_LIST, "Check the list"),
        GRACE,
        422,
    ),
)
TAUGHT = (*COURSES, *LIVE)
NO_PAGES_OF_TAUGHT = NO_PAGES_OF_COURSES
