"""J9.4: pencil, panel, a new administrator; the former is out at the next click."""

import pytest
from playwright.sync_api import expect

from tests.browser.letters import words
from tests.browser.visitor import HARBOR, Visitors

TITLE = "Change Practice Administrator"
NEW = "Tom Bell"


@pytest.mark.parametrize("scripts", [True, False], ids=["panel", "page"])
def test_dana_hands_over_and_is_out_with_her_next_click(
    visitor: Visitors, *, scripts: bool
) -> None:
    dana = visitor(scripts=scripts)
    dana.enter("dana")
    dana.open_assignments()
    other = dana.context.new_page()
    other.goto(f"{dana.stage.base}/p/{HARBOR}/")
    expect(other.get_by_role("link", name="People", exact=True)).to_be_visible()

    dana.page.get_by_role("link", name=TITLE).click()
    heading = dana.page.get_by_role("heading", name=TITLE, level=2 if scripts else 1)
    expect(heading).to_be_visible()
    assert dana.page.url.endswith("/assignments/") is scripts
    dana.page.get_by_role("radio", name=NEW).check()
    dana.page.get_by_role("button", name="Change administrator").click()

    expect(dana.notice).to_contain_text(f"{NEW} is now Practice Administrator")
    dana.watch.awaited |= {404, 403}
    other.get_by_role("link", name="People", exact=True).click()
    expect(other.get_by_role("heading", level=1)).not_to_have_text("People")
    assert dana.watch.status in {403, 404}

    tom = visitor(scripts=scripts)
    tom.enter("tom")
    tom.go(f"/p/{HARBOR}/assignments/")
    expect(tom.main.get_by_text("Practice Administrator").first).to_be_visible()
    dana.stage.settle()
    told = {
        str(each["To"]): words(each, "plain")
        for each in dana.stage.letters()
        if "Practice Administrator now" in str(each["Subject"])
    }
    assert sorted(told) == ["dana@demo.example", "tom@demo.example"]
    assert "Your role as its administrator has ended" in told["dana@demo.example"]
