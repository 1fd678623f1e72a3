"""Importing members: upload, check, and what became of it."""

from playwright.sync_api import FilePayload

from tests.browser.look import DANA, Look
from tests.browser.showing import Show, at, pressing
from tests.browser.visitor import HARBOR, Visitor
from tests.browser.world import World

PLACE = f"/p/{HARBOR}/members/import/"
HEAD = "First name,Last name,E-mail,Job title,Renewal mode,Renewal date"
GOOD = [f"Nora {n},Newman,nora{n}@mail.example,Scribe,auto," for n in range(3)]
BAD = [",Newman,nobody,,sometimes,soon", "Ned,Newman,nora1@mail.example,,,"]
TOM = "Thomas,Bell,tom@demo.example,Lead Scribe,,2031-01-01"


def a_roster(*lines: str) -> Show:
    """Send a file of these lines."""

    def sent(visitor: Visitor, world: World) -> None:
        visitor.go(PLACE)
        text = "\n".join(lines).encode()
        file = FilePayload(name="roster.csv", mimeType="text/csv", buffer=text)
        visitor.main.locator("[name=file]").set_input_files(files=[file])
        with visitor.page.expect_navigation():
            visitor.button("Check file").click()

    return sent


def an_import(visitor: Visitor, world: World) -> None:
    """Start an import, of which there is one at a time."""
    a_roster(HEAD, *GOOD, *BAD)(visitor, world)
    with visitor.page.expect_navigation():
        visitor.main.get_by_role("button", name="Import").first.click()


IMPORTING = (
    Look("import", "members_import", at(PLACE), DANA),
    Look(
        "import no file",
        "members_import",
        pressing("Check file", at(PLACE)),
        DANA,
        422,
    ),
    Look("import check", "members_import_file", a_roster(HEAD, *GOOD, *BAD, TOM), DANA),
    Look("import match", "members_import_file", a_roster("Who,Post", "Nora,x"), DANA),
    Look("import started", "members_import_file", an_import, DANA),
)
NO_PAGES_OF_IMPORTING = {
    "members_import_bad": "a file to be saved",
    "members_import_template": "a file to be saved",
}
