"""Impatience, two tabs, the way back: a renewal happens once, and takes one seat."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.stage import Stage
from tests.browser.visitor import Visitor, Visitors

STALE = (
    "Tom Bell's membership changed since you opened this page. Nothing was assigned. "
    "Check the new date, then assign again."
)


def at_assignments(visitor: Visitors, *, scripts: bool = True) -> Visitor:
    """Bring Dana before the assignments page."""
    dana = visitor(scripts=scripts)
    dana.enter("dana")
    dana.open_assignments()
    return dana


def another_tab(dana: Visitor) -> Page:
    """Open the same page in another tab, and give the first one back."""
    first, address = dana.page, dana.page.url
    dana.page = dana.context.new_page()
    dana.page.goto(address)
    return first


def check_renewed_once(dana: Visitor, stage: Stage) -> None:
    """Hold seats, date, paper and mail to one renewal of Tom Bell."""
    dana.go("/p/harbor-family-medicine/assignments/")
    expect(dana.tile("Renewals").get_by_text("5", exact=True)).to_be_visible()
    expect(dana.line("Tom Bell")).to_contain_text("Nov 17, 2026")
    stage.settle()
    recipients = sorted(str(letter["To"]) for letter in stage.letters())
    assert recipients == ["dana@demo.example", "tom@demo.example"]


@pytest.mark.db
@pytest.mark.broker
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_double_click_assigns_once(
    visitor: Visitors, stage: Stage, *, scripts: bool
) -> None:
    dana = at_assignments(visitor, scripts=scripts)
    dana.choose("Tom Bell")
    dana.on_tile("Renewals").dblclick()
    expect(dana.notice).to_contain_text("Tom Bell is now renewed until Nov 17, 2026.")
    check_renewed_once(dana, stage)


def test_a_page_that_another_tab_made_stale_is_refused(
    visitor: Visitors, stage: Stage
) -> None:
    dana = at_assignments(visitor)
    first = another_tab(dana)
    dana.assign("Tom Bell")
    expect(dana.notice).to_contain_text("Tom Bell is now renewed")

    dana.page = first
    dana.watch.awaited.add(409)
    dana.assign("Tom Bell")
    problem = dana.page.get_by_role("alert")
    expect(problem).to_contain_text(STALE)
    expect(problem).to_be_focused()
    check_renewed_once(dana, stage)


def test_two_tabs_may_renew_two_people(visitor: Visitors) -> None:
    dana = at_assignments(visitor)
    first = another_tab(dana)
    dana.assign("Tom Bell")
    expect(dana.notice).to_contain_text("Tom Bell is now renewed")

    dana.page = first
    dana.assign("Grace Lindqvist")
    expect(dana.notice).to_contain_text(
        "Grace Lindqvist is now renewed until Dec 1, 2026."
    )
    expect(dana.tile("Renewals").get_by_text("4", exact=True)).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_the_way_back_leads_to_the_page_as_it_is_now(
    visitor: Visitors, stage: Stage, *, scripts: bool
) -> None:
    dana = at_assignments(visitor, scripts=scripts)
    dana.assign("Tom Bell")
    expect(dana.notice).to_contain_text("Tom Bell is now renewed")

    dana.page.go_back()
    expect(dana.line("Tom Bell")).to_contain_text("Nov 17, 2026")
    expect(dana.box("Tom Bell")).not_to_be_checked()
    dana.watch.awaited.add(422)
    dana.hand.press(dana.on_tile("Renewals"))
    problem = dana.page.get_by_role("alert")
    expect(problem).to_contain_text("Select at least one person, then choose Assign.")
    check_renewed_once(dana, stage)


def test_reloading_what_was_done_does_nothing(visitor: Visitors, stage: Stage) -> None:
    dana = at_assignments(visitor)
    dana.assign("Tom Bell")
    expect(dana.notice).to_contain_text("Tom Bell is now renewed")
    dana.page.reload()
    expect(dana.notice).to_have_count(0)
    check_renewed_once(dana, stage)


def test_the_way_back_grants_no_seats_twice(visitor: Visitors) -> None:
    priya = visitor()
    priya.enter("priya")
    priya.page.get_by_role("button", name="My Account").click()
    priya.page.get_by_role("link", name="Seats").click()
    for label in ("Practice", "Product"):
        priya.page.get_by_label(label).select_option(index=1)
    priya.page.get_by_label("Number of seats").fill("3")
    priya.page.get_by_label("Reason").fill("Paid by cheque 1041")
    priya.button("Save").click()
    expect(priya.notice).to_contain_text("to assign")
    rows = priya.page.get_by_role("row").filter(has_text="Paid by cheque 1041")
    expect(rows).to_have_count(1)

    priya.page.go_back()
    expect(priya.page.get_by_label("Reason")).to_have_value("")
    priya.watch.awaited.add(422)
    priya.button("Save").click()
    expect(priya.page.get_by_role("alert")).to_contain_text("Choose a practice.")
    expect(rows).to_have_count(1)
