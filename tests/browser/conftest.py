"""A browser and a stage for the whole folder, a fresh story and windows for each test.

The browser's own loop runs in the thread of the tests as long as the folder's tests do,
and Django refuses its database to such a thread: what these tests know of rows they ask
of the stage.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from deploy import system
from tests.browser.hands import Hand, Mouse
from tests.browser.stage import Stage, staged
from tests.browser.visitor import Visitor, Visitors
from tests.browser.watch import Watch

FLAGS = ("--disable-background-networking", "--disable-component-update")
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark this folder's tests; they share one stage, so one worker runs them."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """The machine's own chromium; CHROMIUM names another."""
    program = system.browser()
    if program is None:
        pytest.fail("chromium is missing. Run: sudo make system-test", pytrace=False)
    # Its own walls need rights that root's containers rarely have.
    flags = [*FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=flags)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def theatre() -> Iterator[Stage]:
    """Web and worker, started once."""
    with staged() as stage:
        yield stage


@pytest.fixture
def stage(theatre: Stage) -> Stage:
    """Web and worker, at the story's beginning."""
    theatre.reset()
    return theatre


def open_window(
    browser: Browser, stage: Stage, hand: Hand | None = None, *, scripts: bool = True
) -> Visitor:
    """Open a window of its own for somebody."""
    context = browser.new_context(java_script_enabled=scripts)
    context.set_default_timeout(15_000)
    watch = Watch(stage.base).over(context)
    return Visitor(stage, context, watch, hand or Mouse())


@pytest.fixture
def visitor(chromium: Browser, stage: Stage) -> Iterator[Visitors]:
    """Make people with windows of their own; no page may have gone wrong for one."""
    made: list[Visitor] = []

    def make(hand: Hand | None = None, *, scripts: bool = True) -> Visitor:
        made.append(open_window(chromium, stage, hand, scripts=scripts))
        return made[-1]

    yield make
    for each in made:
        each.context.close()
    assert [fault for each in made for fault in each.watch.faults] == []
