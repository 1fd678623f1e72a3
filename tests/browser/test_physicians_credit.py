"""J8: a physician claims AMA PRA Category 1 Credit, and claims it once."""

from playwright.sync_api import expect

from tests.browser.learning import answers, begin
from tests.browser.visitor import Visitor, Visitors

PAGES = 4
FILM = "A week in a clinic"


def test_a_physician_has_category_1_credit_and_has_it_once(visitor: Visitors) -> None:
    dana, maya = visitor(), visitor(scripts=False)
    is_said_to_be_a_physician(dana)
    begin(maya)
    reads_it_all(maya)
    answers(maya)
    expect(maya.main).to_contain_text("100 %, 10 of 10 right")
    says_what_it_was_like(maya)
    claims(maya)
    comes_again(maya)


def is_said_to_be_a_physician(dana: Visitor) -> None:
    """Have the practice write what Maya is into her record."""
    dana.enter("dana")
    dana.open_assignments()
    dana.assign("Maya Okafor", tile="View Member Record")
    dana.hand.press(dana.main.get_by_role("link", name="Edit details").first)
    dana.page.get_by_label("Profession").fill("M.D.")
    dana.hand.press(dana.button("Save"))
    expect(dana.main).to_contain_text("M.D.")


def reads_it_all(maya: Visitor) -> None:
    """Read every page, and the film's words in its place."""
    for place in range(PAGES):
        if place == 1:
            expect(maya.page.get_by_role("heading", level=1)).to_have_text(FILM)
            maya.hand.press(maya.main.get_by_role("link", name="Read it instead"))
            maya.hand.press(maya.button("I have read it. Continue"))
        else:
            name = "Finish the pages" if place == PAGES - 1 else "Continue"
            maya.hand.press(maya.button(name))
    maya.hand.press(maya.main.get_by_role("link", name="Go on"))


def says_what_it_was_like(maya: Visitor) -> None:
    """Send the evaluation, before which nothing can be claimed."""
    maya.hand.press(maya.main.get_by_role("link", name="Back to the course"))
    maya.hand.press(maya.main.get_by_role("link", name="Go on"))
    for place in range(3):
        fieldset = maya.main.locator("fieldset.gs-options").nth(place)
        fieldset.get_by_label("Strongly agree", exact=True).check()
    maya.hand.press(maya.button("Send evaluation"))


def claims(maya: Visitor) -> None:
    """Read what is to be had, and take it."""
    heading = maya.page.get_by_role("heading", level=1)
    expect(heading).to_contain_text("0.5 AMA PRA Category 1 Credit")
    maya.hand.press(maya.button("Claim credit"))
    expect(heading).to_contain_text("You claimed 0.5 AMA PRA Category 1 Credit")
    expect(maya.main.get_by_role("link", name="Open and print")).to_be_visible()


def comes_again(maya: Visitor) -> None:
    """Go through the course again: it stays one credit."""
    number = maya.main.locator(".gs-mono").inner_text()
    maya.hand.press(maya.main.locator(".gs-eyebrow a"))
    maya.hand.press(maya.main.get_by_role("link", name="Credit and certificate"))
    expect(maya.main.locator(".gs-mono")).to_have_text(number)
    expect(maya.button("Claim credit")).to_have_count(0)
    maya.hand.press(maya.main.get_by_role("link", name="Transcript"))
    lines = maya.main.get_by_text("Clinician burnout", exact=False)
    expect(lines).to_have_count(1)
