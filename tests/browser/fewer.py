"""Coming down by one person, on the page that lowers a practice's number."""

import re

from tests.browser.showing import Show
from tests.browser.visitor import Visitor
from tests.browser.world import World

NUMBER, CHECK = "Number at the next renewal", "Check what follows"


def leaving_one_out(show: Show, **fields: str) -> Show:
    """Come down by one person: whom, then what follows."""

    def shown(visitor: Visitor, world: World) -> None:
        show(visitor, world)
        visitor.main.get_by_label(NUMBER).fill(str(in_use(visitor) - 1))
        with visitor.page.expect_navigation():
            visitor.button(CHECK).click()
        visitor.main.get_by_role("checkbox").first.check()
        for name, text in fields.items():
            visitor.main.locator(f"[name={name}]").fill(text)
        with visitor.page.expect_navigation():
            visitor.button(CHECK).click()

    return shown


def in_use(visitor: Visitor) -> int:
    """Read how many people the page says are in use."""
    found = re.search(r"Now \d+, (\d+) in use", visitor.main.inner_text())
    assert found is not None
    return int(found[1])
