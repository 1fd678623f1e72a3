"""Ways to pages of what feeds send."""

from playwright.sync_api import FilePayload, expect

from tests.browser.certificants import enter_as
from tests.browser.visitor import Visitor
from tests.browser.world import World

ABOUT = (
    "code,title,kind,minutes,topics\n"
    "OPIOIDS-1,Opioids: what else helps,category_1,60,pain_management\n"
)
ITEMS = (
    "code,title,kind,minutes,evaluation_deadline\n"
    "ETH-1,Ethics for all,sponsored_education,60,\n"
    "CONF-1,The conference,sponsored_education,60,2025-11-14\n"
)
FEED_TOKENS = "/staff/acmss/tokens/"


def a_new_feed_token(visitor: Visitor, world: World) -> None:
    """Make a token for the academy: its secret is shown this once."""
    visitor.go(FEED_TOKENS)
    visitor.page.get_by_label("Name").fill("Academy")
    visitor.button("Create token").click()
    expect(visitor.main).to_contain_text("Copy your new token now")


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


def import_items(visitor: Visitor, text: str, body: str = "namss") -> None:
    """Put activities into a body's catalogue, be they new or not."""
    visitor.go(f"/staff/{body}/catalogue/")
    file = FilePayload(name="items.csv", mimeType="text/csv", buffer=text.encode())
    visitor.main.locator("[name=file]").set_input_files(files=[file])
    with visitor.page.expect_navigation():
        visitor.button("Check file").click()
    button = visitor.main.get_by_role("button", name="Import")
    if button.count():
        with visitor.page.expect_navigation():
            button.click()


def a_deadline(visitor: Visitor, world: World) -> None:
    """Open the day a conference's evaluation closes."""
    enter_as(visitor, "marcus")
    import_items(visitor, ITEMS)
    visitor.go("/staff/namss/catalogue/?q=CONF-1")
    visitor.main.get_by_role("link", name="Evaluation deadline").first.click()


def an_item_s_topics(visitor: Visitor, world: World) -> None:
    """Open what an activity of the society's catalogue is about, and some of it set."""
    enter_as(visitor, "grace")
    import_items(visitor, ABOUT, "mms")
    visitor.go("/staff/mms/catalogue/?q=OPIOIDS-1")
    visitor.main.get_by_role("link", name="Topics").first.click()


def missing_credit(visitor: Visitor, world: World) -> None:
    """Ask after a credit as its holder, who finds it among those they missed."""
    a_deadline(visitor, world)
    enter_as(visitor, "lena")
    visitor.go("/me/ce/missing/?program=namss&q=ethics")
    visitor.main.get_by_role("radio").first.check()
    visitor.main.get_by_label("Completed on").fill("2025-10-06")
    with visitor.page.expect_navigation():
        visitor.button("Look for it").click()


def a_missed_credit(visitor: Visitor, world: World) -> None:
    """Open what a holder misses, as the body's manager."""
    missing_credit(visitor, world)
    enter_as(visitor, "marcus")
    visitor.go("/staff/namss/feed/missing/?state=all")
    visitor.main.locator("tbody a").first.click()
