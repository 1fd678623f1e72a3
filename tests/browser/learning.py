"""What a learner does on the pages of a course, whoever they are."""

from playwright.sync_api import expect

from courses.rules.source import bank_of_text
from courses.samples import PLACE
from tests.browser.certificants import enter_as
from tests.browser.visitor import Visitor

BURNOUT = "clinician-burnout"
TITLE = "Clinician burnout: seeing it, and what helps"


def begin(visitor: Visitor) -> None:
    """Enrol, as Maya."""
    enter_as(visitor, "maya")
    visitor.go("/me/learn/")
    visitor.hand.press(visitor.main.get_by_role("link", name=TITLE).first)
    visitor.hand.press(visitor.button("Enrol"))
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text(
        "What burnout is, and is not"
    )


def answers(visitor: Visitor, *, right: bool) -> None:
    """Answer the test, all of it rightly or all of it wrongly, and hand it in."""
    bank = bank_of_text((PLACE / BURNOUT / "bank.toml").read_text(encoding="utf-8"))
    visitor.hand.press(visitor.button("Start the test"))
    for number in range(1, 5):
        heading = visitor.page.get_by_role("heading", level=1)
        expect(heading).to_have_text(f"Question {number} of 4")
        asked = visitor.main.locator("legend").inner_text()
        (question,) = (each for each in bank.questions if each.text == asked)
        wanted = [each.text for each in question.options if each.right is right]
        for text in wanted if right else wanted[:1]:
            label = visitor.main.locator("label.gs-option").filter(
                has=visitor.page.get_by_text(text, exact=True)
            )
            label.locator("input").check()
        last = "Save and review" if number == 4 else "Save and next"
        visitor.hand.press(visitor.button(last))
    visitor.hand.press(visitor.button("Submit test"))
