"""The machine's own chromium, and windows in it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

from deploy import system
from deploy.processes import OperatorError
from tests.browser.hands import Hand, Mouse
from tests.browser.stage import Stage
from tests.browser.visitor import Visitor
from tests.browser.watch import Watch

FLAGS = ("--disable-background-networking", "--disable-component-update")
PATIENCE_MS = 15_000


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run the machine's own browser; CHROMIUM names another.

    Raises:
        OperatorError: with the command that installs one.
    """
    program = system.browser()
    if program is None:
        raise OperatorError("chromium is missing. Run: sudo make system-test")
    # Its own walls need rights that root's containers rarely have.
    flags = [*FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=flags)
        yield browser
        browser.close()


def open_window(
    browser: Browser, stage: Stage, hand: Hand | None = None, *, scripts: bool = True
) -> Visitor:
    """Open a window of its own for somebody."""
    context = browser.new_context(java_script_enabled=scripts)
    context.set_default_timeout(PATIENCE_MS)
    watch = Watch(stage.base, elsewhere=(stage.far.base,)).over(context)
    return Visitor(stage, context, watch, hand or Mouse())


class Windows:
    """One window for each person, opened when first asked for."""

    def __init__(self, browser: Browser, stage: Stage) -> None:
        """Open none yet."""
        self._browser, self._stage = browser, stage
        self._opened: dict[str, Visitor] = {}

    def of(self, who: str) -> Visitor:
        """Give the window of somebody who has entered, or of nobody in particular."""
        if who not in self._opened:
            visitor = open_window(self._browser, self._stage)
            if who:
                visitor.enter(who)
            self._opened[who] = visitor
        return self._opened[who]

    def close(self) -> None:
        """Close all of them."""
        for each in self._opened.values():
            each.context.close()
