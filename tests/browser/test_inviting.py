"""A practice invites somebody, who sets a password and sees where they stand."""

import re

from playwright.sync_api import expect

from tests.browser.letters import words
from tests.browser.stage import Stage
from tests.browser.visitor import Visitors

LINK = re.compile(r"http://[^\s\"<]+/invite/[^\s\"<]+")
EMAIL = "nora.quist@mail.example"
NEW_PASSWORD = "lamp river orange seven"


def link_in(stage: Stage) -> str:
    """Read the link out of the one letter there is."""
    stage.settle()
    [letter] = stage.letters()
    assert str(letter["To"]) == EMAIL
    links = {LINK.findall(words(letter, kind))[0] for kind in ("plain", "html")}
    assert len(links) == 1
    return str(links.pop())


def test_an_invitation_leads_to_ones_own_page(visitor: Visitors, stage: Stage) -> None:
    dana, nora = visitor(), visitor()
    dana.enter("dana")
    dana.invite("Nora", "Quist", EMAIL)
    link = link_in(stage)

    nora.page.goto(link)
    heading = nora.page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Welcome, Nora Quist")
    nora.watch.awaited.add(422)
    nora.page.get_by_label("Password").fill("short")
    nora.button("Save password and sign in").click()
    expect(nora.page.get_by_role("alert")).to_be_focused()
    nora.page.get_by_label("Password").fill(NEW_PASSWORD)
    nora.button("Save password and sign in").click()
    expect(nora.page).to_have_url(f"{stage.base}/me/")

    # The link has done its work; the password goes on.
    somebody, later = visitor(), visitor()
    somebody.watch.awaited.add(410)
    somebody.page.goto(link)
    expect(somebody.main).to_contain_text("This invitation has ended")
    later.sign_in(EMAIL, NEW_PASSWORD)
    expect(later.page).to_have_url(f"{stage.base}/me/")
    dana.page.reload()
    row = dana.page.get_by_role("row").filter(has_text="Nora Quist")
    expect(row).to_contain_text("Active")
