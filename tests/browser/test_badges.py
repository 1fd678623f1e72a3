"""J6.5: approved, the certificate opens, the check says so, and a badge is shown."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.certificants import enter_as
from tests.browser.cycle_steps import approve
from tests.browser.stage import Stage
from tests.browser.visitor import Visitors
from tests.pdf.reading import Paper

MINE = "/me/certificates/"
DAYS = "Dec 2, 2025"
LAST = "Dec 1, 2028"


@pytest.mark.db
@pytest.mark.broker
def test_an_approval_brings_certificate_check_and_badge(
    visitor: Visitors, stage: Stage
) -> None:
    sven, marcus, anybody = visitor(), visitor(), visitor()
    enter_as(sven, "sven")
    sven.go(MINE)
    expect(sven.main).to_contain_text("expect it by Dec 15, 2025")
    enter_as(marcus, "marcus")
    approve(marcus, "Sven Berg")
    stage.settle()

    sven.go(MINE)
    first = sven.main.get_by_role("listitem").filter(has_text=DAYS).first
    expect(first).to_contain_text(LAST)
    place = first.get_by_role("link", name="Download PDF").get_attribute("href")
    answer = sven.page.request.get(f"{stage.base}{place}")
    text = Paper(answer.body()).text
    for words in ("Sven Berg", "(CPCS)", f"{DAYS} through {LAST}"):
        assert words in text, words

    sven.hand.press(first.get_by_role("link", name="Verify page"))
    expect(sven.main).to_contain_text("Valid from Dec 2, 2025")
    expect(sven.main).to_contain_text("In good standing")
    expect(sven.main).not_to_contain_text("Attestation")

    sven.go(MINE)
    sven.hand.press(sven.page.get_by_role("button", name="Share badge"))
    expect(sven.notice).to_contain_text("Anybody with the address sees your CPCS badge")
    address = sven.main.get_by_role("link", name="/badges/")
    path = re.sub(r"^https?://[^/]+", "", address.inner_text())
    anybody.go(path)
    expect(anybody.page.get_by_role("heading", level=1)).to_contain_text("Sven Berg")
    expect(anybody.main).to_contain_text("Passed the certification exam.")
    expect(anybody.main).to_contain_text(LAST)
    expect(anybody.main.get_by_role("img").first).to_have_accessible_name(
        re.compile("Badge: NAMSS, Certified Provider Credentialing Specialist")
    )
    expect(anybody.main.get_by_role("link", name="Download PDF")).to_be_visible()

    sven.hand.press(sven.page.get_by_role("button", name="Withdraw badge"))
    expect(sven.notice).to_contain_text("Withdrawn.")
    gone = anybody.page.request.get(f"{stage.base}{path}")
    assert gone.status == 404
