"""A reviewer decides on what the queue opens: by mouse, by keys, without scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.hands import Hand, Keyboard, Mouse
from tests.browser.letters import words
from tests.browser.stage import Stage
from tests.browser.visitor import Visitor, Visitors

QUEUE = "/staff/acmss/queue/"


def heading(priya: Visitor, text: str) -> None:
    """Wait for a page's first sentence."""
    expect(priya.page.get_by_role("heading", level=1)).to_contain_text(text)


def at_joys(priya: Visitor) -> None:
    """Open the first activity of the queue."""
    priya.enter("priya")
    priya.go(QUEUE)
    priya.hand.press(priya.main.get_by_role("link", name="Start reviewing"))
    heading(priya, "Joy Mbeki reported 75 minutes. The file says 50.")


@pytest.mark.parametrize("hand", [Mouse(), Keyboard()], ids=["mouse", "keyboard"])
def test_what_is_not_accepted_is_told_with_its_reason(
    visitor: Visitors, stage: Stage, hand: Hand
) -> None:
    priya = visitor(hand)
    at_joys(priya)
    ground = priya.page.get_by_label("Why not accepted")
    if isinstance(hand, Keyboard):
        hand.reach(ground).keyboard.type("Product")
    else:
        ground.select_option(label="Product-specific training")
    priya.hand.press(priya.button("Not accepted"))
    expect(priya.notice).to_contain_text("Not accepted: “HIPAA Basics for Providers”")
    expect(priya.notice).to_contain_text("Now 0.0 of 3.0 CME in that term.")
    # The next in the queue is open already.
    expect(priya.main).to_contain_text("1 of 8")
    stage.settle()
    (letter,) = stage.letters()
    assert letter["To"] == "joy.mbeki@demo.example"
    assert "Product-specific training" in words(letter, "plain")
    assert "Product-specific training" in words(letter, "html")


def test_single_keys_decide_and_turn_the_pages(visitor: Visitors, stage: Stage) -> None:
    priya = visitor()
    at_joys(priya)
    keyboard = priya.page.keyboard
    keyboard.press("j")
    heading(priya, "reported")
    expect(priya.main).to_contain_text("2 of 9")
    keyboard.press("k")
    heading(priya, "Joy Mbeki")
    # D leads to the reason first; with one, it does not accept.
    keyboard.press("d")
    expect(priya.page.get_by_label("Why not accepted")).to_be_focused()
    keyboard.press("Escape")
    priya.page.get_by_role("heading", level=1).click()
    keyboard.press("i")
    said = priya.page.get_by_label("Your words")
    expect(said).to_be_focused()
    # While somebody types, keys are letters.
    keyboard.type("ajdk?")
    expect(said).to_have_value("ajdk?")
    heading(priya, "Joy Mbeki")
    said.fill("")
    said.blur()
    keyboard.press("a")
    expect(priya.notice).to_contain_text("Approved: “HIPAA Basics for Providers”")
    stage.settle()
    (letter,) = stage.letters()
    assert "approved" in str(letter["Subject"])


def test_single_keys_can_be_seen_and_switched_off_for_good(
    visitor: Visitors,
) -> None:
    priya = visitor()
    at_joys(priya)
    keyboard = priya.page.keyboard
    keyboard.press("?")
    keys = priya.page.get_by_role("dialog", name="Keys of this page")
    expect(keys).to_be_visible()
    # In the list of keys no key decides.
    keyboard.press("a")
    expect(keys).to_be_visible()
    keys.get_by_role("button", name="Turn single keys off").click()
    keys.get_by_role("button", name="Close").click()
    expect(priya.button("Approve")).not_to_have_attribute(
        "aria-keyshortcuts", re.compile(".")
    )
    for _ in range(2):
        keyboard.press("a")
        keyboard.press("j")
        priya.page.reload()
        heading(priya, "Joy Mbeki")
    priya.main.get_by_role("button", name="Show the keys").click()
    keys.get_by_role("button", name="Turn single keys on").click()
    keyboard.press("Escape")
    keyboard.press("j")
    expect(priya.main).to_contain_text("2 of 9")


def test_it_all_works_without_scripts(visitor: Visitors) -> None:
    priya = visitor(scripts=False)
    at_joys(priya)
    image = priya.main.get_by_role("img", name="Page 1 of mln-hipaa.pdf")
    expect(image).to_be_visible()
    priya.main.get_by_role("link", name="Try 50").click()
    expect(priya.page.get_by_label("Minutes", exact=True)).to_have_value("50")
    expect(priya.main).to_contain_text("If approved at 50 min")
    priya.page.get_by_label("Your words").fill("The certificate says 50 minutes.")
    priya.button("Approve").click()
    expect(priya.notice).to_contain_text("Now 1.0 of 3.0 CME in that term.")
    expect(priya.main.get_by_text("Show the keys")).to_be_hidden()


def test_the_decision_stays_in_view_whatever_is_read(visitor: Visitors) -> None:
    priya = visitor()
    at_joys(priya)
    for height in (720, 900):
        priya.page.set_viewport_size({"width": 1280, "height": height})
        for down in (0, 200, 400):
            priya.page.evaluate("down => scrollTo(0, down)", down)
            expect(priya.button("Approve")).to_be_in_viewport(ratio=1)


def test_a_revoked_certificate_says_so_to_whoever_checks_it(
    visitor: Visitors, stage: Stage
) -> None:
    priya, anybody = visitor(), visitor()
    priya.enter("priya")
    priya.go(QUEUE)
    priya.main.get_by_role("link", name="Revoke CMS-").click()
    number = priya.page.get_by_role("heading", level=1).inner_text().split()[-1]
    anybody.go(f"/verify/{number}/")
    expect(anybody.main).to_contain_text("Valid")
    priya.page.get_by_label("Why it is revoked").fill("Its credit was not accepted")
    priya.page.get_by_label(f"Type {number} to confirm").fill(number)
    priya.button(f"Revoke {number}").click()
    expect(priya.notice).to_contain_text(f"Revoked certificate {number}")
    anybody.page.reload()
    expect(anybody.main).to_contain_text("Revoked Nov 17, 2025")
    stage.settle()
    told = {str(letter["To"]): words(letter, "plain") for letter in stage.letters()}
    assert set(told) == {"mei-lin.tanaka@demo.example", "dana@demo.example"}
    for text in told.values():
        assert "Its credit was not accepted" in text
        assert number in text
