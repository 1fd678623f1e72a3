"""Paying by card: from the order's page to the provider's, and back to the receipt."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from billing.models import CardSession, JournalRow, Order, Payment
from billing.queries import money_faults
from billing.services import cancel_order
from core.models import AuditEntry, OutboxMessage
from tests.billing.cards import address, cards, click, completed, page_of
from tests.billing.money import an_order, available, manager, paid
from tests.billing.stripe_fake import Far
from tests.cast import NOW, TODAY, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.db]
SignIn = Callable[[str], Client]


def test_a_card_pays_the_order_and_brings_what_was_bought(
    cast: Cast, far: Far, signed_in: SignIn, today: date
) -> None:
    order, alice = an_order(cast.northside), signed_in("alice")
    page = alice.get(address(order, "order"))
    assert "Pay $170.00 by card" in page.content.decode()
    assert f"form-action 'self' {far.base}" in page["Content-Security-Policy"]

    session = click(alice, order)
    asked = far.sessions[session]
    assert (asked["amount_total"], asked["currency"]) == (17000, "usd")
    assert asked["name"] == f"Order {order.number}"
    assert asked["success_url"].endswith(address(order, "paid_by_card"))

    waiting = alice.get(address(order, "paid_by_card")).content.decode()
    assert "told by the card&#x27;s provider" in waiting
    completed(far, session)
    order.refresh_from_db()

    assert (order.state, order.paid_on) == ("fulfilled", TODAY)
    assert available(cast.northside) == 2
    payment = Payment.objects.get()
    assert (payment.method, payment.amount) == ("card", Decimal(170))
    assert payment.key == f"stripe:{far.charges[0]}"
    assert page_of(order).state == "paid"
    arrived = alice.get(address(order, "paid_by_card")).content.decode()
    assert "$170.00 arrived by card" in arrived
    assert OutboxMessage.objects.filter(kind="order_receipt").count() == 1
    assert AuditEntry.objects.filter(action="payment.card_begun").count() == 1
    page = alice.get(address(order, "order"))
    assert "by card</button>" not in page.content.decode()
    assert far.base not in page["Content-Security-Policy"]
    assert money_faults() == []


def test_coming_back_from_paying_proves_nothing(
    cast: Cast, far: Far, signed_in: SignIn, today: date
) -> None:
    order, alice = an_order(cast.northside), signed_in("alice")
    session = click(alice, order)
    back = address(order, "paid_by_card")

    page = alice.get(f"{back}?session_id={session}&payment_status=paid&state=paid")

    assert "You need not pay again" in page.content.decode()
    assert not Payment.objects.exists()
    assert Order.objects.get().state == "awaiting"


def test_without_keys_nothing_is_offered_and_nothing_is_charged(
    cast: Cast, signed_in: SignIn, today: date, settings: Settings
) -> None:
    order, alice = an_order(cast.northside), signed_in("alice")
    page = alice.get(address(order, "order"))

    assert "Awaiting payment" in page.content.decode()
    assert "by card" not in page.content.decode()
    assert "stripe" not in page["Content-Security-Policy"]
    refused = alice.post(address(order))
    assert refused.status_code == 409
    assert "Pay by cheque, transfer or phone." in refused.content.decode()
    assert not CardSession.objects.exists()


def test_another_click_leads_to_the_same_page(
    cast: Cast, far: Far, signed_in: SignIn, today: date
) -> None:
    order, alice = an_order(cast.northside), signed_in("alice")
    assert click(alice, order) == click(alice, order)
    assert len(far.sessions) == CardSession.objects.count() == 1
    assert far.calls == ["POST /v1/checkout/sessions"]


def test_a_page_for_another_amount_is_ended_before_a_new_one_opens(
    cast: Cast, far: Far, signed_in: SignIn, today: date
) -> None:
    order, alice = an_order(cast.northside), signed_in("alice")
    first = click(alice, order)
    paid(order, "70.00")

    second = click(alice, order)

    assert far.sessions[first]["status"] == "expired"
    assert far.sessions[second]["amount_total"] == 10000
    states = order.card_sessions.order_by("created_at").values_list("state", flat=True)
    assert list(states) == ["expired", "open"]


def test_a_page_that_was_just_paid_is_not_replaced(
    cast: Cast, far: Far, signed_in: SignIn, today: date
) -> None:
    order, alice = an_order(cast.northside), signed_in("alice")
    far.pay(click(alice, order))
    paid(order, "70.00")

    refused = alice.post(address(order))

    assert refused.status_code == 409
    assert "is on its way" in refused.content.decode()
    assert len(far.sessions) == 1


def test_a_page_that_ran_out_makes_room_for_a_new_one(
    cast: Cast, far: Far, signed_in: SignIn
) -> None:
    order = an_order(cast.northside)
    with time_machine.travel(NOW, tick=True):
        first = click(signed_in("alice"), order)
    with time_machine.travel(NOW + timedelta(hours=3), tick=True):
        second = click(signed_in("alice"), order)

    assert first != second
    assert page_of(order).session_id == second
    assert order.card_sessions.filter(state="open").count() == 1


@pytest.mark.parametrize("ended", ["paid", "cancelled"])
def test_an_order_that_awaits_nothing_is_not_charged(
    cast: Cast, far: Far, signed_in: SignIn, today: date, ended: str
) -> None:
    order = an_order(cast.northside)
    if ended == "paid":
        paid(order, "170.00")
    else:
        cancel_order(
            actor=manager(cast), order=order, reason="Asked", today=TODAY, now=NOW
        )

    refused = signed_in("alice").post(address(order))

    assert refused.status_code == 409
    assert "Nothing was charged" in refused.content.decode()
    assert far.calls == []


def test_what_waits_for_a_second_person_is_not_charged_on_top(
    cast: Cast, far: Far, signed_in: SignIn, today: date
) -> None:
    order = an_order(cast.northside, renewals=20)
    paid(order, "1700.00", actor=manager(cast))
    alice = signed_in("alice")

    refused = alice.post(address(order))

    assert "being confirmed" in refused.content.decode()
    page = alice.get(address(order, "order")).content.decode()
    assert "by card" not in page
    assert "not set up here" not in page
    assert far.calls == []


def test_a_foreign_order_can_t_be_paid(
    cast: Cast, far: Far, signed_in: SignIn, today: date
) -> None:
    order = an_order(cast.northside)
    stranger = address(order).replace("northside", "lakeview")

    assert signed_in("frank").post(stranger).status_code == 404
    assert signed_in("frank").post(address(order)).status_code == 404
    assert far.calls == []


def test_cards_can_be_set_up_and_taken_back(
    cast: Cast, signed_in: SignIn, today: date, settings: Settings
) -> None:
    order, alice = an_order(cast.northside), signed_in("alice")
    with cards(settings) as far:
        session = click(alice, order)
        settings.CARDS = False
        # What was begun before is still heard and applied.
        completed(far, session)
    assert Order.objects.get().state == "fulfilled"
    assert JournalRow.objects.filter(text="Card").count() == 1
