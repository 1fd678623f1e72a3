"""J5 whole: reported with proof, not accepted, sent again, approved; mail by SMTP."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from deploy.processes import wait_until
from tests.browser.hands import Hand, Keyboard, Mouse
from tests.browser.letters import words
from tests.browser.post_office import PostOffice, post_office
from tests.browser.reporting import (
    AFTER,
    BEFORE,
    TITLE,
    begin,
    leave_and_return,
    submit,
)
from tests.browser.stage import Stage
from tests.browser.visitor import Visitor, Visitors

__all__ = ["post_office"]
REASON = "Product-specific training"
HERS = "/staff/acmss/queue/?q=Okafor"


def open_hers(priya: Visitor) -> None:
    """Find Maya's activity in the queue, and open it."""
    priya.go(HERS)
    priya.hand.press(priya.main.get_by_role("link", name="Start reviewing"))
    expect(priya.page.get_by_role("heading", level=1)).to_contain_text("Maya Okafor")
    expect(
        priya.main.get_by_role("img", name="Page 1 of certificate.pdf")
    ).to_be_visible()


def not_accept(priya: Visitor) -> None:
    """Choose the reason, and do not accept."""
    open_hers(priya)
    ground = priya.page.get_by_label("Why not accepted")
    if isinstance(priya.hand, Keyboard):
        priya.hand.reach(ground).keyboard.type("Product")
    else:
        ground.select_option(label=REASON)
    priya.hand.press(priya.button("Not accepted"))
    expect(priya.notice).to_contain_text("Not accepted")


def send_again(maya: Visitor) -> None:
    """See that it no longer counts, and why; correct it and send it again."""
    maya.go("/me/")
    expect(maya.page.get_by_role("heading", level=1)).to_have_text(BEFORE)
    maya.hand.press(maya.main.get_by_role("link", name=TITLE, exact=True).first)
    expect(maya.main).to_contain_text(REASON)
    maya.hand.press(maya.main.get_by_role("link", name="Correct and send again"))
    maya.hand.press(maya.button("Submit activity"))
    expect(maya.notice).to_contain_text("Submitted. 1.0 CME counts from today.")
    maya.go("/me/")
    expect(maya.page.get_by_role("heading", level=1)).to_have_text(AFTER)


def approve(priya: Visitor) -> None:
    """Open it again, and approve with a single key."""
    open_hers(priya)
    expect(priya.main).to_contain_text("Sent again")
    priya.page.keyboard.press("a")
    expect(priya.notice).to_contain_text("Approved")


def subjects(office: PostOffice, count: int) -> list[str]:
    """Wait for so many letters to Maya, and give their subjects."""
    assert wait_until(lambda: len(office.letters) >= count, seconds=60)
    assert {str(each["To"]) for each in office.letters} == {"maya@demo.example"}
    return [str(each["Subject"]) for each in office.letters]


@pytest.mark.parametrize(
    "hand",
    [
        pytest.param(Mouse, id="mouse", marks=[pytest.mark.db, pytest.mark.broker]),
        pytest.param(Keyboard, id="keyboard alone"),
    ],
)
def test_what_was_learnt_is_decided_on_and_told(
    visitor: Visitors,
    stage: Stage,
    post_office: PostOffice,
    hand: Callable[[], Hand],
) -> None:
    maya, priya = visitor(hand()), visitor(hand())
    begin(maya)
    leave_and_return(maya)
    submit(maya)
    assert "CE received" in subjects(post_office, 1)[0]

    priya.sign_in("priya")
    not_accept(priya)
    assert "CE not accepted" in subjects(post_office, 2)[1]
    for kind in ("plain", "html"):
        assert REASON in words(post_office.letters[1], kind)

    send_again(maya)
    approve(priya)
    told = subjects(post_office, 4)
    assert "CE received" in told[2]
    assert "CE approved" in told[3]
    maya.go("/me/")
    expect(maya.page.get_by_role("heading", level=1)).to_have_text(AFTER)
    stage.settle()
    assert len(post_office.letters) == 4
