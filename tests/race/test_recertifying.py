"""An application that many windows submit or withdraw ends in one way, once."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import Member
from billing.models import Invoice, Order
from billing.queries import money_faults
from core.models import AuditEntry
from renewals.models import Recertification
from tests.cast import TODAY, Cast
from tests.race.hands import Hand, at_once, send_all, statuses
from tests.race.money import pays
from tests.recertifying.living import a_holder, applied, drafted
from tests.signing import open_session

pytestmark = [pytest.mark.race, pytest.mark.db]
Acts = Callable[[], list[str]]
PLACE = "/me/recertify/namss/"
COMPLETE = {"name": "Nora North", "declared": "on", "act": "submit"}


def windows(member: Member, count: int) -> list[Client]:
    """Browsers of one person, each with a session of its own."""
    assert member.user is not None
    return [open_session(Client(), member.user) for _ in range(count)]


def entries(action: str) -> int:
    """How often something is on the trail."""
    return AuditEntry.objects.filter(action=f"application.{action}").count()


def test_eight_windows_begin_and_submit_one_application(
    cast: Cast, server: str
) -> None:
    nora = a_holder()
    sends = COMPLETE | {"seen": "0"}
    hands = [Hand(each, PLACE, sends) for each in windows(nora, 8)]
    answers = statuses(send_all(server, hands))
    # Who pressed while another was sent is led there, or told that it changed.
    assert set(answers) <= {302, 409}
    assert answers[302] >= 1
    row = Recertification.objects.get()
    assert (row.state, row.order) == ("awaiting", Order.objects.get())
    assert (entries("begun"), entries("submitted")) == (1, 1)
    assert Invoice.objects.count() == 1
    assert money_faults() == []


def test_submitted_and_withdrawn_at_once_it_is_one_of_them(
    cast: Cast, server: str
) -> None:
    nora = a_holder()
    row = drafted(nora, TODAY)
    seen = {"seen": str(row.version)}
    submit, withdraw = windows(nora, 2)
    answers = send_all(
        server,
        [
            Hand(submit, PLACE, COMPLETE | seen),
            Hand(withdraw, f"{PLACE}{row.pk}/withdraw/", seen),
        ],
    )
    row.refresh_from_db()
    assert {each.status for each in answers} <= {302, 409}
    orders = Order.objects.exclude(state="cancelled").count()
    assert (row.state, orders) in {("awaiting", 1), ("withdrawn", 0)}
    assert entries("submitted") + entries("withdrawn") == 1
    assert money_faults() == []


def test_paid_and_withdrawn_at_once_its_money_is_for_something(
    cast: Cast, server: str
) -> None:
    nora = a_holder()
    row = applied(nora, TODAY)
    order = row.order
    assert order is not None
    (window,) = windows(nora, 1)
    host = server.removeprefix("http://")
    hand = Hand(window, f"{PLACE}{row.pk}/withdraw/", {"seen": str(row.version)})
    heard = at_once([pays(order, "375.00"), lambda: str(hand.send(host).status)])
    row.refresh_from_db()
    order.refresh_from_db()
    if heard[0]:
        # Withdrawn first, its order took no money any more.
        assert (row.state, order.state) == ("withdrawn", "cancelled")
    else:
        assert (row.state, order.state, heard[1]) == ("open", "fulfilled", "409")
    assert money_faults() == []
