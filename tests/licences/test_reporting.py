"""What is reported for a registration: told at once whether it counts, and why not."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client

from credentials.policy import Apart
from renewals.models import Licence
from renewals.queries import rules_of
from renewals.services import enter_licence
from tests.cast import NOW, TESTER, Cast
from tests.ce.reporting import decided
from tests.licences.conftest import PERIOD
from tests.portal.pressing import followed
from tests.portal.reading import Page
from tests.portal.writing import a_pdf, mine, send

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("today", "shelf")]
STUDY = {
    "kind": "category_1",
    "title": "Opioids",
    "on": "2025-03-01",
    "minutes": "180",
    "topics": ["pain_management"],
}


@pytest.fixture
def bob(signed_in: Callable[[str], Client]) -> Client:
    """Bob's browser."""
    return signed_in("bob")


def report(bob: Client) -> Page:
    """Submit three hours about pain, with proof."""
    address = "/me/ce/new/?program=mms"
    return followed(bob, send(bob, address, do="submit", file=a_pdf(), **STUDY))


def test_whoever_is_no_physician_is_told_that_nobody_will_decide(
    bob: Client, cast: Cast
) -> None:
    enter_licence(actor=TESTER, member=cast.bob, program="mms", details=PERIOD, now=NOW)
    (notice,) = report(bob).notices
    assert notice.startswith("Submitted. It brings no credit: 180 min → certificate")
    assert notice.endswith("AMA PRA Category 1 Credit is for physicians.")


@pytest.mark.usefixtures("licence")
def test_what_staff_sent_back_stands_beside_what_is_missing(
    bob: Client, cast: Cast
) -> None:
    report(bob)
    licence = cast.bob.licences.get()
    page = f"/me/licences/{licence.pk}/"
    assert "Not counted yet" not in Page.of(bob.get(page)).text
    decided(mine(cast.bob), "returned")
    text = Page.of(bob.get(page)).text
    assert "Not counted yet" in text
    assert "Opioids" in text
    assert "3.0 more hours of Pain management" in text


def test_which_requirements_may_not_share_an_hour_is_said(
    bob: Client, licence: Licence, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = f"/me/licences/{licence.pk}/"
    assert "for every requirement it qualifies for." in Page.of(bob.get(page)).text
    rules = rules_of(licence)
    assert rules
    apart = Apart(rules.basis, ("risk_management", "pain_management"))
    bent = replace(rules, apart=(apart,))
    monkeypatch.setattr("portal.queries.relicensure.rules_of", lambda _: bent)
    assert (
        "An hour counts for one alone of Risk management, Pain management, and for"
        in Page.of(bob.get(page)).text
    )
