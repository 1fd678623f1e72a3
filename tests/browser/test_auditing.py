"""Drawn, written to, answered with proof, refused as a table, closed: by SMTP."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from deploy.processes import wait_until
from tests.browser.certificants import enter_as
from tests.browser.letters import words
from tests.browser.post_office import PostOffice, post_office
from tests.browser.reporting import payload
from tests.browser.stage import Stage
from tests.browser.test_looks import NARROW, OVERFLOW, WIDE, barriers
from tests.browser.visitor import Visitor, Visitors
from tests.files.samples import pdf

__all__ = ["post_office"]
BODY = "/staff/namss/"
SVEN, ME, PLACE = "sven@demo.example", "/me/?program=namss", "/me/recertify/namss/"
TABLE = "A tracking table instead of a certificate"


def is_sound(visitor: Visitor, what: str) -> None:
    """Hold the page before axe: in light and wide, in dark and very narrow."""
    page = visitor.page
    page.emulate_media(reduced_motion="reduce", color_scheme="light")
    page.evaluate(Axe().axe_script)
    faults = barriers(page, f"{what}, light")
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(NARROW)
    faults += barriers(page, f"{what}, dark and narrow")
    assert [*faults, *filter(None, [page.evaluate(OVERFLOW)])] == []
    page.set_viewport_size(WIDE)
    page.emulate_media(color_scheme="light")


def draw(marcus: Visitor) -> None:
    """Draw every application of November under review, as the preview says."""
    marcus.go(f"{BODY}audits/draw/")
    marcus.main.get_by_role("radio", name="Applications").check()
    marcus.page.get_by_label("Submitted from").fill("2025-11-01")
    marcus.page.get_by_label("How many").fill("1")
    marcus.button("Preview").click()
    preview = marcus.main.get_by_role("region", name="This would be drawn")
    expect(preview).to_contain_text("Held until closed")
    expect(preview).not_to_contain_text("Sven")
    is_sound(marcus, "preview")
    marcus.button("Draw and write to them").click()
    expect(marcus.page.get_by_role("heading", level=1)).to_contain_text(
        "1 of 1 applications"
    )
    expect(marcus.main).to_contain_text("the same applications")
    is_sound(marcus, "draw")
    marcus.go(f"{BODY}applications/")
    marcus.main.get_by_role("link", name="Sven Berg").first.click()
    expect(marcus.main).to_contain_text("Held since")
    expect(marcus.button("Release")).to_have_count(0)
    is_sound(marcus, "held")


def letters(office: PostOffice, count: int) -> list[str]:
    """Wait for so many letters to Sven, and give their subjects."""

    def his() -> list[str]:
        found = [each for each in office.letters if str(each["To"]) == SVEN]
        return [str(each["Subject"]) for each in found]

    assert wait_until(lambda: len(his()) >= count, seconds=60), his()
    return his()


def answer(sven: Visitor) -> None:
    """Come from the home, add a certificate and a line, and send both."""
    sven.go(PLACE)
    expect(sven.main).to_contain_text("Answer the audit by")
    is_sound(sven, "waiting")
    sven.main.get_by_role("link", name="Answer the audit").click()
    sven.page.get_by_label("Add a file to item 1").set_input_files(
        payload("certificate.pdf", pdf())
    )
    sven.page.get_by_label("Your words about item 2").fill("My own tracking table")
    sven.button("Send response").click()
    expect(sven.notice).to_contain_text("Your response is sent.")
    expect(sven.main).to_contain_text("It is locked")


def decide(marcus: Visitor) -> None:
    """Verify what is proved, and refuse the table with that reason."""
    marcus.go(f"{BODY}audits/")
    marcus.main.get_by_role("link", name="Sven Berg").first.click()
    expect(marcus.main).to_contain_text("The holder wrote: My own tracking table")
    first = marcus.main.get_by_role("region", name=re.compile(r"^1\. "))
    expect(first).to_contain_text("certificate.pdf")
    first.get_by_role("button", name="Verified").click()
    expect(marcus.notice).to_contain_text("Verified")
    second = marcus.main.get_by_role("region", name=re.compile(r"^2\. "))
    second.get_by_label("Why not accepted").select_option(label=TABLE)
    second.get_by_role("button", name="Not accepted").click()
    expect(marcus.notice).to_contain_text("Not accepted")


def test_an_application_is_audited_from_the_draw_to_what_follows(
    visitor: Visitors, stage: Stage, post_office: PostOffice
) -> None:
    marcus, sven = visitor(), visitor()
    enter_as(marcus, "marcus")
    enter_as(sven, "sven")
    sven.go(ME)
    expect(sven.main).to_contain_text("30.0 of 30.0")
    draw(marcus)
    assert "Audit: send your proof by" in letters(post_office, 1)[0]
    letter = next(e for e in post_office.letters if str(e["To"]) == SVEN)
    for kind in ("plain", "html"):
        assert "A list that you wrote yourself is no proof." in words(letter, kind)
    sven.go(ME)
    expect(sven.main).to_contain_text("Audit: 2 documents due")
    answer(sven)

    decide(marcus)
    # It stops counting at once, and says why.
    sven.go(ME)
    expect(sven.main).to_contain_text("15.0 of 30.0")
    sven.main.get_by_role("link", name="Grand rounds in credentialing").first.click()
    expect(sven.main).to_contain_text(TABLE)
    expect(sven.main).to_contain_text("send it again once the audit is closed")
    is_sound(sven, "kept back")
    expect(sven.main.get_by_role("link", name="Correct and send again")).to_have_count(
        0
    )

    marcus.button("Close audit").click()
    expect(marcus.notice).to_contain_text("Closed. A mail tells Sven Berg.")
    told = letters(post_office, 3)
    assert "CE not accepted" in told[1]
    assert "Your audit is closed" in told[2]
    sven.page.reload()
    expect(sven.main.get_by_role("link", name="Correct and send again")).to_be_visible()
    marcus.go(f"{BODY}applications/")
    marcus.main.get_by_role("link", name="Sven Berg").first.click()
    expect(marcus.main).not_to_contain_text("Held since")
    expect(marcus.main).to_contain_text("refused or sent back since it was submitted")
    stage.settle()
