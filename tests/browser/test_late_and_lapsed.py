"""J7 in the browser: more time, late, lapsed, coming back, gone; and what all read."""

import pytest
from playwright.sync_api import expect

from tests.browser.cycle_steps import (
    ME,
    PLACE,
    advance,
    approve,
    declare,
    entered,
    lead,
    look_up,
)
from tests.browser.letters import words
from tests.browser.stage import Stage
from tests.browser.visitor import Visitors

EXTENSION = f"{PLACE}extension/"


@pytest.mark.db
@pytest.mark.broker
def test_more_time_is_for_who_has_half_and_asks_by_the_last_day(
    visitor: Visitors, stage: Stage
) -> None:
    ana, ben, marcus = (entered(visitor, each) for each in ("ana", "ben", "marcus"))
    lena = entered(visitor, "lena")
    ana.go(EXTENSION)
    expect(ana.main).to_contain_text("12.0 of the 15.0 credits it asks are there.")
    expect(ana.button("Request extension")).to_have_count(0)
    ben.go(ME)
    lead(ben, "Request extension")
    expect(ben.main).to_contain_text("CE tracking tables are not accepted as proof.")
    declare(ben, "Request extension")
    expect(ben.main).to_contain_text("Your request is under review.")
    approve(marcus, "Ben Halloran")

    advance(ben, "Dec 2")
    ben.go(ME)
    expect(ben.main).to_contain_text("Your cycle is extended to Jun 1, 2026.")
    lena.go(EXTENSION)
    expect(lena.main).to_contain_text("It had to be asked for by 5:00 PM on Dec 1")
    expect(lena.button("Request extension")).to_have_count(0)


@pytest.mark.db
@pytest.mark.broker
def test_who_did_nothing_is_late_lapses_can_come_back_and_is_gone(
    visitor: Visitors, stage: Stage
) -> None:
    rosa, employer = entered(visitor, "rosa"), visitor()
    advance(rosa, "Dec 2")
    rosa.go(PLACE)
    expect(rosa.main).to_contain_text("It includes the late fee of $50.00.")
    expect(rosa.button("Submit, $425.00")).to_be_visible()

    advance(rosa, "Jan 1")
    stage.settle()
    told = [
        words(each, "plain") for each in stage.letters() if "rosa@" in str(each["To"])
    ]
    assert any("you may not use the designation" in each for each in told), told
    look_up(employer, "Lind", "Rosa")
    expect(employer.main).to_contain_text("Lapsed Jan 1, 2026")
    rosa.go(ME)
    expect(rosa.main).to_contain_text("Lapsed since Jan 1, 2026")
    lead(rosa, "Apply for reinstatement")
    expect(rosa.main).to_contain_text("Apply and pay by Jun 30, 2026.")
    expect(rosa.button("Pay & reopen, $525.00")).to_be_visible()

    advance(rosa, "Jul 1")
    rosa.go(f"{PLACE}reinstate/")
    expect(rosa.main).to_contain_text("apply as a new candidate and pass")
    expect(rosa.button("Pay & reopen, $525.00")).to_have_count(0)
