"""J1: renewing somebody from the blue tile, to a certificate anybody can verify."""

import pytest

from tests.browser.hands import Keyboard
from tests.browser.renewing import check_mail, check_paper, renew_tom
from tests.browser.stage import Stage
from tests.browser.visitor import Visitors


@pytest.mark.db
@pytest.mark.broker
def test_a_member_is_renewed_from_the_blue_tile(
    visitor: Visitors, stage: Stage
) -> None:
    paper = renew_tom(visitor())
    check_paper(paper, visitor())
    stage.settle()
    check_mail(stage.letters())


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
