"""J8.8: three hours are reported for a licence, and count where they qualify."""

from playwright.sync_api import expect

from tests.browser.reporting import choose_kind, payload, send_files, write_day
from tests.browser.test_physicians_credit import is_said_to_be_a_physician
from tests.browser.visitor import Visitor, Visitors
from tests.files.samples import pdf

TITLE = "Opioids: prescribing, and saying no"


def test_three_hours_count_to_two_requirements_and_once_in_the_sum(
    visitor: Visitors,
) -> None:
    dana, maya = visitor(), visitor(scripts=False)
    is_said_to_be_a_physician(dana)
    enters_a_licence(maya)
    reports_three_hours(maya)
    sees_what_is_left(maya)
    finds_a_course(maya)


def enters_a_licence(maya: Visitor) -> None:
    """Enter it with an end before its begin first: told which day is wrong."""
    maya.enter("maya")
    maya.go("/me/licences/")
    for label, text in (
        ("Licence number", "MA 31415"),
        ("Registration begins", "2024-06-01"),
        ("Registration ends", "2023-05-31"),
    ):
        maya.page.get_by_label(label).fill(text)
    maya.watch.awaited.add(422)
    maya.hand.press(maya.button("Enter licence"))
    expect(maya.page.get_by_label("Licence number")).to_have_value("MA 31415")
    maya.page.get_by_label("Registration ends").fill("2026-05-31")
    maya.hand.press(maya.button("Enter licence"))
    expect(maya.main).to_contain_text("5 requirements are missing by May 31, 2026.")


def reports_three_hours(maya: Visitor) -> None:
    """Report what is about pain and about risk."""
    maya.hand.press(maya.main.get_by_role("link", name="Add CE activity"))
    choose_kind(maya, "AMA PRA Category 1 Credit")
    maya.hand.press(maya.button("Check credit"))
    maya.page.get_by_label("Title").fill(TITLE)
    maya.page.get_by_label("Minutes", exact=True).fill("180")
    write_day(maya, "03", "01", "2025")
    for topic in ("Pain management", "Risk management"):
        maya.page.get_by_label(topic, exact=True).check()
    send_files(maya, payload("certificate.pdf", pdf()))
    maya.hand.press(maya.button("Submit activity"))
    expect(maya.notice).to_contain_text("Submitted. ")


def sees_what_is_left(maya: Visitor) -> None:
    """Read both lines, and the sum."""
    maya.go("/me/licences/")
    maya.hand.press(maya.main.get_by_role("link", name="MA 31415", exact=True))
    expect(maya.main).to_contain_text("7.0 more hours of Risk management")
    expect(maya.main).to_contain_text("3.0 of 3.0")
    expect(maya.main).to_contain_text("3.0 earned in this period, each hour")
    expect(maya.main).to_contain_text("4 requirements are missing by May 31, 2026.")


def finds_a_course(maya: Visitor) -> None:
    """Follow what is missing into the catalogue."""
    link = maya.main.get_by_role("link", name="Risk management").first
    maya.hand.press(link)
    expect(maya.page.get_by_role("heading", level=1)).to_have_text("My learning")
