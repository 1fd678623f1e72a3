"""What holders and staff of a body of cycles do in the browser, step by step."""

import re

from playwright.sync_api import expect

from tests.browser.certificants import enter_as
from tests.browser.visitor import Visitor, Visitors

ME, PLACE = "/me/?program=namss", "/me/recertify/namss/"
APPLICATIONS = "/staff/namss/applications/"


def entered(visitor: Visitors, account: str) -> Visitor:
    """Somebody of the body of cycles, with a window of their own."""
    made = visitor()
    enter_as(made, account)
    return made


def lead(visitor: Visitor, name: str) -> None:
    """Follow the first link of that name."""
    visitor.hand.press(visitor.main.get_by_role("link", name=name).first)


def declare(visitor: Visitor, button: str) -> None:
    """Leave the name as it is filled in, declare, and press a button."""
    box = visitor.page.get_by_role("checkbox", name=re.compile("I declare"))
    visitor.hand.press(box)
    visitor.hand.press(visitor.button(button))


def approve(marcus: Visitor, name: str) -> None:
    """Let the manager approve what somebody sent."""
    marcus.go(APPLICATIONS)
    lead(marcus, name)
    marcus.hand.press(marcus.button("Approve"))
    expect(marcus.notice).to_contain_text(f"Approved: {name}.")


def advance(visitor: Visitor, day: str) -> None:
    """Move the demonstration's day on."""
    # Half a year of days may have to pass on a busy machine.
    visitor.page.get_by_role("button", name=day, exact=True).click(timeout=400_000)
    expect(visitor.notice).to_contain_text(f"It is now {day}")


def look_up(visitor: Visitor, last: str, first: str, code: str = "CPCS") -> None:
    """Ask the good-standing report about somebody by name."""
    visitor.go("/verify/person/")
    visitor.hand.write(visitor.main.get_by_label("Last name"), last)
    visitor.hand.write(visitor.main.get_by_label("First name"), first)
    visitor.main.get_by_label("Credential").select_option(code)
    visitor.hand.press(visitor.button("Look up"))
