"""My Account: hover, click and Enter all open it, and Escape closes it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

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
