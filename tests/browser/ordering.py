"""Staff's way to an order, in a browser."""

import re

from playwright.sync_api import expect

from tests.browser.visitor import Visitor

ORDERS = "/staff/acmss/orders/"


def open_order(somebody: Visitor, words: str) -> None:
    """Search for the only order of these words, and open it."""
    somebody.go(ORDERS)
    field = somebody.page.get_by_label("Order, invoice, cheque or practice")
    somebody.hand.write(field, words)
    somebody.hand.press(somebody.button("Search"))
    link = somebody.main.get_by_role("link", name=re.compile("^ORD-"))
    somebody.hand.press(link.first)
    expect(somebody.page.get_by_role("heading", level=1)).to_contain_text("Order ORD-")
