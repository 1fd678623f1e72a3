"""The fee of an application is paid by card: in time it opens the review (N5)."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.test import Client

from billing.models import Payment
from billing.queries import credit_of, money_faults
from core.models import OutboxMessage
from renewals.models import Recertification
from tests.billing.cards import address, click, completed, hear, work
from tests.billing.stripe_fake import Far
from tests.cast import Cast
from tests.recertifying.living import a_holder, noon
from tests.signing import open_session

pytestmark = [pytest.mark.django_db, pytest.mark.db]
PLACE = "/me/recertify/namss/"
NOV_17, DEC_31 = date(2025, 11, 17), date(2025, 12, 31)
COMPLETE = {"seen": "0", "name": "Nora North", "declared": "on", "act": "submit"}


@pytest.fixture
def nora(cast: Cast) -> Iterator[Client]:
    """Nora's browser, on Nov 17, 2025."""
    member = a_holder()
    assert member.user is not None
    with time_machine.travel(noon(NOV_17), tick=True):
        yield open_session(Client(), member.user)


def row() -> Recertification:
    """The one application there is."""
    return Recertification.objects.select_related("order").get()


def test_a_card_pays_the_fee_and_the_review_begins(far: Far, nora: Client) -> None:
    page = nora.post(PLACE, COMPLETE, follow=True).content.decode()
    order = row().order
    assert order is not None
    assert "Go on to pay $375.00" in page
    assert f'href="{address(order, "order")}"' in page
    shown = nora.get(address(order, "order")).content.decode()
    assert "Pay $375.00 by card" in shown

    session = click(nora, order)
    assert far.sessions[session]["amount_total"] == 37500
    # Coming back from the provider proves nothing.
    nora.get(address(order, "paid_by_card"))
    assert row().state == "awaiting"
    completed(far, session)

    assert (row().state, row().paid_on) == ("open", NOV_17)
    assert Payment.objects.get().method == "card"
    assert "Your application is under review." in nora.get(PLACE).content.decode()
    assert OutboxMessage.objects.filter(kind="application_taken").count() == 1
    assert money_faults() == []


def test_told_twice_of_one_payment_it_is_taken_once(far: Far, nora: Client) -> None:
    nora.post(PLACE, COMPLETE)
    order = row().order
    assert order is not None
    session = click(nora, order)
    body = far.event("checkout.session.completed", far.pay(session))
    for _ in range(2):
        assert hear(far, body) == 200
        work()
    assert row().state == "open"
    assert OutboxMessage.objects.filter(kind="application_taken").count() == 1


def test_after_the_window_no_card_is_asked_for(far: Far, nora: Client) -> None:
    nora.post(PLACE, COMPLETE)
    order = row().order
    assert order is not None
    user = row().member.user
    assert user is not None
    with time_machine.travel(noon(DEC_31), tick=True):
        assert open_session(nora, user).post(address(order)).status_code == 303
    with time_machine.travel(noon(date(2026, 1, 1)), tick=True):
        refused = open_session(nora, user).post(address(order))
    assert refused.status_code == 409
    assert "It had to be paid by Dec 31, 2025." in refused.content.decode()
    assert not Payment.objects.exists()


def test_paid_on_an_open_page_after_it_was_withdrawn_it_is_the_payer_s_credit(
    far: Far, nora: Client
) -> None:
    nora.post(PLACE, COMPLETE)
    order = row().order
    assert order is not None
    session = click(nora, order)
    place = f"{PLACE}{row().pk}/withdraw/"
    assert nora.post(place, {"seen": str(row().version)}).status_code == 302
    completed(far, session)

    order.refresh_from_db()
    assert (row().state, order.state) == ("withdrawn", "cancelled")
    assert credit_of(row().member, "namss", "USD") == Decimal(375)
    assert money_faults() == []
