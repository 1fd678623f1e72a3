"""Pages of sponsors' activities: applying, deciding, and who attended."""

from playwright.sync_api import FilePayload

from tests.browser.looks_of_cycles import MARCUS, STAFF_OF_CYCLES, entered, seen
from tests.browser.showing import at, following, pressing
from tests.browser.visitor import Visitor
from tests.browser.world import World

OWEN = entered("owen")
LISTED, WAITING = at("/approvals/"), at(f"{STAFF_OF_CYCLES}approvals/")
NEW = at("/approvals/new/?program=namss")
OPEN, DONE = "An evening on telehealth privileges", "Credentialing under pressure"
TO_DECIDE = following(OPEN, WAITING)


def approved(visitor: Visitor, world: World) -> None:
    """Open what is approved; a change of it may have the same title."""
    LISTED(visitor, world)
    row = visitor.main.get_by_role("row").filter(has_text="Approved")
    row.get_by_role("link").click()


def checked(visitor: Visitor, world: World) -> None:
    """Send a list of who attended, with a row to mend."""
    approved(visitor, world)
    text = "certification_no,completed_on\nCPCS-0,2025-11-05\n"
    file = FilePayload(name="who.csv", mimeType="text/csv", buffer=text.encode())
    visitor.main.locator("[name=file]").set_input_files(files=[file])
    with visitor.page.expect_navigation():
        visitor.button("Check the list").click()


def changing(visitor: Visitor, world: World) -> None:
    """Ask for a change of what is approved; again it is the same draft."""
    approved(visitor, world)
    with visitor.page.expect_navigation():
        visitor.button("Ask for a change").click()


DECIDED = following(DONE, at(f"{STAFF_OF_CYCLES}approvals/?state=approved"))
APPROVALS = (
    seen("approvals", "approvals", OWEN, LISTED),
    seen("approval new", "approval_new", OWEN, NEW),
    seen("approval rows", "approval_new", OWEN, pressing("Add a part", NEW)),
    seen("approval edit", "approval_edit", OWEN, pressing("Save draft", NEW)),
    seen("approval wrong", "approval_new", OWEN, pressing("Send to NAMSS", NEW), 422),
    seen("approval open", "approval", OWEN, following(OPEN, LISTED)),
    seen("approval approved", "approval", OWEN, approved),
    seen("approval to change", "approval_edit", OWEN, changing),
    seen("attendance", "approval_list", OWEN, checked),
    seen("sponsors' activities", "staff_approvals", MARCUS, WAITING),
    seen("sponsor's activity", "staff_approval", MARCUS, TO_DECIDE),
    seen("sponsor's activity approved", "staff_approval", MARCUS, DECIDED),
    seen(
        "sponsor's activity not ended",
        "staff_approval",
        MARCUS,
        pressing("End the approval", DECIDED),
        422,
    ),
    seen(
        "sponsor's activity wrong",
        "staff_approval",
        MARCUS,
        pressing("Refuse", TO_DECIDE),
        422,
    ),
)
