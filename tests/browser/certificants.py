"""Entering the demonstration as somebody it has no card for."""

from portal.demo.roster import DOMAIN
from tests.browser.visitor import Visitor


def enter_as(visitor: Visitor, account: str) -> None:
    """Take the demonstration's short way in as somebody it has no button for."""
    visitor.go("/")
    field = visitor.main.locator("form [name=email]").first
    field.evaluate("(field, email) => { field.value = email; }", f"{account}@{DOMAIN}")
    with visitor.page.expect_navigation():
        visitor.main.get_by_role("button", name="Enter as").first.click()
