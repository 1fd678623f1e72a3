"""Take pictures of the demonstration's pages, to look at and for the README.

    make screenshots
    make screenshots ARGS="course exam"     those whose name holds one of the words

Leaves a picture of every page in every state that the browser tests know, at 1280 and
360 pixels, in .cache/screenshots/. The assignments page as one first meets it becomes
docs/assignments.png.
"""

import shutil
from collections.abc import Sequence

from playwright.sync_api import Page

from deploy.processes import ROOT, main, say
from tests.browser.browsing import Windows, chromium
from tests.browser.looks import LOOKS
from tests.browser.stage import staged
from tests.browser.world import prepare

FOLDER = ROOT / ".cache" / "screenshots"
PICTURE = ROOT / "docs" / "assignments.png"
WIDTHS = {1280: 900, 360: 780}


def picture_all_widths(page: Page, name: str) -> None:
    """Take a page's picture at each width."""
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        path = FOLDER / f"{name.replace(' ', '-')}-{width}.png"
        page.screenshot(path=path, full_page=True)


def program(words: Sequence[str]) -> int:
    """Take all pictures anew, or those whose name holds one of the words."""
    looks = [each for each in LOOKS if not words or any(w in each.name for w in words)]
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    with staged() as stage, chromium() as browser:
        windows = Windows(browser, stage)
        dana = windows.of("dana")
        dana.open_assignments()
        dana.page.set_viewport_size({"width": 1280, "height": 900})
        dana.page.screenshot(path=PICTURE)
        world = prepare(stage, dana, windows.of(""))
        for look in looks:
            visitor = windows.of(look.who)
            look.show(visitor, world)
            picture_all_widths(visitor.page, look.name)
    say(f"{len(looks)} pages lie in {FOLDER}; {PICTURE} is new.")
    return 0


if __name__ == "__main__":
    main(program)
