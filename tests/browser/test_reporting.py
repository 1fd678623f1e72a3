"""J5, the holder's side: a draft that saves itself, proof, credit with its reason."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Route, expect

from portal.demo.papers import certificate_file
from tests.browser.hands import Hand, Keyboard, Mouse
from tests.browser.reporting import (
    LINE,
    SAVED_BY_ITSELF,
    TITLE,
    be_refused,
    begin,
    choose_kind,
    field,
    leave_and_return,
    payload,
    send_files,
    submit,
)
from tests.browser.stage import Stage
from tests.browser.visitor import Visitor, Visitors

NEW = "/me/ce/new/"


@pytest.mark.parametrize(
    ("hand", "scripts"),
    [
        pytest.param(Mouse, True, id="mouse"),
        pytest.param(Keyboard, True, id="keyboard alone"),
        pytest.param(Mouse, False, id="no scripts"),
    ],
)
def test_what_was_learnt_is_reported_and_counts(
    visitor: Visitors, stage: Stage, hand: Callable[[], Hand], *, scripts: bool
) -> None:
    maya = visitor(hand(), scripts=scripts)
    begin(maya, scripts=scripts)
    leave_and_return(maya)
    if scripts:
        be_refused(maya)
    submit(maya)
    stage.settle()
    (letter,) = stage.letters()
    assert letter["To"] == "maya@demo.example"


def writing(visitors: Visitors) -> Visitor:
    """Maya before a form with a title in it, saved once."""
    maya = visitors()
    maya.enter("maya")
    maya.go(NEW)
    choose_kind(maya, "MLN web-based training")
    field(maya, "Title").fill(TITLE)
    expect(maya.main.get_by_text(SAVED_BY_ITSELF)).to_be_visible()
    return maya


def test_the_first_save_gives_the_draft_its_address(visitor: Visitors) -> None:
    maya = writing(visitor)
    assert maya.page.url.endswith("/edit/")
    maya.page.reload()
    expect(field(maya, "Title")).to_have_value(TITLE)


def test_the_credit_follows_what_is_typed(visitor: Visitors) -> None:
    maya = writing(visitor)
    panel = maya.main.get_by_role("region", name="Credit for this activity")
    expect(panel).to_contain_text(LINE)
    panel.get_by_text("How this was worked out").click()
    for minutes, words in (
        ("30", "30 min → 0.5 CME"),
        ("61", "61 min → 1.5 CME"),
        ("121", "A staff member will decide."),
        ("x", "x min → no credit, minutes must be a number"),
    ):
        field(maya, "Minutes").fill(minutes)
        expect(panel).to_contain_text(words)
        said = maya.page.locator("[data-gs-credit-said]")
        expect(said).to_contain_text(words)
    # Minutes that somebody typed stay when the title changes.
    field(maya, "Title").fill("MLN: Coding (90 min)")
    expect(panel).to_contain_text("x min → no credit")
    field(maya, "Minutes").fill("")
    expect(panel).to_contain_text("90 min → 1.5 CME")


def test_an_older_window_hears_of_the_newer_one(visitor: Visitors) -> None:
    maya = writing(visitor)
    older = maya.page
    maya.page = maya.context.new_page()
    maya.page.goto(older.url)
    field(maya, "Provider").fill("The newer window")
    expect(maya.main.get_by_text(SAVED_BY_ITSELF).last).to_be_visible()
    maya.button("Save draft").click()
    expect(maya.notice).to_contain_text("Draft saved.")
    newer, maya.page = maya.page, older
    maya.watch.awaited.add(409)
    field(maya, "Provider").fill("The older window")
    alert = maya.main.get_by_role("alert")
    expect(alert).to_contain_text("This draft was changed in another window.")
    alert.get_by_role("link", name="Reload the page").click()
    expect(field(maya, "Provider")).to_have_value("The newer window")
    newer.close()
    # The refused save is an answer, not a fault of the page.
    maya.watch.faults[:] = [each for each in maya.watch.faults if "409" not in each]


def test_a_press_waits_for_the_save_that_is_on_its_way(visitor: Visitors) -> None:
    maya = writing(visitor)

    def slowly(route: Route) -> None:
        maya.page.wait_for_timeout(500)
        route.continue_()

    maya.page.route("**/edit/", slowly, times=1)
    field(maya, "Provider").fill("Typed late")
    maya.page.wait_for_timeout(1700)
    maya.button("Save draft").click()
    expect(maya.notice).to_contain_text("Draft saved.")
    expect(field(maya, "Provider")).to_have_value("Typed late")


def test_without_a_connection_what_was_typed_stays(visitor: Visitors) -> None:
    maya = writing(visitor)
    maya.context.set_offline(True)
    field(maya, "Provider").fill("Offline")
    expect(maya.main).to_contain_text("Not saved: no connection")
    maya.context.set_offline(False)
    maya.watch.faults.clear()
    field(maya, "Provider").fill("Online")
    expect(maya.main.get_by_text(SAVED_BY_ITSELF)).to_be_visible()


def test_what_is_typed_last_is_saved_when_the_window_is_left(
    visitor: Visitors,
) -> None:
    maya = writing(visitor)
    address = maya.page.url
    field(maya, "Provider").fill("Typed last")
    maya.page.evaluate(
        "Object.defineProperty(document, 'visibilityState', {value: 'hidden'});"
        "document.dispatchEvent(new Event('visibilitychange'))"
    )
    maya.page.wait_for_timeout(500)
    maya.page.goto(address)
    expect(field(maya, "Provider")).to_have_value("Typed last")


def test_a_search_loses_nothing_of_what_was_typed(visitor: Visitors) -> None:
    maya = writing(visitor)
    field(maya, "Provider").fill("Before the search")
    maya.main.get_by_role("searchbox", name="Search the catalogue").fill("fraud")
    maya.button("Search").click()
    expect(maya.main).to_contain_text("MLN-1043")
    expect(field(maya, "Provider")).to_have_value("Before the search")
    maya.main.get_by_role("link", name="Pick").click()
    expect(field(maya, "Title")).to_have_value("MLN: Combating Medicare Fraud (30 min)")
    expect(maya.main.get_by_text(SAVED_BY_ITSELF).last).to_be_visible()


def test_a_mark_of_the_file_goes_when_the_field_is_edited(visitor: Visitors) -> None:
    maya = visitor()
    maya.enter("maya")
    maya.go(NEW)
    file = certificate_file(
        "Maya Okafor", title="Coding", on=date(2025, 10, 2), minutes=50
    )
    send_files(maya, payload("certificate.pdf", file.read()))
    mark = maya.main.get_by_text("Read from certificate.pdf. Check it.")
    expect(mark).to_have_count(3)
    field(maya, "Title").fill("Coding, part 1")
    expect(mark).to_have_count(2)
    expect(maya.main.get_by_text(SAVED_BY_ITSELF)).to_be_visible()
    maya.page.reload()
    expect(mark).to_have_count(2)
