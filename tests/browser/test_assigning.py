"""J2 and J3: a member is added with a package; three are assigned a course, undone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.letters import words
from tests.browser.stage import Stage
from tests.browser.visitor import Visitor, Visitors

LINK = re.compile(r"http://[^\s\"<]+/invite/[^\s\"<]+")
PASSWORD = "lamp river orange seven"
COURSE = "MLN: Telehealth Services (1 hr)"
PARTS = ("MSCAT Manual", "HIPAA for Scribes", "MSCAT Assessment")
THREE = ("Carla Benítez", "Ravi Ganesan", "Omar Haddad")


def add(dana: Visitor, first: str, last: str, email: str) -> None:
    """Fill the box at the page's foot in."""
    for label, text in (("First Name", first), ("Last Name", last), ("Email", email)):
        dana.page.get_by_label(label, exact=True).fill(text)
    dana.button("Add member").click()


def icons(visitor: Visitor, name: str, label: str) -> str:
    """What somebody's icon of a product says."""
    mark = visitor.line(name).locator(f"i[title^='{label}: ']")
    return str(mark.get_attribute("title")).removeprefix(f"{label}: ")


@pytest.mark.parametrize("scripts", ["with", "without"])
def test_a_new_member_takes_a_package_and_sees_their_tasks(
    visitor: Visitors, stage: Stage, scripts: str
) -> None:
    dana, nina = visitor(scripts=scripts == "with"), visitor()
    dana.enter("dana")
    dana.open_assignments()
    dana.watch.awaited.add(422)
    add(dana, "", "", "")
    summary = dana.page.get_by_role("alert")
    expect(summary.get_by_role("link")).to_have_count(3)
    if scripts == "with":
        expect(summary).to_be_focused()
    add(dana, "Nina", "New", "nina")
    expect(summary.get_by_role("link")).to_have_text(
        ["Enter an e-mail address such as name@practice.example."]
    )
    add(dana, "Nina", "New", "nina@mail.example")
    expect(dana.notice).to_contain_text("Invitation sent to nina@mail.example.")
    expect(dana.main).to_contain_text("1 package available.")
    for part in PARTS:
        assert icons(dana, "Nina New", part) == "assigned"
    assert icons(dana, "Nina New", "Membership").startswith("current through")

    stage.settle()
    letters = [each for each in stage.letters() if LINK.search(words(each, "plain"))]
    (letter,) = letters
    nina.page.goto(LINK.findall(words(letter, "plain"))[0])
    nina.page.get_by_label("Password").fill(PASSWORD)
    nina.button("Save password and sign in").click()
    expect(nina.page).to_have_url(f"{stage.base}/me/")
    tasks = nina.page.get_by_role("region", name="Assigned to you")
    expect(tasks.get_by_role("listitem")).to_have_count(4)
    expect(tasks.get_by_role("link")).to_have_text(
        ["Membership", PARTS[0], PARTS[1], f"Course {PARTS[1]}", PARTS[2]]
    )
    expect(tasks).not_to_contain_text("Opens when")

    add(dana, "Nina", "Again", "nina@mail.example")
    expect(summary).to_contain_text("Nina New is already a member here")


@pytest.mark.parametrize("scripts", ["with", "without"])
def test_a_course_is_assigned_to_three_and_undone(
    visitor: Visitors, stage: Stage, scripts: str
) -> None:
    dana = visitor(scripts=scripts == "with")
    dana.enter("dana")
    dana.open_assignments()
    dana.assign(*THREE, tile="Continuing Education")
    expect(dana.page.get_by_role("heading", level=1)).to_have_text("Which CE course?")
    dana.page.get_by_label(COURSE).check()
    dana.button("Assign to 3").click()
    expect(dana.notice).to_contain_text(f"{COURSE} assigned to Carla")
    assert {icons(dana, name, "Continuing Education") for name in THREE} == {
        f"{COURSE}, assigned"
    }
    expect(dana.tile("Continuing Education")).to_contain_text("9")
    dana.notice.get_by_role("link", name="Undo").click()
    dana.button("Undo").click()
    expect(dana.tile("Continuing Education")).to_contain_text("12")
    assert {icons(dana, name, "Continuing Education") for name in THREE} == {
        "not assigned"
    }
    dana.go("/p/harbor-family-medicine/activity/")
    expect(dana.main.get_by_text("Took Continuing Education")).to_have_count(3)
    for name in THREE:
        line = f"Assigned Continuing Education: {COURSE} to {name}"
        expect(dana.main.get_by_text(line)).to_have_count(1)


def test_all_who_match_are_selected_with_their_number(visitor: Visitors) -> None:
    dana = visitor()
    dana.enter("dana")
    dana.open_assignments()
    dana.main.get_by_role("link", name=re.compile("Non-members")).click()
    everybody = dana.page.get_by_role("checkbox", name="Select all 3 who match")
    everybody.check()
    expect(dana.main).to_contain_text("3 selected")
    expect(dana.on_tile("Membership")).to_have_text("Assign to 3")
    dana.box("Samir Khalil").uncheck()
    expect(everybody).not_to_be_checked()
    expect(dana.on_tile("Membership")).to_have_text("Assign to 2")
    dana.page.keyboard.press("Escape")
    expect(dana.on_tile("Membership")).to_have_text("Assign")


def test_a_range_with_shift_all_with_a_key_and_nobody_with_escape(
    visitor: Visitors,
) -> None:
    dana = visitor()
    dana.enter("dana")
    dana.open_assignments()
    button = dana.on_tile("Renewals")
    dana.choose("Tom Bell")
    dana.line("Luis Delgado").get_by_text("Luis Delgado", exact=True).click(
        modifiers=["Shift"]
    )
    expect(button).to_have_text("Assign to 5")
    for name in ("Carla Benítez", "Jonah Brandt", "Amelia Chow"):
        expect(dana.box(name)).to_be_checked()
    # The way back over them takes them out again, the first one stays.
    dana.line("Carla Benítez").get_by_text("Carla Benítez", exact=True).click(
        modifiers=["Shift"]
    )
    expect(button).to_have_text("Assign to 1")
    dana.page.keyboard.press("Control+a")
    expect(button).to_have_text("Assign to 24")
    dana.page.keyboard.press("Escape")
    expect(button).to_have_text("Assign")
    find = dana.page.get_by_label("Find a person")
    find.fill("bell")
    find.press("Control+a")
    expect(button).to_have_text("Assign")
