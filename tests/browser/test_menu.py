"""The menu: it fits, and My Account opens by hover, click and Enter."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from playwright.sync_api import Locator, ViewportSize, expect

from tests.browser.hands import Keyboard
from tests.browser.visitor import Visitors

ITEM = "Manage Member Assignments"


def hover(button: Locator) -> None:
    button.hover()


def click(button: Locator) -> None:
    button.click()


def enter(button: Locator) -> None:
    Keyboard().press(button)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("opening", [hover, click, enter])
def test_my_account_opens(
    visitor: Visitors,
    opening: Callable[[Locator], None],
    *,
    scripts: bool,
) -> None:
    dana = visitor(scripts=scripts)
    dana.enter("dana")
    main = dana.page.get_by_role("navigation", name="Main")
    item = main.get_by_role("link", name=ITEM)
    expect(item).to_be_hidden()
    opening(main.get_by_role("button", name="My Account"))
    expect(item).to_be_visible()
    item.click()
    expect(dana.page).to_have_url(
        f"{dana.stage.base}/p/harbor-family-medicine/assignments/"
    )


def test_escape_closes_it_and_gives_the_focus_back(
    visitor: Visitors,
) -> None:
    dana = visitor(Keyboard())
    dana.enter("dana")
    button = dana.page.get_by_role("button", name="My Account")
    dana.hand.press(button)
    dana.page.keyboard.press("Tab")
    dana.page.keyboard.press("Escape")
    expect(
        dana.page.get_by_role("navigation").get_by_role("link", name=ITEM)
    ).to_be_hidden()
    expect(button).to_be_focused()


# From this width on the ways stand in one line.
ONE_LINE = ViewportSize(width=1180, height=800)


@pytest.mark.parametrize("who", ["dana", "lena", "priya", "marcus"])
def test_the_ways_fit_beside_the_name(visitor: Visitors, who: str) -> None:
    somebody = visitor()
    somebody.enter(who)
    somebody.page.set_viewport_size(ONE_LINE)
    ways = somebody.page.locator(".gs-head a:visible")
    boxes = [each.bounding_box() for each in ways.all()]
    spans = sorted((box["x"], box["x"] + box["width"]) for box in boxes if box)
    assert len(spans) > 6
    assert spans[-1][1] <= ONE_LINE["width"]
    for (_, ends), (begins, _) in pairwise(spans):
        assert ends <= begins
