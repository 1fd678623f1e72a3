"""J9.1-3 and 5: confidential documents, read by name, in good standing alone."""

import re
from io import BytesIO

from playwright.sync_api import FilePayload, expect
from pypdf import PdfReader

from tests.browser.letters import words
from tests.browser.visitor import HARBOR, Visitor, Visitors
from tests.files.samples import pdf

PLACE, CEDAR = f"/p/{HARBOR}/documents/", "/p/cedar-surgical-group/documents/"
# A demonstration pins its day; instants are the clock's.
DANA = "Dana Whitfield · Harbor Family Medicine · "
WHEN = r"[A-Z][a-z]{2} \d{1,2}, \d{4}, \d{1,2}:\d{2} [AP]M P[SD]T"
TITLE, CROSSWALK = "SECURE CMS Compliance Documents", "CMSS Credential Crosswalk"


def a_file(name: str) -> FilePayload:
    """A PDF to be chosen."""
    return FilePayload(name=name, mimeType="application/pdf", buffer=pdf())


def opened(visitor: Visitor) -> list[str]:
    """Press Open on the crosswalk; what each page of the copy says."""
    card = visitor.main.get_by_role("article").filter(has_text=CROSSWALK).first
    form = card.locator("form[action$='/open/']").first
    address = form.get_attribute("action") or ""
    key = form.locator("[name=csrfmiddlewaretoken]").input_value()
    answer = visitor.context.request.post(
        visitor.stage.base + address,
        form={"csrfmiddlewaretoken": key},
        headers={"Referer": visitor.page.url},
    )
    assert answer.status == 200, answer.status
    return [page.extract_text() for page in PdfReader(BytesIO(answer.body())).pages]


def test_a_member_without_the_right_is_told_who_has_it(visitor: Visitors) -> None:
    maya = visitor()
    maya.enter("maya")
    maya.watch.awaited.add(403)
    maya.go(PLACE)
    expect(maya.main).to_contain_text("Your role here doesn't include this")
    expect(maya.main).to_contain_text("Your practice's administrator can do it")


def test_dana_reads_the_new_crosswalk_and_acknowledges_it(visitor: Visitors) -> None:
    dana = visitor()
    dana.enter("dana")
    dana.page.get_by_role("button", name="My Account").click()
    dana.page.get_by_role("link", name="Documents", exact=True).click()
    expect(dana.page.get_by_role("heading", level=1)).to_have_text(TITLE)
    card = dana.main.get_by_role("article").filter(has_text=CROSSWALK).first
    expect(card).to_contain_text("New version: read and acknowledge")
    with dana.page.expect_popup() as popup:
        card.get_by_role("button", name="Open").first.click()
    popup.value.close()
    said = opened(dana)
    assert said
    for page in said:
        assert re.search(f"{DANA}{WHEN}", page), page
    dana.page.reload()
    card.get_by_role("checkbox").first.check()
    card.get_by_role("button", name="Acknowledge").first.click()
    expect(dana.notice).to_contain_text(f"You acknowledged {CROSSWALK}, version 2.")
    expect(card).to_contain_text("Acknowledged by you")
    card.get_by_text("Who read and acknowledged it").click()
    expect(card).to_contain_text("Dana Whitfield, version 2")
    expect(card).to_contain_text("Dana Whitfield, version 1")


def test_ruth_s_practice_owes_money_and_reads_what_to_do(visitor: Visitors) -> None:
    ruth = visitor()
    ruth.enter("ruth")
    ruth.go(CEDAR)
    expect(ruth.main).to_contain_text("An invoice is past due since")
    expect(ruth.main.get_by_role("button", name="Open")).to_have_count(0)
    ruth.main.get_by_role("link", name="Open the orders").click()
    expect(ruth.page.get_by_role("heading", level=1)).to_have_text("Orders")
    ruth.watch.awaited.add(404)
    ruth.go(PLACE)
    expect(ruth.main).not_to_contain_text("Harbor")


def test_priya_publishes_a_version_and_dana_gets_a_letter(visitor: Visitors) -> None:
    priya, dana = visitor(), visitor()
    priya.enter("priya")
    priya.page.get_by_role("button", name="My Account").click()
    priya.page.get_by_role("link", name="Documents", exact=True).click()
    row = priya.main.get_by_role("region", name="CMS Attestation")
    row.get_by_role("link", name="New version").click()
    priya.page.get_by_label("What changed").fill("The number to call is new.")
    file = FilePayload(
        name="attestation-2.pdf", mimeType="application/pdf", buffer=pdf()
    )
    priya.main.locator("[name=file]").set_input_files(files=[file])
    priya.button("Publish").click()
    expect(priya.notice).to_contain_text("Published CMS Attestation, version 2.")
    priya.stage.settle()
    told = {
        str(each["To"]): words(each, "plain")
        for each in priya.stage.letters()
        if "CMS Attestation is published" in str(each["Subject"])
    }
    assert {"dana@demo.example", "ruth@demo.example"} <= set(told)
    assert "The number to call is new." in told["dana@demo.example"]
    dana.enter("dana")
    dana.go(PLACE)
    card = dana.main.get_by_role("article").filter(has_text="CMS Attestation").first
    expect(card).to_contain_text("Version 2")


def test_dana_files_a_document_and_replaces_it(visitor: Visitors) -> None:
    dana = visitor()
    dana.enter("dana")
    dana.go(PLACE)
    dana.main.get_by_role("link", name="New version").click()
    file = a_file("protocol-2.pdf")
    dana.main.locator("[name=file]").set_input_files(files=[file])
    dana.button("File version 2").click()
    expect(dana.notice).to_contain_text("Filed Scribe staffing protocol, version 2.")
    expect(dana.main.get_by_role("link", name="Version 1")).to_be_visible()
