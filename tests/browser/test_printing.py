"""On paper a page has no navigation and nothing to press, and keeps its words."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visitor import HARBOR, Visitor, Visitors

NEVER_PRINTED = ("banner", "navigation", "contentinfo", "search")


def on_paper(visitor: Visitor, address: str) -> Page:
    """Open a page and look at it as it is printed."""
    visitor.go(address)
    visitor.page.emulate_media(media="print")
    for role in NEVER_PRINTED:
        for place in visitor.page.get_by_role(role).all():  # type: ignore[arg-type]
            expect(place).to_be_hidden()
    for button in visitor.page.get_by_role("button").all():
        expect(button).to_be_hidden()
    return visitor.page


@pytest.mark.parametrize("address", [f"/p/{HARBOR}/reports/"])
def test_the_compliance_matrix_prints_each_person_s_standing(
    visitor: Visitors, address: str
) -> None:
    dana = visitor()
    dana.enter("dana")
    page = on_paper(dana, address)
    row = page.get_by_role("row").filter(has_text="Tom Bell")
    expect(row).to_be_visible()
    expect(row).to_contain_text("Renew now")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_verification_prints_both_verdicts_and_when(visitor: Visitors) -> None:
    anybody = visitor()
    anybody.go("/")
    number = anybody.page.locator("[name=number]").first.input_value()
    page = on_paper(anybody, f"/verify/{number}/")
    main = page.get_by_role("main")
    expect(main).to_contain_text("Valid")
    expect(main).to_contain_text("In good standing")
    expect(main).to_contain_text("Checked")
    expect(main).to_contain_text(number)
