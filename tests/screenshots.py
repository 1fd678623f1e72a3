"""Take pictures of the demonstration's pages, to look at and for the README.

    make screenshots

Walks from each person's first page along every link of the portal, and leaves a picture
of each page at 1280 and 360 pixels in .cache/screenshots/. The assignments page at
1280 pixels becomes docs/assignments.png.
"""

import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

from deploy import system
from deploy.processes import ROOT, OperatorError, main, say
from tests.browser.stage import Stage, staged
from tests.browser.visitor import Visitor
from tests.browser.watch import Watch

FOLDER = ROOT / ".cache" / "screenshots"
PICTURE = ROOT / "docs" / "assignments.png"
WIDTHS = {1280: 900, 360: 780}
PEOPLE = ("", "dana", "maya", "priya")
# Not pages: they act, or bring a file or data.
SKIPPED = re.compile(
    r"/(api/v1|api/schema|static)/|logout|\.pdf$|/certificate/$|/formatted/$"
)
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{20,}")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Give the machine's own browser.

    Raises:
        OperatorError: with the command that installs one.
    """
    program = system.browser()
    if program is None:
        raise OperatorError("chromium is missing. Run: sudo make system-test")
    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=program, args=flags)


def kind_of(path: str) -> str:
    """Name the page an address shows, the same for two members' records."""
    name = UUID.sub("one", path).strip("/").replace("/", "-")
    return re.sub(r"^(verify|demo-mailbox|problems)-.+", r"\1-one", name) or "first"


def links(page: Page) -> list[str]:
    """List the portal's addresses that a page leads to."""
    here = urlsplit(page.url)
    found = page.locator("a[href]").evaluate_all("all => all.map(one => one.href)")
    parts = [urlsplit(address) for address in found]
    return [part.path for part in parts if part.netloc == here.netloc]


def look(page: Page, name: str) -> None:
    """Take a page's picture at each width."""
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        page.screenshot(path=FOLDER / f"{name}-{width}.png", full_page=True)


def walk(visitor: Visitor, who: str) -> None:
    """Follow every link from the first page on, and look once at each kind of page."""
    page = visitor.page
    waiting, seen = [urlsplit(page.url).path, *links(page)], set[str]()
    while waiting:
        path = waiting.pop(0)
        kind = kind_of(path)
        if kind in seen or SKIPPED.search(path):
            continue
        seen.add(kind)
        visitor.go(path)
        look(page, f"{who or 'anybody'}-{kind}")
        waiting += links(page)
    say(f"{who or 'anybody'}: {', '.join(sorted(seen))}")


def open_window(browser: Browser, stage: Stage, who: str) -> Visitor:
    """Open a window and enter as somebody, or as nobody."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    visitor = Visitor(stage, context, Watch(stage.base).over(context))
    if who:
        visitor.enter(who)
    else:
        visitor.go("/")
    return visitor


def program(_: Sequence[str]) -> int:
    """Take all pictures anew."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    with staged() as stage, chromium() as browser:
        stage.settle()
        for who in PEOPLE:
            walk(open_window(browser, stage, who), who)
        dana = open_window(browser, stage, "dana")
        dana.open_assignments()
        dana.page.screenshot(path=PICTURE)
        dana.choose("Tom Bell")
        dana.hand.press(dana.on_tile("View Member Record"))
        look(dana.page, "dana-member-record")
    say(f"The pictures lie in {FOLDER}; {PICTURE} is new.")
    return 0


if __name__ == "__main__":
    main(program)
