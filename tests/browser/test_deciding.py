"""A manager asks, holds, releases and approves; the holder answers in between."""

from playwright.sync_api import expect

from tests.browser.cycle_steps import APPLICATIONS, PLACE, entered, lead
from tests.browser.stage import Stage
from tests.browser.visitor import Visitor, Visitors


def says(marcus: Visitor, button: str, words: str) -> None:
    """Open Sven's application, write something and press a button."""
    marcus.go(APPLICATIONS)
    lead(marcus, "Sven Berg")
    marcus.main.get_by_label("Your words").fill(words)
    marcus.hand.press(marcus.button(button))


def test_asked_answered_held_released_and_approved(
    visitor: Visitors, stage: Stage
) -> None:
    sven, marcus = entered(visitor, "sven"), entered(visitor, "marcus")
    marcus.go(APPLICATIONS)
    expect(marcus.main).to_contain_text("Answer due between Dec 1 and Dec 8, 2025")
    lead(marcus, "Sven Berg")
    expect(marcus.main).to_contain_text("Credits: 30.0 of 30.0")
    expect(marcus.main).to_contain_text("All of it is in order.")

    says(marcus, "Ask", "Did you attend both days?")
    expect(marcus.notice).to_contain_text("Asked: Sven Berg.")
    sven.go(PLACE)
    expect(sven.main).to_contain_text("needs information from you")
    lead(sven, "Answer")
    sven.main.get_by_label("Your answer").fill("Yes, both.")
    sven.hand.press(sven.button("Send answer"))
    expect(sven.notice).to_contain_text("Sent.")

    says(marcus, "Hold", "Drawn for a closer look")
    expect(marcus.notice).to_contain_text("Held: Sven Berg.")
    sven.go(PLACE)
    expect(sven.main).to_contain_text("The check takes longer than usual.")
    expect(sven.main).not_to_contain_text("Drawn for")
    lead_to_approve = marcus.button("Approve")
    marcus.go(APPLICATIONS)
    lead(marcus, "Sven Berg")
    expect(marcus.main).to_contain_text("Yes, both.")
    expect(lead_to_approve).to_have_count(0)

    says(marcus, "Release", "All of it was there")
    says(marcus, "Approve", "")
    expect(marcus.notice).to_contain_text("Approved: Sven Berg.")
    sven.go(PLACE)
    expect(sven.main).to_contain_text("The cycle that ends Dec 1, 2025 is recertified.")
