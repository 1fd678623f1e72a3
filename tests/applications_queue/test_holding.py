"""An application is held: nothing is approved, and its holder reads no reason."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.test import Client

from core.actor import Actor
from core.failures import NotEligible, NotUsable, Stale
from core.models import AuditEntry
from renewals.models import Recertification
from renewals.services import (
    hold_application,
    release_application,
    withdraw_application,
)
from tests.cast import Cast
from tests.recertifying.living import (
    a_holder,
    a_manager,
    applied,
    decided,
    fresh,
    noon,
    own,
    pays,
    stands,
)
from tests.signing import open_session

pytestmark = [pytest.mark.django_db, pytest.mark.db]
NOV_3, NOV_20 = date(2025, 11, 3), date(2025, 11, 20)
LIST, PLACE = "/staff/namss/applications/", "/me/recertify/namss/"
AUDIT, WHY = Actor.system("audits"), "Drawn for the audit of 2025"


@pytest.fixture(autouse=True)
def day() -> Iterator[None]:
    """Live on Nov 3, 2025."""
    with time_machine.travel(noon(NOV_3), tick=True):
        yield


@pytest.fixture
def max_(cast: Cast) -> Client:
    """The browser of a manager."""
    return open_session(Client(), a_manager())


@pytest.fixture
def sent(max_: Client) -> Recertification:
    """An application under review."""
    row = applied(a_holder(), NOV_3)
    pays(row.order, NOV_3)
    return fresh(row)


def held(row: Recertification, reason: str = WHY) -> Recertification:
    """Let what needs no page hold it."""
    return hold_application(
        actor=AUDIT, application=row, reason=reason, today=NOV_3, now=noon(NOV_3)
    )


def released(row: Recertification) -> Recertification:
    """Let what needs no page release it."""
    return release_application(
        actor=AUDIT, application=row, reason="Closed: verified", now=noon(NOV_20)
    )


def entries(action: str) -> int:
    """How often something is on the trail."""
    return AuditEntry.objects.filter(action=f"application.{action}").count()


def test_a_manager_holds_it_and_approves_it_only_once_it_is_released(
    max_: Client, sent: Recertification
) -> None:
    place = f"{LIST}{sent.pk}/"
    said = {"seen": str(sent.version), "reason": WHY}
    assert max_.post(place, said | {"outcome": "hold"}).status_code == 302
    page = max_.get(place).content.decode()
    assert f"Held since Nov 3, 2025 by Max Manager: {WHY}" in page
    assert 'value="approved"' not in page
    assert "Sent" not in max_.get(f"{LIST}?mark=asked").content.decode()
    assert "Nora North" in max_.get(f"{LIST}?mark=held").content.decode()
    said["seen"] = str(fresh(sent).version)
    answer = max_.post(place, said | {"outcome": "approved"})
    assert answer.status_code == 409
    assert "Release it first. Nothing was decided." in answer.content.decode()
    said = {"seen": str(fresh(sent).version), "reason": "All verified"}
    assert max_.post(place, said | {"outcome": "release"}).status_code == 302
    said["seen"] = str(fresh(sent).version)
    assert max_.post(place, said | {"outcome": "approved"}).status_code == 302
    assert fresh(sent).state == "approved"
    assert (entries("held"), entries("released"), entries("approved")) == (1, 1, 1)


def test_its_holder_reads_that_it_takes_longer_and_no_reason(
    sent: Recertification,
) -> None:
    held(sent)
    user = sent.member.user
    assert user is not None
    client = open_session(Client(), user)
    for place in (PLACE, "/me/?program=namss", f"/api/v1/me{place_of(sent)}"):
        page = client.get(place).content.decode()
        assert WHY not in page
        assert "udit" not in page.replace("auditor", "")
    assert "The check takes longer than usual." in client.get(PLACE).content.decode()


def place_of(row: Recertification) -> str:
    """The tail of its address over REST."""
    return f"/recert-applications/app_{row.pk.hex}"


def test_standing_stays_as_under_review(sent: Recertification) -> None:
    before = stands(sent.member, date(2026, 2, 1))
    held(sent)
    assert stands(sent.member, date(2026, 2, 1)) == before == "under_review"


def test_holding_and_releasing_twice_is_once(sent: Recertification) -> None:
    assert held(held(sent)).version == fresh(sent).version
    with pytest.raises(NotEligible, match="held already"):
        held(sent, "Another reason")
    released(sent)
    released(sent)
    assert (entries("held"), entries("released")) == (1, 1)


def test_a_reason_is_asked_and_what_is_decided_is_not_held(
    sent: Recertification,
) -> None:
    with pytest.raises(NotUsable, match="Write why"):
        held(sent, "  ")
    with pytest.raises(NotUsable, match="at most 400"):
        held(sent, "x" * 401)
    decided(sent, "approved", NOV_20)
    with pytest.raises(Stale, match=r"It is approved\. Nothing was held"):
        held(sent)


def test_refusing_and_withdrawing_end_the_hold(sent: Recertification) -> None:
    held(sent)
    row = decided(fresh(sent), "refused", NOV_20, "The audit was not answered.")
    assert (row.state, row.held_on, row.held_reason) == ("refused", None, "")
    again = applied(sent.member, NOV_20)
    pays(again.order, NOV_20)
    held(fresh(again))
    gone = withdraw_application(
        actor=own(sent.member),
        application=again,
        seen=fresh(again).version,
        today=NOV_20,
        now=noon(NOV_20),
    )
    assert (gone.state, gone.held_on) == ("withdrawn", None)
