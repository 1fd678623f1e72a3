"""Money that comes in by cheque and by phone, from the order to the seats."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.hands import Hand, Keyboard, Mouse
from tests.browser.letters import words
from tests.browser.ordering import ORDERS, open_order
from tests.browser.stage import Stage
from tests.browser.visitor import HARBOR, Visitors

CEDAR = "cedar-surgical-group"


@pytest.mark.parametrize("hand", [Mouse(), Keyboard()], ids=["mouse", "keyboard"])
def test_a_cheque_goes_from_the_order_to_the_seats(
    visitor: Visitors, stage: Stage, hand: Hand
) -> None:
    ruth, priya = visitor(), visitor(hand)
    ruth.enter("ruth")
    ruth.go(f"/p/{CEDAR}/orders/")
    expect(ruth.main).to_contain_text("Overdue")
    priya.enter("priya")
    open_order(priya, "cedar")
    expect(priya.main).to_contain_text("Overdue: $340.00 was due Nov 12, 2025.")
    page = priya.page
    priya.watch.awaited.add(422)
    method = page.get_by_label("How it was paid")
    if isinstance(hand, Keyboard):
        hand.reach(method).keyboard.type("Cheque")
    else:
        method.select_option(label="Cheque")
    hand.write(page.get_by_label("Amount"), "340.00")
    page.get_by_label("Date on the cheque").fill("2025-11-11")
    # The number is missing yet; what was typed stays.
    hand.press(priya.button("Record payment"))
    problem = page.locator("[data-gs-problem]")
    expect(problem).to_contain_text("Enter the cheque's number.")
    expect(problem).to_be_focused()
    expect(page.get_by_label("Amount")).to_have_value("340.00")
    hand.write(page.get_by_label("Cheque number or reference"), "4711")
    hand.press(priya.button("Record payment"))
    expect(priya.notice).to_contain_text("$340.00 by cheque recorded.")
    expect(priya.main).to_contain_text("Paid on Nov 11, 2025.")
    ruth.page.reload()
    ruth.main.get_by_role("link", name=re.compile("^Order ORD-")).first.click()
    expect(ruth.main).to_contain_text("$340.00 by cheque 4711")
    expect(ruth.main).to_contain_text("Received Nov 17, 2025, dated Nov 11, 2025")
    ruth.open_assignments()
    # Two were there before.
    expect(ruth.tile("Renewals")).to_contain_text("6")
    stage.settle()
    (letter,) = (each for each in stage.letters() if each["To"] == "ruth@demo.example")
    assert "$340.00" in words(letter, "plain")


def test_a_payment_by_phone_above_the_limit_needs_a_second_manager(
    visitor: Visitors, stage: Stage
) -> None:
    priya, quentin, dana = visitor(), visitor(), visitor()
    priya.enter("priya")
    # What was recorded of this order before waits for Priya, who refuses it.
    priya.go(f"{ORDERS}?state=to_confirm")
    priya.main.get_by_role("link", name=re.compile("^ORD-")).click()
    number = priya.page.get_by_role("heading", level=1).inner_text().split()[-1]
    priya.main.get_by_role("link", name="$1,020.00 by transfer").click()
    expect(priya.main).to_contain_text("Quentin Hale")
    priya.page.get_by_label("Why you refuse it").fill("The bank took it back")
    priya.button("Refuse payment").click()
    expect(priya.notice).to_contain_text("Payment refused. It settled nothing.")
    priya.page.get_by_label("How it was paid").select_option(label="Phone")
    priya.page.get_by_label("Amount").fill("1020")
    priya.button("Record payment").click()
    expect(priya.notice).to_contain_text("Another manager confirms it")
    priya.main.get_by_role("link", name="$1,020.00 by phone").click()
    expect(priya.main).to_contain_text("Another manager has to decide on it.")
    quentin.sign_in("quentin")
    open_order(quentin, number)
    quentin.main.get_by_role("link", name="$1,020.00 by phone").click()
    expect(quentin.main).to_contain_text("Harbor Family Medicine gets what was ordered")
    quentin.button("Confirm payment").click()
    expect(quentin.notice).to_contain_text("$1,020.00 by phone confirmed.")
    dana.enter("dana")
    dana.open_assignments()
    # Six were there before.
    expect(dana.tile("Renewals")).to_contain_text("18")
    dana.go(f"/p/{HARBOR}/orders/")
    dana.main.get_by_role("link", name=f"Order {number}").click()
    expect(dana.main).to_contain_text("Refused: The bank took it back")


def test_money_goes_back_without_scripts_once_it_was_looked_at(
    visitor: Visitors,
) -> None:
    priya = visitor(scripts=False)
    priya.enter("priya")
    open_order(priya, "2204")
    priya.main.get_by_role("link", name="Give money back").click()
    priya.page.get_by_label("Renewal, one year").fill("1")
    priya.page.get_by_label("How the money goes back").select_option(label="Transfer")
    priya.page.get_by_label("Why it goes back").fill("One person left")
    priya.button("Check what follows").click()
    expect(priya.main).to_contain_text(
        "1 renewal is taken back from Harbor Family Medicine, which has 6 to assign."
    )
    priya.button("Give $85.00 back").click()
    expect(priya.notice).to_contain_text("$85.00 goes back by transfer.")
    expect(priya.main).to_contain_text("Partly refunded")
