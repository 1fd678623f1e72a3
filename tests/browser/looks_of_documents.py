"""Documents: the staff's list and form, the practice's page, and filing one's own."""

from playwright.sync_api import FilePayload

from tests.browser.look import DANA, PRIYA, RUTH, STAFF, Look
from tests.browser.showing import Show, at, following, pressing
from tests.browser.visitor import HARBOR, Visitor
from tests.browser.world import World

PLACE, CEDAR = f"/p/{HARBOR}/documents/", "/p/cedar-surgical-group/documents/"
OWN, DESK = f"{PLACE}own/new/", f"{STAFF}documents/"
TEXT = FilePayload(name="protocol.pdf", mimeType="application/pdf", buffer=b"No PDF.")


def no_pdf(address: str, button: str) -> Show:
    """Send a form with a file that is none."""

    def sent(visitor: Visitor, world: World) -> None:
        visitor.go(address)
        visitor.main.locator("[name=title]").fill("Protocol of the front desk")
        if address == DESK + "new/":
            visitor.main.locator("[name=changes]").fill("First edition.")
        visitor.main.locator("[name=file]").set_input_files(files=[TEXT])
        with visitor.page.expect_navigation():
            visitor.button(button).click()

    return sent


def unticked(visitor: Visitor, world: World) -> None:
    """Press Acknowledge without the tick."""
    visitor.go(PLACE)
    with visitor.page.expect_navigation():
        visitor.main.get_by_role("button", name="Acknowledge").first.click()


def unfolded(visitor: Visitor, world: World) -> None:
    """Look at the earlier versions, and at who read what."""
    visitor.go(PLACE)
    for summary in visitor.main.locator("summary").all():
        summary.click()


DOCUMENTS = (
    Look("documents", "documents", at(PLACE), DANA),
    Look("documents unfolded", "documents", unfolded, DANA),
    Look("documents closed", "documents", at(CEDAR), RUTH),
    Look("documents not ticked", "document_acknowledge", unticked, DANA, 422),
    Look("own document", "own_document_new", at(OWN), DANA),
    Look(
        "own document no pdf",
        "own_document_new",
        no_pdf(OWN, "File document"),
        DANA,
        422,
    ),
    Look(
        "own document version",
        "own_document_replace",
        following("New version", at(PLACE)),
        DANA,
    ),
    Look(
        "own document remove",
        "own_document_remove",
        following("remove", at(PLACE)),
        DANA,
    ),
    Look("staff documents", "staff_documents", at(DESK), PRIYA),
    Look(
        "staff document readers",
        "staff_document_readers",
        following("Readers", at(DESK)),
        PRIYA,
    ),
    Look(
        "staff document not acknowledged",
        "staff_document_readers",
        following("Not acknowledged", following("Readers", at(DESK))),
        PRIYA,
    ),
    Look("staff publish", "staff_document_new", at(f"{DESK}new/"), PRIYA),
    Look(
        "staff publish empty",
        "staff_document_new",
        pressing("Publish", at(f"{DESK}new/")),
        PRIYA,
        422,
    ),
    Look(
        "staff publish no pdf",
        "staff_document_new",
        no_pdf(f"{DESK}new/", "Publish"),
        PRIYA,
        422,
    ),
    Look(
        "staff new version",
        "staff_document_publish",
        following("New version", at(DESK)),
        PRIYA,
    ),
    Look(
        "staff withdraw",
        "staff_document_withdraw",
        following("Withdraw", at(DESK)),
        PRIYA,
    ),
)
NO_PAGES_OF_DOCUMENTS = {
    "document_open": "a copy of a PDF",
    "own_document_file": "a file to be saved",
    "staff_document_file": "a file to be saved",
}
