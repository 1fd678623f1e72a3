"""The public's pages of the good-standing report."""

from playwright.sync_api import FilePayload

from tests.browser.look import Look
from tests.browser.showing import at, pressing
from tests.browser.visitor import Visitor
from tests.browser.world import World

PERSON, LIST, CHECK = "/verify/person/", "/verify/list/", "/verify/list/check/"
PEOPLE = "Lind, Rosa, CPCS\nBerg, Sven, CPCS\nNobody, Nora, CPCS\nLind"


def rosa(visitor: Visitor, world: World) -> None:
    """Look Rosa up by her name."""
    visitor.go(PERSON)
    visitor.main.locator("[name=last_name]").fill("lind")
    visitor.main.locator("[name=first_name]").fill("rosa")
    visitor.main.locator("[name=credential]").select_option("CPCS")
    with visitor.page.expect_navigation():
        visitor.button("Look up").click()


def another_file(visitor: Visitor, world: World) -> None:
    """Ask about a file that is none of ours."""
    visitor.go(CHECK)
    file = FilePayload(name="report.csv", mimeType="text/csv", buffer=b"a,b\n")
    visitor.main.locator("[name=file]").set_input_files(files=[file])
    with visitor.page.expect_navigation():
        visitor.button("Check the file").click()


REPORT = (
    Look("person form", "verify_person", at(PERSON)),
    Look("person empty", "verify_person", pressing("Look up", at(PERSON)), status=422),
    Look(
        "person unknown",
        "verify_person",
        pressing("Look up", at(PERSON), last_name="Nobody", number="CPCS-1"),
        status=404,
    ),
    Look("person found", "verify_person", rosa),
    Look("list form", "report_list", at(LIST)),
    Look("list empty", "report_list", pressing("Check the list", at(LIST)), status=422),
    Look(
        "list answered",
        "report_list",
        pressing("Check the list", at(LIST), lines=PEOPLE),
    ),
    Look("file check", "report_check", at(CHECK)),
    Look(
        "file check empty",
        "report_check",
        pressing("Check the file", at(CHECK)),
        status=422,
    ),
    Look("file of another", "report_check", another_file),
)
NO_PAGES_OF_REPORT = {"report_file": "a file to be saved"}
