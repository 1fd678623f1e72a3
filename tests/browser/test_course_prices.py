"""J8.1: a course names its price for members and for others, and one's own with why."""

from playwright.sync_api import expect

from tests.browser.learning import TITLE
from tests.browser.visitor import Visitor, Visitors


def test_members_and_others_read_their_prices_and_what_is_theirs(
    visitor: Visitors,
) -> None:
    grace, maya = visitor(), visitor(scripts=False)
    asks_a_price(grace)
    reads_both_prices(maya)
    orders_it(maya)


def asks_a_price(grace: Visitor) -> None:
    """Have the course cost something: less than nothing is refused, nothing lost."""
    grace.enter("grace")
    grace.go("/staff/mms/courses/")
    grace.hand.press(grace.main.get_by_role("link", name=TITLE).first)
    grace.hand.press(grace.main.get_by_role("link", name="Change facts"))
    grace.page.get_by_label("Price for members").fill("15")
    grace.page.get_by_label("Price for others").fill("40")
    grace.hand.press(grace.button("Save"))
    expect(grace.notice).to_be_visible()


def reads_both_prices(maya: Visitor) -> None:
    """Find both in the catalogue and on the course's page, and hers with the reason."""
    maya.enter("maya")
    maya.go("/me/learn/")
    expect(maya.main).to_contain_text("$15.00 for members, $40.00 for others")
    maya.hand.press(maya.main.get_by_role("link", name=TITLE).first)
    expect(maya.main).to_contain_text("Price for members")
    expect(maya.main).to_contain_text("For you: $40.00")
    expect(maya.main).to_contain_text("no member of MMS today; members pay $15.00")
    expect(maya.button("Enrol")).to_have_count(0)


def orders_it(maya: Visitor) -> None:
    """Order it: it waits for the money, and nothing is open before."""
    maya.hand.press(maya.main.get_by_role("button", name="$40.00"))
    expect(maya.page.get_by_role("heading", level=1)).to_contain_text("Order ORD-")
    expect(maya.main).to_contain_text("Awaiting payment")
