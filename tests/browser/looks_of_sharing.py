"""Links to a transcript, what one of them opens, and all programs on one page."""

from tests.browser.look import MAYA, NOBODY, Look
from tests.browser.showing import at, pressing
from tests.browser.visitor import Visitor
from tests.browser.world import World

LINKS = "/me/transcript/links/"


def a_link(visitor: Visitor, world: World) -> None:
    """Make a link, whose address is shown."""
    visitor.go(LINKS)
    visitor.main.get_by_label("For whom").fill("Credentialing office")
    with visitor.page.expect_navigation():
        visitor.button("Make link").click()


def behind_it(visitor: Visitor, world: World) -> None:
    """Open the address that was just made."""
    a_link(visitor, world)
    visitor.page.goto(visitor.main.locator("#secret").inner_text())


SHARING = (
    Look("transcript links", "transcript_links", at(LINKS), MAYA),
    Look("transcript link made", "transcript_links", a_link, MAYA),
    Look(
        "transcript link empty",
        "transcript_links",
        pressing("Make link", at(LINKS)),
        MAYA,
        422,
    ),
    Look("transcript shared", "shared_transcript", behind_it, MAYA),
    Look(
        "transcript link unknown",
        "shared_transcript",
        at("/transcripts/no-such-secret/"),
        NOBODY,
        404,
        404,
    ),
    Look(
        "transcript by year",
        "transcript",
        at("/me/transcript/?by=year"),
        MAYA,
    ),
    Look("all programs", "my_programs", at("/me/all/"), MAYA),
)
NO_PAGES_OF_SHARING = {
    "revoke_transcript_link": "acts, then leads back",
    "shared_transcript_pdf": "a file to be saved",
}
