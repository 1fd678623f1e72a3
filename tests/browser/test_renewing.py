"""J1: renewing somebody from the blue tile, to a certificate anybody can verify."""

import pytest
from playwright.sync_api import expect

from tests.browser.hands import Keyboard
from tests.browser.renewing import (
    check_mail,
    check_paper,
    renew_and_undo_tom,
    renew_tom,
    undo_refused,
)
from tests.browser.stage import Stage
from tests.browser.visitor import Visitors


@pytest.mark.db
@pytest.mark.broker
def test_a_member_is_renewed_from_the_blue_tile(
    visitor: Visitors, stage: Stage
) -> None:
    dana = visitor()
    paper = renew_tom(dana)
    check_paper(paper, visitor())
    undo_refused(dana)
    stage.settle()
    check_mail(stage.letters())


@pytest.mark.parametrize("scripts", ["with", "without"])
def test_a_renewal_is_undone_before_anybody_downloads(
    visitor: Visitors, stage: Stage, scripts: str
) -> None:
    dana = visitor(scripts=scripts == "with")
    renew_and_undo_tom(dana)
    # And can be made again.
    dana.assign("Tom Bell")
    expect(dana.notice).to_contain_text("Tom Bell is now renewed until Nov 17, 2026.")


def test_the_same_without_javascript(visitor: Visitors, stage: Stage) -> None:
    paper = renew_tom(visitor(scripts=False))
    check_paper(paper, visitor(scripts=False))
    stage.settle()
    check_mail(stage.letters())


def test_the_same_with_a_keyboard_alone(visitor: Visitors, stage: Stage) -> None:
    paper = renew_tom(visitor(Keyboard()))
    check_paper(paper, visitor())
    stage.settle()
    check_mail(stage.letters())
