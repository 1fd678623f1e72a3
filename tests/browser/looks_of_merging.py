"""The pages of two accounts: reported, proved, compared, and left as they are."""

import re

from tests.browser.certificants import enter_as
from tests.browser.letters import words
from tests.browser.look import MAYA, NOBODY, PRIYA, STAFF, Look
from tests.browser.showing import at, pressing
from tests.browser.visitor import Visitor
from tests.browser.world import World

HERE = at("/me/duplicate/")
LINK = re.compile(r"http://\S+/me/duplicate/\S+")
OTHER = "tom@demo.example"


def mailed(visitor: Visitor, world: World) -> None:
    """Have Maya report an account, and open the link that was mailed to it."""
    enter_as(visitor, "maya")
    visitor.go("/me/duplicate/")
    if visitor.main.get_by_role("button", name="Take it back").count():
        with visitor.page.expect_navigation():
            visitor.button("Take it back").click()
    before = _links(world)
    visitor.main.locator("[name=email]").fill(OTHER)
    with visitor.page.expect_navigation():
        visitor.button("Send the link").click()
    world.stage.settle()
    # Letters come in no order: an earlier one's link is withdrawn.
    (link,) = _links(world) - before
    visitor.page.goto(link)


def _links(world: World) -> set[str]:
    return {
        link
        for letter in world.stage.letters()
        if str(letter["To"]) == OTHER
        for link in LINK.findall(words(letter, "plain"))
    }


def compared(visitor: Visitor, world: World) -> None:
    """Prove it, and have Priya open the newest report."""
    enter_as(visitor, "priya")
    visitor.go(f"{STAFF}duplicates/")
    if not visitor.main.get_by_text("Waiting for staff").count():
        mailed(visitor, world)
        with visitor.page.expect_navigation():
            visitor.button("Yes, it is mine").click()
        enter_as(visitor, "priya")
        visitor.go(f"{STAFF}duplicates/")
    visitor.main.locator(".gs-rows a").first.click()


MERGING = (
    Look("second account", "my_duplicate", HERE, MAYA),
    Look(
        "second account wrong",
        "my_duplicate",
        pressing("Send the link", HERE, email="maya"),
        MAYA,
        422,
    ),
    Look("second account mailed", "my_duplicate_proof", mailed, NOBODY),
    Look("two accounts", "staff_duplicates", at(f"{STAFF}duplicates/"), PRIYA),
    Look("two accounts compared", "staff_duplicate", compared, NOBODY),
    Look(
        "two accounts left wrong",
        "staff_duplicate",
        pressing("Don't merge", compared),
        NOBODY,
        422,
    ),
)
