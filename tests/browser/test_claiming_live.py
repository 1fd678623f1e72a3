"""H9: something is held live, and who was there claims it with the letter's code."""

import re

from playwright.sync_api import FilePayload, expect

from deploy.processes import wait_until
from tests.browser.letters import words
from tests.browser.post_office import PostOffice, post_office
from tests.browser.stage import Stage
from tests.browser.test_two_weeks import run_daily_task
from tests.browser.visitor import Visitor, Visitors

__all__ = ["post_office"]
TITLE = "Wounds that don't heal"
FACTS = {
    "Title": TITLE,
    "Provider": "The society",
    "Credit (optional)": "1",
    "Place": "Online",
    "Places": "5",
    # The demonstration's first day.
    "Sessions": "2025-11-17 18:00-19:00",
}
LIST = FilePayload(
    name="list.csv",
    mimeType="text/csv",
    buffer=b"E-mail\nmaya@demo.example\nstranger@demo.example\n",
)
CODE = re.compile(r"Activity code: ([A-Z0-9-]+)")


def test_from_the_announcement_to_the_certificate(
    visitor: Visitors, stage: Stage, post_office: PostOffice
) -> None:
    grace, maya = visitor(), visitor(scripts=False)
    announces(grace)
    registers(maya)
    notes_who_was_there(grace)
    days_pass(grace)
    run_daily_task(stage, "notifications.tasks.deliver_waiting")
    claims(maya, code_in(post_office))


def announces(grace: Visitor) -> None:
    """Write an activity, and let everybody know of it."""
    grace.enter("grace")
    grace.go("/staff/mms/live/new/")
    for label, text in FACTS.items():
        grace.page.get_by_label(label, exact=True).fill(text)
    grace.page.get_by_label("Kind of credit").select_option("category_1")
    grace.hand.press(grace.button("Save"))
    grace.hand.press(grace.button("Announce"))
    expect(grace.main).to_contain_text("Announced")


def registers(maya: Visitor) -> None:
    """Find it, and register under a name of her own choice."""
    maya.enter("maya")
    maya.go("/me/live/")
    maya.hand.press(maya.main.get_by_role("link", name=TITLE))
    maya.page.get_by_label("First name").fill("Maya Élise")
    maya.hand.press(maya.button("Register"))
    expect(maya.main).to_contain_text("You are registered as Maya Élise Okafor.")


def notes_who_was_there(grace: Visitor) -> None:
    """Take a list in: look first, then note."""
    grace.page.reload()
    grace.hand.press(grace.main.get_by_role("link", name="Note attendance"))
    grace.main.locator("[name=file]").set_input_files(files=[LIST])
    grace.hand.press(grace.button("Check the list"))
    expect(grace.main).to_contain_text("stranger@demo.example is not registered")
    expect(grace.main).to_contain_text("Nothing is saved yet.")
    grace.hand.press(grace.button("Note attendance"))
    expect(grace.main).to_contain_text("There: on the list")


def days_pass(grace: Visitor) -> None:
    """Let the demonstration's days go by, until business days enough are over."""
    with grace.page.expect_navigation(timeout=120_000):
        grace.page.get_by_role("button", name="Dec 1", exact=True).click()


def code_in(office: PostOffice) -> str:
    """Read the code in the letter about it, of which there is one."""

    def found() -> list[str]:
        return [
            words(each, "plain")
            for each in office.letters
            if TITLE in str(each["Subject"])
        ]

    assert wait_until(lambda: len(found()) > 0, seconds=60)
    (letter,) = found()
    assert "exactly as you registered: Maya Élise Okafor" in letter
    match = CODE.search(letter)
    assert match
    return match[1]


def claims(maya: Visitor, code: str) -> None:
    """Type it in small letters with spaces, with the wrong name first."""
    maya.go("/me/claim/")
    maya.page.get_by_label("Activity code").fill(f" {code.lower().replace('-', ' ')} ")
    maya.page.get_by_label("First name").fill("Maya")
    maya.page.get_by_label("Last name").fill("okafor")
    maya.hand.press(maya.button("Go on to the evaluation"))
    expect(maya.main).to_contain_text("exactly as you registered")
    # It is refused, and said so: nothing else went wrong.
    assert [fault.split(":")[0] for fault in maya.watch.faults] == ["answered 422"]
    maya.watch.faults.clear()
    maya.page.get_by_label("First name").fill("MAYA ELISE")
    maya.hand.press(maya.button("Go on to the evaluation"))
    for place in range(3):
        fieldset = maya.main.locator("fieldset.gs-options").nth(place)
        fieldset.get_by_label("Agree", exact=True).check()
    maya.hand.press(maya.button("Send evaluation"))
    # Her record has no physician's profession: attendance, and no AMA credit (M5).
    expect(maya.main).to_contain_text("You claimed a certificate of attendance")
    expect(maya.main.get_by_role("link", name="Open and print")).to_be_visible()
    maya.hand.press(maya.main.get_by_role("link", name="Check it as anybody can"))
    expect(maya.main).to_contain_text("Valid")
