"""J6 as the holder walks it: apply, pay by card, under review, approved."""

import pytest
from playwright.sync_api import expect

from tests.browser.cycle_steps import ME, PLACE, approve, declare, entered, lead
from tests.browser.stage import Stage
from tests.browser.visitor import Visitors


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
