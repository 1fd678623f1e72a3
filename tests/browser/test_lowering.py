"""Fewer renewals: refused below what is in use, whom, check, confirm (J4.5, PA6)."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ViewportSize, expect

from tests.browser.fewer import CHECK, NUMBER, in_use
from tests.browser.looks_of_buying import SEATS
from tests.browser.stage import Stage
from tests.browser.test_looks import OVERFLOW, barriers
from tests.browser.visitor import HARBOR, Visitor, Visitors

WIDE: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 360, "height": 780}
MAYA = re.compile("^Maya Okafor, renewal date Dec 1, 2025$")
STATUS = {422}


def type_number(dana: Visitor, number: int) -> None:
    """From the page Seats to the number that is to be."""
    dana.go(SEATS)
    dana.hand.write(dana.page.get_by_label(NUMBER), str(number))
    dana.hand.press(dana.button("Decrease"))


def leave_maya_out(dana: Visitor) -> int:
    """Come down by one person, and give how many stay."""
    dana.watch.awaited |= STATUS
    dana.go(SEATS)
    people = in_use(dana)
    type_number(dana, people - 1)
    alert = dana.main.get_by_role("alert")
    expect(alert).to_contain_text(f"{people} seats are in use. Remove 1 person first.")
    # Nobody chosen yet, then one too many.
    boxes = dana.main.get_by_role("checkbox")
    assert boxes.count() == people
    boxes.nth(0).check()
    boxes.nth(1).check()
    dana.hand.press(dana.button(CHECK))
    expect(alert).to_contain_text("You chose 2. Choose 1 person to leave out.")
    dana.main.get_by_role("checkbox").nth(0).uncheck()
    dana.main.get_by_role("checkbox").nth(1).uncheck()
    dana.main.get_by_role("checkbox", name=MAYA).check()
    dana.hand.press(dana.button(CHECK))
    expect(dana.main).to_contain_text(
        "Maya Okafor keeps the term to its last day, Nov 30, 2025, and is not renewed."
    )
    return people - 1


def confirm(dana: Visitor, number: int) -> None:
    """Press the last button, and read what the page Seats then says."""
    dana.hand.press(dana.button(f"Lower to {number} renewals"))
    expect(dana.notice).to_contain_text(
        f"From Dec 1, 2025 on the number is {number}, instead of"
    )
    expect(dana.notice).to_contain_text("Left out: Maya Okafor.")
    expect(dana.main).to_contain_text(f"Now {number}, {number} in use.")


def is_sound(dana: Visitor) -> None:
    """Hold the page before axe, wide and on a phone."""
    for size in (WIDE, PHONE):
        dana.page.set_viewport_size(size)
        assert dana.page.evaluate(OVERFLOW) == ""
    Axe().run(dana.page)
    assert barriers(dana.page, "lowering") == []


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_one_person_fewer_from_the_page_seats(
    visitor: Visitors,
    size: ViewportSize,
    scripts: bool,  # noqa: FBT001
) -> None:
    dana = visitor(scripts=scripts)
    dana.enter("dana")
    dana.page.set_viewport_size(size)
    number = leave_maya_out(dana)
    if scripts:
        is_sound(dana)
        dana.page.set_viewport_size(size)
    confirm(dana, number)
    if scripts:
        is_sound(dana)
        dana.page.set_viewport_size(size)
    dana.go(f"/p/{HARBOR}/assignments/")
    expect(dana.line("Maya Okafor")).to_contain_text("Left out from Dec 1, 2025")


def test_the_way_back_lowers_nothing_twice(visitor: Visitors, stage: Stage) -> None:
    dana = visitor()
    dana.enter("dana")
    number = leave_maya_out(dana)
    confirm(dana, number)
    # Past what was sent, to the page that asks.
    dana.page.evaluate("history.go(-3)")
    expect(dana.page).to_have_url(re.compile(r"/seats/lower/\?"))
    dana.hand.write(dana.page.get_by_label(NUMBER), str(number))
    dana.hand.press(dana.button(CHECK))
    alert = dana.main.get_by_role("alert")
    expect(alert).to_contain_text(f"The number is {number} already.")
    dana.go(SEATS)
    expect(dana.main).to_contain_text(f"Now {number}, {number} in use.")
    stage.settle()
    told = [str(each["Subject"]) for each in stage.letters()]
    assert sum("instead of" in subject for subject in told) == 1
