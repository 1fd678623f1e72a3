"""A card for auto-renewal, stored on the provider's page and removed again."""

import pytest
from playwright.sync_api import expect

from tests.browser.stage import Stage
from tests.browser.visitor import HARBOR, Visitor, Visitors

ORDERS = f"/p/{HARBOR}/orders/"


def store(dana: Visitor, stage: Stage) -> None:
    """Store a card from the page Orders on, and see it there afterwards."""
    dana.enter("dana")
    dana.go(ORDERS)
    dana.hand.press(dana.main.get_by_role("link", name="none stored"))
    dana.hand.press(dana.main.get_by_role("link", name="Store a card"))
    dana.main.get_by_role("checkbox").check()
    dana.hand.press(dana.button("Agree and enter the card"))
    dana.page.wait_for_url(f"{stage.far.base}/**")
    dana.hand.press(dana.button("Pay"))
    dana.page.wait_for_url(f"{stage.base}/**")
    heading = dana.page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Card stored", timeout=30_000)
    dana.go(ORDERS)
    expect(dana.main.get_by_role("link", name="Visa ending 4242")).to_be_visible()


@pytest.mark.db
@pytest.mark.broker
def test_a_card_is_stored_and_removed(visitor: Visitors, stage: Stage) -> None:
    before = set(stage.far.methods)
    dana = visitor()
    store(dana, stage)
    dana.hand.press(dana.main.get_by_role("link", name="Visa ending 4242"))
    dana.hand.press(dana.main.get_by_role("link", name="Remove"))
    dana.hand.press(dana.button("Remove Visa ending 4242"))
    expect(dana.main).to_contain_text("No card is stored.")
    stage.settle()

    # The provider was asked to forget it.
    (kept,) = set(stage.far.methods) - before
    assert stage.far.methods[kept]["customer"] is None
    subjects = [str(each["Subject"]) for each in stage.letters()]
    told = [each for each in subjects if "The card for auto-renewal was" in each]
    assert sorted(each.rpartition(" ")[2] for each in told) == ["removed", "stored"]


def test_the_same_without_javascript(visitor: Visitors, stage: Stage) -> None:
    store(visitor(scripts=False), stage)
