"""Every page before axe: in light on a wide window, in dark on a very narrow one.

The long search looks at dark on a wide window, too.
"""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import get_resolver
from playwright.sync_api import Browser, Page, ViewportSize, expect

from accounts.checks import routed
from tests.browser.browsing import Windows
from tests.browser.look import Look
from tests.browser.looks import LOOKS, NOT_PAGES
from tests.browser.stage import Stage
from tests.browser.visitor import Visitor
from tests.browser.world import World, prepare
from tests.drawing import SEARCHES

WITH_DEMO = "tests.matrix.demo_urls"
OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
}
WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 320, "height": 640}
OVERFLOW = """() => {
  const wide = document.documentElement.scrollWidth - innerWidth;
  if (wide <= 0) return "";
  const out = [...document.querySelectorAll("main *, header *, footer *")]
    .find((each) => each.getBoundingClientRect().right > innerWidth + 0.5);
  return `${wide} px too wide: ${out?.outerHTML.slice(0, 200)}`;
}"""
HEADINGS = """() => [...document.querySelectorAll("h1")]
  .filter((each) => each.checkVisibility()).length"""


@pytest.fixture(scope="module")
def windows(chromium: Browser, theatre: Stage) -> Iterator[Windows]:
    """One window for each person, for all pages."""
    theatre.reset()
    opened = Windows(chromium, theatre)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def world(windows: Windows, theatre: Stage) -> World:
    """What the pages are shown in."""
    return prepare(theatre, windows.of("dana"), windows.of(""))


def barriers(page: Page, when: str) -> list[str]:
    """Name what axe, once brought into a page, finds in the way."""
    found = page.evaluate("options => axe.run(document, options)", OPTIONS)
    return [
        f"{when}: {each['id']}: {node['html'][:200]} {node['failureSummary'][:300]}"
        for each in found["violations"]
        for node in each["nodes"]
    ]


def bring_up(look: Look, visitor: Visitor, world: World) -> Page:
    """Bring a page before somebody, in a wide window and in light."""
    page, watch = visitor.page, visitor.watch
    watch.faults.clear()
    watch.awaited = {look.before, look.status}
    if not look.who:
        # A page before may have begun to sign somebody in.
        visitor.context.clear_cookies()
    # A colour on its way from one theme to the other would be neither.
    page.emulate_media(reduced_motion="reduce", color_scheme="light")
    page.set_viewport_size(WIDE)
    look.show(visitor, world)
    page.wait_for_load_state()
    return page


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_a_page_keeps_nobody_out(look: Look, windows: Windows, world: World) -> None:
    visitor = windows.of(look.who)
    page = bring_up(look, visitor, world)
    assert visitor.watch.status == look.status
    assert page.evaluate(HEADINGS) == 1
    problem = page.locator("[data-gs-problem]")
    returned = look.status in {409, 422} and visitor.main.locator("form").count()
    if returned or problem.count():
        # Whoever does not see the form must hear first what is wrong with it.
        expect(problem).to_be_focused()
        assert page.title().startswith("Error: ")

    page.evaluate(Axe().axe_script)
    faults = barriers(page, "light")
    page.emulate_media(color_scheme="dark")
    if SEARCHES:
        faults += barriers(page, "dark")
    page.set_viewport_size(NARROW)
    faults += barriers(page, "dark and narrow")
    faults += filter(None, [page.evaluate(OVERFLOW)])
    assert faults + visitor.watch.faults == []


def test_no_page_is_left_out() -> None:
    pages = {
        each.name
        for each in routed(get_resolver(WITH_DEMO))
        if not each.path.startswith(("api/v1/", "api/schema/"))
    }
    assert pages - set(NOT_PAGES) == {look.route for look in LOOKS}


def test_a_barrier_is_noticed(windows: Windows) -> None:
    page = windows.of("").page
    page.goto("about:blank")
    page.set_content("<p style='color: #aaa'>Pale</p><button></button>")
    page.evaluate(Axe().axe_script)
    found = " ".join(barriers(page, "light"))
    assert {"color-contrast", "button-name", "html-has-lang"} <= {
        word.strip(":") for word in found.split()
    }
