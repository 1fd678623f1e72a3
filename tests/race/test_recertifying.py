"""An application that many windows submit or withdraw ends in one way, once."""

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest
from django.test import Client

from accounts.models import Member, User
from billing.models import Invoice, Order
from billing.queries import money_faults
from core.actor import Actor
from core.models import AuditEntry
from renewals.models import Recertification
from renewals.services import Verdict, decide_application, hold_application
from tests.cast import TODAY, Cast
from tests.race.hands import Hand, at_once, send_all, statuses
from tests.race.money import heard, pays
from tests.recertifying.living import a_holder, a_manager, applied, drafted, fresh, noon
from tests.recertifying.living import pays as recorded
from tests.signing import open_session

pytestmark = [pytest.mark.race, pytest.mark.db]
Acts = Callable[[], list[str]]
DEC_20, DEC_28 = date(2025, 12, 20), date(2025, 12, 28)
JAN_5, JAN_8, JAN_20 = date(2026, 1, 5), date(2026, 1, 8), date(2026, 1, 20)
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


def decides(row: Recertification, manager: User) -> Callable[[], str]:
    """Approve an application as a manager does; give the refusal's words."""
    return partial(
        heard,
        partial(
            decide_application,
            actor=Actor(manager.name, user_id=manager.pk),
            application=row,
            seen=row.version,
            verdict=Verdict("approved"),
            today=JAN_20,
            now=noon(JAN_20),
        ),
    )


def two_of_a_cycle() -> tuple[Recertification, Recertification]:
    """An application that waits for its payment, and a paid one of the same cycle."""
    nora = a_holder()
    unpaid = applied(nora, DEC_20)
    again = applied(nora, JAN_5, "reinstatement")
    recorded(again.order, JAN_5)
    return fresh(unpaid), fresh(again)


def test_decided_on_and_paid_at_once_the_cycle_is_recertified_once(
    cast: Cast, server: str
) -> None:
    unpaid, again = two_of_a_cycle()
    assert unpaid.order is not None
    acts = [pays(unpaid.order, "425.00"), decides(again, a_manager())]
    paid, decided = at_once(acts)
    assert paid == "" or "is cancelled" in paid
    # Paid first, its order was replaced by a smaller one: the manager looks again.
    if decided:
        assert decided == "It changed since you opened it. Nothing was decided."
        assert paid == ""
        assert fresh(again).state == "open"
        assert decides(fresh(again), a_manager("Mary Manager"))() == ""
    assert (fresh(unpaid).state, fresh(again).state) == ("withdrawn", "approved")
    assert money_faults() == []


def test_of_two_approved_at_once_one_recertifies_the_cycle(
    cast: Cast, server: str
) -> None:
    late, again = two_of_a_cycle()
    recorded(late.order, JAN_8, dated=DEC_28)
    late = fresh(late)
    assert late.state == "open"
    max_, mary = a_manager(), a_manager("Mary Manager")
    said = at_once([decides(late, max_), decides(again, mary)])
    assert sorted(each[:16] for each in said) == ["", "It is withdrawn."]
    states = {fresh(late).state, fresh(again).state}
    assert states == {"approved", "withdrawn"}
    assert money_faults() == []


def test_held_and_approved_at_once_it_is_never_both(cast: Cast, server: str) -> None:
    row = applied(a_holder(), TODAY)
    recorded(row.order, TODAY)
    row = fresh(row)
    manager = a_manager()
    holds: Callable[[], str] = partial(
        heard,
        partial(
            hold_application,
            actor=Actor.system("audits"),
            application=row,
            reason="Drawn for an audit",
            today=JAN_20,
            now=noon(JAN_20),
        ),
    )
    said = at_once([decides(row, manager), holds])
    row = fresh(row)
    assert (row.state, row.held_on) in {("approved", None), ("open", JAN_20)}
    assert sum(not each for each in said) == 1
