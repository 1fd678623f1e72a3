"""A member whom no practice sponsors renews and pays by card, from price to term."""

import pytest
from playwright.sync_api import expect

from tests.browser.hands import Hand, Keyboard, Mouse
from tests.browser.looks_of_own_orders import SPONSORED
from tests.browser.stage import Stage
from tests.browser.visitor import Visitors


@pytest.mark.parametrize("hand", [Mouse(), Keyboard()], ids=["mouse", "keyboard"])
def test_tom_renews_for_himself_by_card(
    visitor: Visitors, stage: Stage, hand: Hand
) -> None:
    stage.rows.change(SPONSORED.format("'2025-11-17'"))
    tom = visitor(hand)
    tom.enter("tom")
    tom.go("/me/")
    expect(tom.main).to_contain_text("Your membership ended.")
    tom.hand.press(tom.main.get_by_role("link", name="Renew your membership"))
    tom.hand.press(tom.button("Order your renewal, $85.00"))
    expect(tom.main).to_contain_text("Awaiting payment: $85.00 by Dec 17, 2025.")
    tom.hand.press(tom.button("Pay $85.00 by card"))
    tom.page.wait_for_url(f"{stage.far.base}/**")
    tom.hand.press(tom.button("Pay"))
    tom.page.wait_for_url(f"{stage.base}/**")
    expect(tom.page.get_by_role("heading", level=1)).to_have_text(
        "Paid", timeout=30_000
    )
    tom.hand.press(tom.main.get_by_role("link", name="To the order"))
    expect(tom.main).to_contain_text("Paid on Nov 17, 2025.")
    tom.go("/me/")
    expect(tom.main).to_contain_text("term Nov 17, 2025 to Nov 16, 2026")
    stage.settle()
    subjects = [str(each["Subject"]) for each in stage.letters()]
    assert any("receipt" in each.lower() for each in subjects), subjects
