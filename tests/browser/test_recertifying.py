"""J6 and J7 as the holder walks them: apply, pay, more time, lapse, come back, gone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.certificants import enter_as
from tests.browser.stage import Stage
from tests.browser.visitor import Visitor, Visitors

ME, PLACE = "/me/?program=namss", "/me/recertify/namss/"
APPLICATIONS = "/staff/namss/applications/"


def entered(visitor: Visitors, account: str) -> Visitor:
    """Somebody of the body of cycles, with a window of their own."""
    made = visitor()
    enter_as(made, account)
    return made


def lead(visitor: Visitor, name: str) -> None:
    """Follow the first link of that name."""
    visitor.hand.press(visitor.main.get_by_role("link", name=name).first)


def declare(visitor: Visitor, button: str) -> None:
    """Leave the name as it is filled in, declare, and press a button."""
    box = visitor.page.get_by_role("checkbox", name=re.compile("I declare"))
    visitor.hand.press(box)
    visitor.hand.press(visitor.button(button))


def approve(marcus: Visitor, name: str) -> None:
    """Let the manager approve what somebody sent."""
    marcus.go(APPLICATIONS)
    lead(marcus, name)
    marcus.hand.press(marcus.button("Approve"))
    expect(marcus.notice).to_contain_text(f"Approved: {name}.")


def advance(visitor: Visitor, day: str) -> None:
    """Move the demonstration's day on."""
    visitor.page.get_by_role("button", name=day, exact=True).click()
    expect(visitor.notice).to_contain_text(f"It is now {day}")


@pytest.mark.db
@pytest.mark.broker
def test_an_application_is_sent_paid_by_card_and_approved(
    visitor: Visitors, stage: Stage
) -> None:
    rosa, marcus = entered(visitor, "rosa"), entered(visitor, "marcus")
    rosa.go(ME)
    lead(rosa, "Apply for recertification")
    expect(rosa.main).to_contain_text("Apply and pay by Dec 1, 2025.")
    declare(rosa, "Submit, $375.00")
    lead(rosa, "Go on to pay $375.00")
    rosa.hand.press(rosa.button("Pay $375.00 by card"))
    rosa.page.wait_for_url(f"{stage.far.base}/**")
    rosa.hand.press(rosa.button("Pay"))
    rosa.page.wait_for_url(f"{stage.base}/**")
    expect(rosa.page.get_by_role("heading", level=1)).to_have_text(
        "Paid", timeout=30_000
    )
    rosa.go(PLACE)
    expect(rosa.main).to_contain_text("Your application is under review.")
    expect(rosa.main).to_contain_text("Answer due between")

    approve(marcus, "Rosa Lind")
    rosa.go(PLACE)
    expect(rosa.main).to_contain_text("The cycle that ends Dec 1, 2025 is recertified.")
    stage.settle()
    subjects = [str(each["Subject"]) for each in stage.letters()]
    for words in ("is under review", "is approved"):
        assert [each for each in subjects if words in each], subjects


def test_more_time_is_granted_and_who_did_nothing_lapses_and_comes_back(
    visitor: Visitors, stage: Stage
) -> None:
    lena, marcus = entered(visitor, "lena"), entered(visitor, "marcus")
    rosa = entered(visitor, "rosa")
    lena.go(ME)
    expect(lena.main).to_contain_text("27.0 of 30.0 CE, 14.0 of 15.0 approved")
    lead(lena, "Request extension")
    expect(lena.main).to_contain_text("CE tracking tables are not accepted as proof.")
    declare(lena, "Request extension")
    expect(lena.main).to_contain_text("Your request is under review.")
    approve(marcus, "Lena Ortiz")

    advance(lena, "Dec 2")
    lena.go(ME)
    expect(lena.main).to_contain_text("Your cycle is extended to Jun 1, 2026.")
    rosa.go(PLACE)
    expect(rosa.main).to_contain_text("It includes the late fee of $50.00.")
    expect(rosa.button("Submit, $425.00")).to_be_visible()

    advance(rosa, "Jan 1")
    rosa.go(ME)
    expect(rosa.main).to_contain_text("Lapsed since Jan 1, 2026")
    lead(rosa, "Apply for reinstatement")
    expect(rosa.main).to_contain_text("Apply and pay by Jun 30, 2026.")
    expect(rosa.button("Pay & reopen, $525.00")).to_be_visible()

    advance(rosa, "Jul 1")
    rosa.go(f"{PLACE}reinstate/")
    expect(rosa.main).to_contain_text("apply as a new candidate and pass")
    expect(rosa.button("Pay & reopen, $525.00")).to_have_count(0)
