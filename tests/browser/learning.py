"""What a learner does on the pages of a course, whoever they are."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from playwright.sync_api import Locator, expect

from courses.rules import Bank, Question
from courses.rules.source import bank_of_text
from courses.samples import PLACE
from tests.browser.certificants import enter_as
from tests.browser.visitor import Visitor

BURNOUT = "clinician-burnout"
TITLE = "Clinician burnout: seeing it, and what helps"
# What its test asks.
ASKED = 10
# Of each topic, by its words: which answers were right.
Tally = Mapping[str, Sequence[bool]]


def begin(visitor: Visitor) -> None:
    """Enrol, as Maya."""
    enter_as(visitor, "maya")
    visitor.go("/me/learn/")
    visitor.hand.press(visitor.main.get_by_role("link", name=TITLE).first)
    visitor.hand.press(visitor.button("Enrol"))
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text(
        "What burnout is, and is not"
    )


def answers(visitor: Visitor, *, right: int = ASKED) -> Tally:
    """Take the test with so many right answers, the first ones; hand it in.

    Returns:
        What was right of each topic.
    """
    bank = bank_of_text((PLACE / BURNOUT / "bank.toml").read_text(encoding="utf-8"))
    visitor.hand.press(visitor.button("Start the test"))
    return sits(visitor, bank, of=ASKED, right=right)


def sits(visitor: Visitor, bank: Bank, *, of: int, right: int) -> Tally:
    """Answer what is asked, the first `right` questions rightly, and hand it in.

    Returns:
        What was right of each topic.
    """
    told: dict[str, list[bool]] = defaultdict(list)
    for number in range(1, of + 1):
        heading = visitor.page.get_by_role("heading", level=1)
        expect(heading).to_have_text(f"Question {number} of {of}")
        question = asked_of(visitor, bank)
        chooses(visitor, question, rightly=number <= right)
        told[bank.topic_words(question.topic)].append(number <= right)
        last = "Save and review" if number == of else "Save and next"
        visitor.hand.press(visitor.button(last))
    expect(visitor.main).to_contain_text(f"{of} of {of} answered.")
    visitor.hand.press(visitor.button("Submit test"))
    return told


def asked_of(visitor: Visitor, bank: Bank) -> Question:
    """Find in the bank what the page asks."""
    text = visitor.main.locator("legend").inner_text()
    (question,) = (each for each in bank.questions if each.text == text)
    return question


def chooses(visitor: Visitor, question: Question, *, rightly: bool) -> None:
    """Choose what is right, or one option that isn't."""
    wanted = [each.text for each in question.options if each.right is rightly]
    for text in wanted if rightly else wanted[:1]:
        option_of(visitor, text).check()


def option_of(visitor: Visitor, text: str) -> Locator:
    """Find the box of an option."""
    label = visitor.main.locator("label.gs-option").filter(
        has=visitor.page.get_by_text(text, exact=True)
    )
    return label.locator("input")


def reads_what_to_learn(visitor: Visitor, told: Tally, *, mark: int) -> None:
    """Read the topics below the pass mark, each with how much of it was right."""
    weak = {
        f"{topic}: {sum(rightly)} of {len(rightly)} right"
        for topic, rightly in told.items()
        if sum(rightly) * 100 < mark * len(rightly)
    }
    expect(visitor.main.get_by_role("heading", name="Learn again")).to_be_visible()
    assert weak
    assert set(visitor.main.locator("ul.gs-follow li").all_inner_texts()) == weak
