"""A browser and a stage for the whole folder, a fresh story and windows for each test.

The browser's own loop runs in the thread of the tests as long as the folder's tests do,
and Django refuses its database to such a thread: what these tests know of rows they ask
of the stage.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from deploy.processes import OperatorError
from tests.browser import browsing
from tests.browser.browsing import open_window
from tests.browser.hands import Hand
from tests.browser.stage import Stage, staged
from tests.browser.visitor import Visitor, Visitors

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark this folder's tests."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """The browser; a missing one fails, with what to do."""
    try:
        with browsing.chromium() as browser:
            yield browser
    except OperatorError as problem:
        pytest.fail(str(problem), pytrace=False)


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
