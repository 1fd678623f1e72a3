"""A visitor asks what it costs, signs in and orders; once paid, seats go up (J4.5)."""

import re

from playwright.sync_api import expect

from portal.demo.roster import DOMAIN, PASSWORD
from tests.browser.ordering import open_order
from tests.browser.stage import Stage
from tests.browser.visitor import HARBOR, Visitor, Visitors

PLACED = re.compile(r"Placed order ORD-\w{4}-\w{4}\.")
SIGN_IN = "Sign in to order"


def sum_up(visitor: Visitor, count: str) -> None:
    """Ask what so many renewals cost."""
    visitor.go("/")
    main = visitor.page.get_by_role("navigation", name="Main")
    visitor.hand.press(main.get_by_role("link", name="Estimate"))
    visitor.hand.write(visitor.page.get_by_label("Renewal, one year"), count)
    visitor.hand.press(visitor.button("See the price"))


def heading(visitor: Visitor, words: str) -> None:
    """Wait for a page."""
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text(words)


def order_as_visitor(dana: Visitor) -> None:
    """From numbers without an account to an order that awaits payment."""
    dana.watch.awaited.add(422)
    sum_up(dana, "1,5")
    expect(dana.main).to_contain_text("Enter a whole number, such as 12.")
    dana.hand.write(dana.page.get_by_label("Renewal, one year"), "3")
    dana.hand.press(dana.button("See the price"))
    heading(dana, "Estimate: $255.00")
    expect(dana.main).to_contain_text("3 × $85.00 = $255.00 (A2)")
    estimate = dana.page.url
    dana.hand.press(dana.main.get_by_role("link", name=SIGN_IN))
    dana.hand.write(dana.page.get_by_label("E-mail"), f"dana@{DOMAIN}")
    dana.hand.write(dana.page.get_by_label("Password"), PASSWORD)
    dana.hand.press(dana.button("Sign in"))
    expect(dana.page).to_have_url(estimate)
    order = dana.main.get_by_role("link", name="Order for Harbor Family Medicine")
    dana.hand.press(order)
    expect(dana.main).to_contain_text("“Awaiting payment” until Dec 17, 2025")
    dana.hand.press(dana.button("Place the order, $255.00"))
    expect(dana.notice).to_have_text(PLACED)
    expect(dana.main).to_contain_text("Awaiting payment: $255.00 by Dec 17, 2025.")


def test_from_estimate_to_order_as_a_visitor_who_signs_in(
    visitor: Visitors, stage: Stage
) -> None:
    dana = visitor()
    order_as_visitor(dana)
    expect(dana.main).to_contain_text("Payable to American College of Medical Scribe")
    number = dana.page.get_by_role("heading", level=1).inner_text().split()[-1]
    invoice = dana.main.get_by_role("link", name="Invoice ACMSS-2025-")
    answer = dana.context.request.get(f"{stage.base}{invoice.get_attribute('href')}")
    assert answer.headers["content-type"] == "application/pdf"
    stage.settle()
    letters = [str(each["Subject"]) for each in stage.letters()]
    assert any(number in subject for subject in letters), letters


def test_without_scripts_it_is_the_same(visitor: Visitors) -> None:
    order_as_visitor(visitor(scripts=False))


def test_two_seats_more_await_payment_and_are_there_once_it_is_recorded(
    visitor: Visitors,
) -> None:
    dana, priya = visitor(), visitor()
    dana.enter("dana")
    dana.page.get_by_role("button", name="My Account").click()
    main = dana.page.get_by_role("navigation", name="Main")
    main.get_by_role("link", name="Seats").click()
    row = dana.page.get_by_role("row").filter(has_text="Renewals")
    free = int(row.get_by_role("cell").last.inner_text())
    dana.page.get_by_label("Renewal, one year").fill("2")
    dana.button("See the price, then order").click()
    heading(dana, "Order for Harbor Family Medicine")
    dana.button("Place the order, $170.00").click()
    expect(dana.notice).to_have_text(PLACED)
    expect(dana.main).to_contain_text("Awaiting payment: $170.00")
    number = dana.page.get_by_role("heading", level=1).inner_text().split()[-1]
    dana.go(f"/p/{HARBOR}/seats/")
    # What is not paid is not there.
    expect(row.get_by_role("cell").last).to_have_text(str(free))
    expect(dana.main).to_contain_text("await payment")
    priya.enter("priya")
    open_order(priya, number)
    priya.page.get_by_label("How it was paid").select_option(label="Phone")
    priya.page.get_by_label("Amount").fill("170.00")
    priya.button("Record payment").click()
    expect(priya.notice).to_contain_text("is paid, and what was bought is there.")
    dana.page.reload()
    expect(row.get_by_role("cell").last).to_have_text(str(free + 2))
    dana.open_assignments()
    expect(dana.tile("Renewals")).to_contain_text(str(free + 2))
