"""The worker is lost: pages go on, and what waited is done once it is back."""

import pytest
from playwright.sync_api import expect

from tests.browser.stage import Stage
from tests.browser.visitor import Visitors


@pytest.mark.db
@pytest.mark.broker
def test_a_certificate_waits_for_the_worker(visitor: Visitors, stage: Stage) -> None:
    dana = visitor()
    dana.enter("dana")
    dana.open_assignments()
    stage.kill_worker()

    dana.assign("Tom Bell")
    expect(dana.notice).to_contain_text("Tom Bell is now renewed until Nov 17, 2026.")
    dana.choose("Tom Bell")
    dana.hand.press(dana.on_tile("View Compliance Certificate"))
    heading = dana.page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Preparing your certificate")
    assert stage.letters() == []

    stage.start_worker()
    assert "Tom Bell" in dana.wait_for_paper().text
    stage.settle()
    assert len(stage.letters()) == 2
