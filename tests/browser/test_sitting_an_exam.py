"""An exam in the browser: assigned, sat by keyboard, a killed server, passed."""

import pytest
from playwright.sync_api import expect

from courses.queries.exams import banks
from tests.browser.certificants import enter_as
from tests.browser.learning import asked_of, chooses, reads_what_to_learn, sits
from tests.browser.stage import Stage
from tests.browser.visitor import Visitor, Visitors

HIPAA, MSCAT = ("hipaa", ""), ("mscat", "")


def answer(visitor: Visitor, exam: tuple[str, str]) -> None:
    """Choose what is right, as somebody who learnt it would."""
    bank, _ = banks()[exam]
    chooses(visitor, asked_of(visitor, bank), rightly=True)


def begin(visitor: Visitor) -> None:
    visitor.hand.press(visitor.page.get_by_role("checkbox", name="I declare this."))
    visitor.hand.press(visitor.button("Start the test"))


@pytest.mark.parametrize("scripts", ["with", "without"])
def test_a_scribe_takes_what_was_assigned_and_passes(
    visitor: Visitors, stage: Stage, scripts: str
) -> None:
    dana, maya = visitor(), visitor(scripts=scripts == "with")
    dana.enter("dana")
    dana.open_assignments()
    dana.assign("Maya Okafor", tile="HIPAA for Scribes")
    enter_as(maya, "maya")
    maya.go("/me/")
    task = maya.main.get_by_role("link", name="HIPAA for Scribes", exact=True)
    maya.hand.press(task)
    begin(maya)
    for number in range(1, 26):
        heading = maya.page.get_by_role("heading", level=1)
        expect(heading).to_have_text(f"Question {number} of 25")
        answer(maya, HIPAA)
        if number == 5 and scripts == "with":
            # Saved as it was chosen: it is there again on another page.
            expect(maya.main.get_by_text("Saved", exact=True)).to_be_visible()
            maya.page.reload()
            expect(
                maya.main.locator("input[name=chosen]:checked").first
            ).to_be_checked()
        if number == 12 and scripts == "with":
            stage.lose_web()
            maya.page.reload()
            expect(heading).to_have_text("Question 12 of 25")
            # What was open to the server that is gone ends with it.
            maya.watch.faults.clear()
            answer(maya, HIPAA)
        last = "Save and review" if number == 25 else "Save and next"
        maya.hand.press(maya.button(last))
    expect(maya.main).to_contain_text("25 of 25 answered.")
    maya.hand.press(maya.button("Submit test"))
    expect(maya.main).to_contain_text("Passed")
    expect(maya.main).to_contain_text("100 %, 25 of 25 right")
    dana.page.reload()
    mark = dana.line("Maya Okafor").locator("i[title^='HIPAA for Scribes: ']")
    expect(mark).to_have_attribute("title", "HIPAA for Scribes: passed 100 %")


def test_seventy_percent_fails_names_the_topics_and_waits_a_day(
    visitor: Visitors,
) -> None:
    dana, maya = visitor(), visitor()
    dana.enter("dana")
    dana.open_assignments()
    dana.assign("Maya Okafor", tile="MSCAT Assessment")
    expect(dana.notice).to_contain_text("Maya Okafor")
    enter_as(maya, "maya")
    maya.go("/me/")
    maya.hand.press(maya.main.get_by_role("link", name="MSCAT Assessment").first)
    bank, _ = banks()[MSCAT]
    expect(maya.page.get_by_role("heading", level=1)).to_have_text(bank.title)
    begin(maya)
    told = sits(maya, bank, of=30, right=21)
    expect(maya.main).to_contain_text("Not passed")
    expect(maya.main).to_contain_text("70 %, 21 of 30 right")
    expect(maya.main).to_contain_text("80 % right is needed to pass.")
    reads_what_to_learn(maya, told, mark=80)
    expect(maya.main).to_contain_text("You can take it again from")
    expect(maya.button("Start the test")).to_have_count(0)
    maya.hand.press(maya.page.get_by_role("button", name="+1 day", exact=True))
    expect(maya.notice).to_contain_text("It is now")
    expect(maya.main).to_contain_text("2 of 3")
    begin(maya)
    sits(maya, bank, of=30, right=30)
    expect(maya.main).to_contain_text("100 %, 30 of 30 right")
