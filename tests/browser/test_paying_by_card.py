"""From an order to its receipt by card, on the provider's page and back."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.stage import Stage
from tests.browser.visitor import HARBOR, Visitor, Visitors

ORDERS = f"/p/{HARBOR}/orders/"


def open_order(dana: Visitor) -> None:
    """Open the order that awaits payment, as the practice's administrator."""
    dana.enter("dana")
    dana.go(ORDERS)
    waiting = dana.main.get_by_role("listitem").filter(has_text="$850.00")
    dana.hand.press(waiting.get_by_role("link").first)
    expect(dana.page.get_by_role("heading", level=1)).to_contain_text("Order ORD-")


def pay(dana: Visitor, stage: Stage) -> None:
    """Pay the order on the provider's page, and look at it again when it is paid."""
    open_order(dana)
    number = dana.page.get_by_role("heading", level=1).inner_text()
    dana.hand.press(dana.button("Pay $850.00 by card"))
    dana.page.wait_for_url(f"{stage.far.base}/**")
    expect(dana.page.get_by_role("heading", level=1)).to_have_text(number)
    expect(dana.main).to_contain_text("85000 usd")
    dana.hand.press(dana.button("Pay"))
    dana.page.wait_for_url(f"{stage.base}/**")
    expect(dana.page.get_by_role("heading", level=1)).to_have_text(
        "Paid", timeout=30_000
    )
    expect(dana.main).to_contain_text("$850.00 arrived by card.")
    dana.hand.press(dana.main.get_by_role("link", name="To the order"))
    payments = dana.main.get_by_role("region", name="Payments")
    expect(payments).to_contain_text(re.compile("by card pi_"))
    expect(payments).to_contain_text("Settled")
    expect(dana.button("Pay $850.00 by card")).to_have_count(0)


@pytest.mark.db
@pytest.mark.broker
def test_an_order_is_paid_by_card(visitor: Visitors, stage: Stage) -> None:
    before = len(stage.far.charges)
    pay(visitor(), stage)
    stage.settle()

    assert len(stage.far.charges) == before + 1
    subjects = [str(each["Subject"]).lower() for each in stage.letters()]
    assert len([each for each in subjects if "receipt" in each]) == 1


def test_the_same_without_javascript(visitor: Visitors, stage: Stage) -> None:
    pay(visitor(scripts=False), stage)


def test_who_gives_up_comes_back_to_the_order(visitor: Visitors, stage: Stage) -> None:
    dana = visitor()
    open_order(dana)
    order = dana.page.url
    dana.button("Pay $850.00 by card").click()
    dana.page.wait_for_url(f"{stage.far.base}/**")
    dana.main.get_by_role("link", name="Back").click()
    expect(dana.page).to_have_url(order)
    expect(dana.button("Pay $850.00 by card")).to_be_visible()


def test_a_provider_that_is_away_is_said_and_nothing_is_charged(
    visitor: Visitors, stage: Stage
) -> None:
    dana = visitor()
    open_order(dana)
    dana.watch.awaited = {409}
    stage.far.trouble = "500"
    try:
        dana.button("Pay $850.00 by card").click()
        expect(dana.main).to_contain_text(
            "Card payments can't be reached now. Nothing was charged."
        )
    finally:
        stage.far.trouble = ""


def test_no_other_page_s_form_may_lead_to_the_provider(
    visitor: Visitors, stage: Stage
) -> None:
    """Chromium holds what follows a form to the policy of the page it stands on."""
    dana = visitor()
    open_order(dana)
    to = dana.main.locator("form[action$='/pay/']").get_attribute("action")
    token = dana.main.locator("[name=csrfmiddlewaretoken]").first.input_value()
    dana.go(ORDERS)
    with dana.page.expect_console_message(lambda said: "form-action" in said.text):
        dana.page.evaluate(
            """([to, token]) => {
              const form = document.createElement("form");
              form.method = "post";
              form.action = to;
              const key = document.createElement("input");
              key.name = "csrfmiddlewaretoken";
              key.value = token;
              form.append(key);
              document.body.append(form);
              form.submit();
            }""",
            [to, token],
        )
    assert dana.page.url == f"{stage.base}{ORDERS}"
    assert any("form-action" in fault for fault in dana.watch.faults)
    dana.watch.faults.clear()
