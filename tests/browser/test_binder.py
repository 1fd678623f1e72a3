"""An auditor comes: Dana makes a binder, leaves, comes back, and hands it over."""

from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Locator, expect
from pypdf import PdfReader

from tests.browser.stage import Stage
from tests.browser.visitor import HARBOR, Visitor, Visitors

PLACE = f"/p/{HARBOR}/binder/"


def asked(dana: Visitor) -> None:
    """Have a binder made of everybody."""
    dana.go(PLACE)
    with dana.page.expect_navigation():
        dana.hand.press(dana.button("Make the binder"))


def ready(dana: Visitor) -> Locator:
    """Come back until the worker is done; the one binder there is."""
    row = dana.main.locator("#binders li").first
    for _ in range(120):
        dana.go(PLACE)
        if "Ready" in row.inner_text():
            break
        dana.page.wait_for_timeout(1000)
    expect(row).to_contain_text("Ready")
    expect(dana.main.locator("#binders .gs-row-split")).to_have_count(1)
    return row


def saved(dana: Visitor, link: Locator) -> bytes:
    """Download what a link leads to."""
    with dana.page.expect_download() as download:
        link.click()
    return Path(download.value.path()).read_bytes()


@pytest.mark.db
@pytest.mark.broker
def test_a_binder_is_made_while_she_is_away_and_holds_it_all(
    visitor: Visitors,
) -> None:
    dana = visitor()
    dana.enter("dana")
    asked(dana)
    expect(dana.notice).to_contain_text("You can leave this page")
    dana.go(f"/p/{HARBOR}/")

    row = ready(dana)
    content = saved(dana, row.get_by_role("link", name="ZIP with every file"))
    with ZipFile(BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    lines = files["MANIFEST.sha256"].decode().splitlines()
    pairs = [line.split("  ", 1) for line in lines]
    sums = {name: digest for digest, name in pairs}
    assert sums.keys() == files.keys() - {"MANIFEST.sha256"}
    assert all(sha256(files[name]).hexdigest() == sums[name] for name in sums)
    said = [
        page.extract_text() for page in PdfReader(BytesIO(files["binder.pdf"])).pages
    ]
    assert f"Page 1 of {len(said)}" in said[0]
    whole = "\n".join(said)
    assert "Maya Okafor" in whole
    assert "Attestation number" in whole

    alone = saved(dana, row.get_by_role("link", name="PDF alone"))
    assert alone == files["binder.pdf"]
    dana.go(PLACE)
    expect(dana.main.locator("#binders")).to_contain_text("Opened 2 times")
    expect(dana.main.locator("#binders")).to_contain_text(sha256(content).hexdigest())


@pytest.mark.db
@pytest.mark.broker
def test_a_worker_that_is_lost_costs_nothing(visitor: Visitors, stage: Stage) -> None:
    dana = visitor()
    dana.enter("dana")
    stage.kill_worker()
    asked(dana)
    binders = dana.main.locator("#binders")
    expect(binders).to_contain_text("Waiting")
    dana.page.evaluate("window.same = true")

    stage.start_worker()
    # The list alone is fetched again, not the page.
    expect(binders).to_contain_text("Ready", timeout=150_000)
    assert dana.page.evaluate("window.same")
    ready(dana)


@pytest.mark.db
@pytest.mark.broker
def test_who_is_ticked_stays_ticked_while_a_binder_waits(
    visitor: Visitors, stage: Stage
) -> None:
    dana = visitor()
    dana.enter("dana")
    stage.kill_worker()
    asked(dana)
    dana.page.get_by_label("Only those I tick").check()
    asked_again: list[str] = []
    dana.page.on("request", lambda request: asked_again.append(request.url))
    dana.page.wait_for_timeout(7_000)
    expect(dana.page.get_by_label("Only those I tick")).to_be_checked()
    assert asked_again == []
    stage.start_worker()
