"""Fifty clicks on "Pay" at one moment make one page and one charge."""

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from django.test import Client
from pytest_django import Settings

from billing import tasks
from billing.models import CardSession, OrderStep, Payment, ProviderEvent
from billing.queries import money_faults
from billing.services import refund_order
from core.models import AuditEntry
from tests.billing.cards import address, cards, hear, page_of
from tests.billing.money import an_order, available, manager
from tests.billing.stripe_fake import Far
from tests.cast import NOW, TODAY, Cast
from tests.race.hands import Hand, at_once, send_all, statuses

pytestmark = [pytest.mark.race, pytest.mark.db]
CLICKS = 50
COMPLETED = "checkout.session.completed"
Browsers = Callable[[str, int], list[Client]]


@pytest.fixture
def far(settings: Settings) -> Iterator[Far]:
    """Cards are set up; the far side takes as long as the real one does."""
    with cards(settings) as found:
        found.slow = 0.3
        yield found


def test_fifty_clicks_make_one_page_and_one_charge(
    cast: Cast, server: str, browsers: Browsers, far: Far
) -> None:
    order = an_order(cast.northside)
    hands = [Hand(each, address(order), {}) for each in browsers("alice", CLICKS)]

    answers = send_all(server, hands)

    # Who clicked while the page was being made may be told so; nobody gets another.
    assert set(statuses(answers)) <= {303, 409}
    assert statuses(answers)[303] >= 1
    busy = [each.body for each in answers if each.status == 409]
    assert all("is being prepared. Nothing was charged." in each for each in busy)
    assert len(far.sessions) == CardSession.objects.count() == 1
    assert AuditEntry.objects.filter(action="payment.card_begun").count() == 1
    (session,) = far.sessions
    assert page_of(order).session_id == session

    far.slow = 0
    body = far.event(COMPLETED, far.pay(session))
    assert set(at_once([partial(hear, far, body)] * 8)) == {200}
    event = ProviderEvent.objects.get()
    at_once([partial(tasks.apply_event, str(event.pk))] * 8)
    assert Payment.objects.count() == len(far.charges) == 1
    assert available(cast.northside) == 2
    assert money_faults() == []


def test_two_events_of_one_payment_at_one_moment_settle_once(
    cast: Cast, server: str, browsers: Browsers, far: Far
) -> None:
    far.slow = 0
    order = an_order(cast.northside)
    (alice,) = browsers("alice", 1)
    alice.post(address(order))
    found = far.pay(str(page_of(order).session_id))
    kinds = (COMPLETED, "checkout.session.async_payment_succeeded") * 4
    bodies = [far.event(kind, found) for kind in kinds]
    assert set(at_once([partial(hear, far, body) for body in bodies])) == {200}

    ids = list(ProviderEvent.objects.values_list("pk", flat=True))
    at_once([partial(tasks.apply_event, str(each)) for each in ids])
    # One that had to wait for another is tried again, as the sweep does.
    for each in ProviderEvent.objects.filter(state="waiting"):
        tasks.apply_event(str(each.pk))

    assert set(ProviderEvent.objects.values_list("state", flat=True)) == {"applied"}
    assert Payment.objects.count() == 1
    assert OrderStep.objects.filter(text="Fulfilled").count() == 1
    assert available(cast.northside) == 2
    assert money_faults() == []


def test_eight_workers_send_a_refund_once(
    cast: Cast, server: str, browsers: Browsers, far: Far
) -> None:
    far.slow = 0
    order = an_order(cast.northside)
    (alice,) = browsers("alice", 1)
    alice.post(address(order))
    body = far.event(COMPLETED, far.pay(str(page_of(order).session_id)))
    hear(far, body)
    tasks.apply_event(str(ProviderEvent.objects.get().pk))
    order.refresh_from_db()
    refund = refund_order(
        actor=manager(cast),
        order=order,
        quantities={order.lines.get().pk: 1},
        method=Payment.Method.CARD,
        reason="Ordered too many",
        key="k",
        today=TODAY,
        now=NOW,
    )
    far.slow = 0.3

    at_once([partial(tasks.send_refund, str(refund.pk))] * 8)

    refund.refresh_from_db()
    assert (refund.state, refund.tries, len(far.refunds)) == ("done", 1, 1)
    assert AuditEntry.objects.filter(action="refund.sent").count() == 1
