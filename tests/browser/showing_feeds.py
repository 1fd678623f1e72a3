"""Ways to pages of what feeds send."""

from playwright.sync_api import FilePayload

from tests.browser.visitor import Visitor
from tests.browser.world import World


def a_feed_file(visitor: Visitor, world: World) -> None:
    """Send a file of completions, one of which names nobody."""
    visitor.go("/staff/acmss/feed/")
    text = "certification_no,activity_code,completed_on\nX-0,NONE,2025-10-02\n"
    file = FilePayload(
        name="completions.csv", mimeType="text/csv", buffer=text.encode()
    )
    visitor.main.locator("[name=sender]").fill("The academy")
    visitor.main.locator("[name=file]").set_input_files(files=[file])
    with visitor.page.expect_navigation():
        visitor.button("Check file").click()


def a_fed_row(visitor: Visitor, world: World) -> None:
    """Take such a file in, be it new or not, and open its row."""
    a_feed_file(visitor, world)
    button = visitor.main.get_by_role("button", name="Take in")
    if button.count():
        with visitor.page.expect_navigation():
            button.click()
    visitor.go("/staff/acmss/feed/?state=all&q=academy")
    visitor.main.locator("tbody a").first.click()
    visitor.page.wait_for_load_state()
