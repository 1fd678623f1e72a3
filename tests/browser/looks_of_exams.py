"""The pages of an exam: before, a question, handing in, what came of it."""

from playwright.sync_api import expect

from tests.browser.certificants import enter_as
from tests.browser.look import NOBODY, STAFF, Look
from tests.browser.looks_of_staff_tests import STAFF_TESTS
from tests.browser.visitor import HARBOR, Visitor
from tests.browser.world import World

TITLE = "HIPAA for Scribes"


def before(visitor: Visitor, world: World) -> None:
    """Have Maya given an exam, if she isn't, and let her open it from her home."""
    enter_as(visitor, "maya")
    visitor.go("/me/")
    mine = visitor.main.get_by_role("link", name=TITLE, exact=True)
    if not mine.count():
        _grant(visitor)
        enter_as(visitor, "dana")
        visitor.open_assignments()
        visitor.assign("Maya Okafor", tile=TITLE)
        expect(visitor.notice).to_contain_text("Maya Okafor")
        enter_as(visitor, "maya")
        visitor.go("/me/")
    mine.click()


def _grant(visitor: Visitor) -> None:
    """Give the practice a seat: other pages may have used up those of the story."""
    enter_as(visitor, "priya")
    visitor.go(f"{STAFF}seats/")
    visitor.main.locator("[name=practice]").select_option(HARBOR)
    visitor.main.locator("[name=product]").select_option(label=TITLE)
    visitor.main.locator("[name=count]").fill("1")
    visitor.main.locator("[name=reason]").fill("One more test")
    with visitor.page.expect_navigation():
        visitor.button("Save").click()


def unsworn(visitor: Visitor, world: World) -> None:
    """Press Start without the declaration."""
    before(visitor, world)
    visitor.button("Start the test").click()


def running(visitor: Visitor, world: World) -> None:
    """Begin it, or go on with it."""
    before(visitor, world)
    going = visitor.main.get_by_role("link", name="Go on with the test")
    if going.count():
        going.click()
        return
    visitor.page.get_by_role("checkbox", name="I declare this.").check()
    visitor.button("Start the test").click()


def answered(visitor: Visitor, world: World) -> None:
    """Answer the first question, flag it, and review."""
    running(visitor, world)
    visitor.main.locator("label.gs-option").first.click()
    visitor.page.get_by_role("checkbox", name="Flag it").check()
    visitor.button("Save and next").click()
    visitor.main.get_by_role("link", name="Review and submit").click()


def handed_in(visitor: Visitor, world: World) -> None:
    """Hand in what was hardly answered."""
    answered(visitor, world)
    visitor.button("Submit test").click()


EXAMS = (
    Look("exam", "exam", before, NOBODY),
    Look("exam unsworn", "exam", unsworn, NOBODY, 422),
    Look("exam question", "exam_question", running, NOBODY),
    Look("exam submit", "exam_submit", answered, NOBODY),
    Look("exam failed", "exam", handed_in, NOBODY),
    *STAFF_TESTS,
)
