"""Ways to the pages about cards, whose provider no browser test reaches."""

import re

from playwright.sync_api import expect

from tests.browser.visitor import HARBOR, Visitor
from tests.browser.world import World


def back_from_paying(visitor: Visitor, world: World) -> None:
    """Come back from the card provider's page before it has told anything."""
    visitor.go(f"/p/{HARBOR}/orders/")
    # The newer one has a payment that waits for a second person.
    row = visitor.main.get_by_role("listitem").filter(has_text="$850.00")
    row.get_by_role("link").click()
    visitor.page.wait_for_load_state()
    order = visitor.page.url
    visitor.main.get_by_role("button", name=re.compile("by card")).click()
    visitor.page.wait_for_url(f"{world.stage.far.base}/**")
    visitor.page.goto(f"{order}pay/done/")


def a_stored_card(visitor: Visitor, world: World) -> None:
    """Store a card on the provider's page, and look at it when it is there."""
    card = f"/p/{HARBOR}/orders/card/"
    visitor.go(f"{card}new/")
    visitor.main.get_by_role("checkbox").check()
    visitor.button("Agree and enter the card").click()
    visitor.page.wait_for_url(f"{world.stage.far.base}/**")
    visitor.page.get_by_role("button").click()
    visitor.page.wait_for_url(f"{world.stage.base}/**")
    heading = visitor.page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Card stored", timeout=30_000)
    visitor.go(card)
