"""The test of a course as staff write it."""

from tests.browser.look import PRIYA, Look
from tests.browser.looks_of_courses import drafted
from tests.browser.showing import Show, pressing
from tests.browser.visitor import Visitor
from tests.browser.world import World

ASKED = "What do you do with a screen that you leave?"


def a_test(*names: str) -> Show:
    """Open the test of a draft, begun and with one question, and go on."""

    def shown(visitor: Visitor, world: World) -> None:
        drafted("Test")(visitor, world)
        begin = visitor.button("Begin the test")
        if begin.count():
            for name, figure in (("questions", 1), ("pass_percent", 80), ("tries", 3)):
                visitor.main.locator(f"[name={name}]").fill(str(figure))
            with visitor.page.expect_navigation():
                begin.click()
        if not visitor.main.get_by_role("link", name=ASKED).count():
            writes_a_question(visitor)
        for name in names:
            visitor.main.get_by_role("link", name=name, exact=True).first.click()

    return shown


def writes_a_question(visitor: Visitor) -> None:
    """Add a question to the test that is open."""
    visitor.main.get_by_role("link", name="Add a question").click()
    for name, words in (
        ("text", ASKED),
        ("topic", "Privacy"),
        ("why", "It shows nothing to who passes by."),
        ("option_1", "Lock it"),
        ("option_2", "Leave it"),
    ):
        visitor.main.locator(f"[name={name}]").fill(words)
    visitor.main.locator("[name=right_1]").check()
    with visitor.page.expect_navigation():
        visitor.button("Save").click()


def wrongly_set(visitor: Visitor, world: World) -> None:
    """Send figures that can't be."""
    a_test()(visitor, world)
    visitor.main.locator("[name=tries]").fill("0")
    with visitor.page.expect_navigation():
        visitor.button("Save").click()


STAFF_TESTS = (
    Look("staff test", "staff_test", a_test(), PRIYA),
    Look("staff test wrong", "staff_test", wrongly_set, PRIYA, 422),
    Look("staff test text", "staff_test_text", a_test("The test as text"), PRIYA),
    Look("staff test preview", "staff_test_preview", a_test("Preview"), PRIYA),
    Look("staff question", "staff_test_question", a_test(ASKED), PRIYA),
    Look(
        "staff question new",
        "staff_test_question_new",
        a_test("Add a question"),
        PRIYA,
    ),
    Look(
        "staff question empty",
        "staff_test_question_new",
        pressing("Save", a_test("Add a question")),
        PRIYA,
        422,
    ),
)
