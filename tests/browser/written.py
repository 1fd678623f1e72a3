"""What staff do who write a course with a test, and whoever sits it."""

import re

from playwright.sync_api import FilePayload, expect

from tests.browser.look import STAFF
from tests.browser.looks_of_courses import shown_at
from tests.browser.visitor import Visitor
from tests.files.samples import picture

WORDS = "A screen with a lock on it"
PICTURE = FilePayload(name="lock.png", mimeType="image/png", buffer=picture())
QUESTIONS = ("What does the picture show?", "What do you do when you leave?")


def press(visitor: Visitor, name: str) -> None:
    with visitor.page.expect_navigation():
        visitor.button(name).last.click()


def follow(visitor: Visitor, name: str) -> None:
    visitor.main.get_by_role("link", name=name).first.click()


def fill(visitor: Visitor, **said: str) -> None:
    for name, text in said.items():
        visitor.main.locator(f"[name={name}]").fill(text)


def writes_a_page(priya: Visitor, title: str) -> None:
    """Begin a course of one page, which is free."""
    priya.go(f"{STAFF}courses/new/")
    slug = title.lower().replace(" ", "-")
    fill(priya, title=title, slug=slug, provider="The body", released_on="2025-01-02")
    press(priya, "Save")
    press(priya, "New version")
    fill(priya, title="First")
    press(priya, "Add a module")
    follow(priya, "Add a page")
    fill(priya, title="Locks", code="locks", markdown="Lock it.")
    press(priya, "Save and preview")
    follow(priya, title)
    fill(priya, objectives="Lock a screen")
    press(priya, "Save")


def writes_the_test(priya: Visitor) -> None:
    """Put a picture in, ask two questions, one of them with it, and look at both."""
    follow(priya, "Files")
    priya.main.locator("[name=file]").set_input_files(files=[PICTURE])
    priya.main.locator("[name=asked]").check()
    press(priya, "Add the file")
    expect(priya.main).to_contain_text("Picture of a question")
    priya.main.locator(".gs-eyebrow a").click()
    priya.main.get_by_role("link", name="Test", exact=True).click()
    fill(priya, questions="2", pass_percent="50", tries="3")
    press(priya, "Begin the test")
    for number, text in enumerate(QUESTIONS):
        follow(priya, "Add a question")
        fill(priya, text=text, topic="Locks", why="It does.")
        fill(priya, option_1="A lock", option_2="A key")
        priya.main.locator("[name=right_1]").check()
        if not number:
            priya.main.locator("[name=picture]").select_option("lock.png")
            fill(priya, picture_words=WORDS)
        press(priya, "Save")
    follow(priya, "Preview")
    sees_the_picture(priya)
    priya.main.locator(".gs-eyebrow a").click()
    priya.main.locator(".gs-eyebrow a").click()


def sees_the_picture(visitor: Visitor) -> None:
    shown = visitor.main.get_by_role("img", name=WORDS)
    expect(shown).to_be_visible()
    assert shown.evaluate("i => i.decode().then(() => i.naturalWidth > 0)")


def sits_it(maya: Visitor, title: str) -> None:
    """Read the page, begin the test, and see the picture with its question alone."""
    maya.go("/me/learn/")
    follow(maya, title)
    press(maya, "Enrol")
    with maya.page.expect_navigation():
        maya.main.locator("button[name=go]").last.click()
    maya.go(re.sub(r"(/c/[^/]+/).*", r"\1test/", shown_at(maya)))
    press(maya, "Start the test")
    for _ in QUESTIONS:
        asked = maya.main.locator("legend").inner_text()
        if asked == QUESTIONS[0]:
            sees_the_picture(maya)
        else:
            expect(maya.main.get_by_role("img", name=WORDS)).to_have_count(0)
        label = maya.main.locator("label.gs-option").filter(has_text="A lock")
        label.locator("input").check()
        with maya.page.expect_navigation():
            maya.main.locator("button[name=go][value=next]").click()
    press(maya, "Submit test")
    expect(maya.main).to_contain_text("Passed")
