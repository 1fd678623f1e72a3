"""What the card provider tells: told again, late, wrong, or in another order."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.test import Client

from billing import tasks
from billing.models import CardSession, Order, Payment, ProviderEvent
from billing.queries import credit_of, money_faults
from billing.services import cancel_order
from core.failures import NotEligible
from core.models import AuditEntry, OutboxMessage
from tests.billing.cards import click, completed, hear, page_of, told, work
from tests.billing.money import an_order, available, manager, paid
from tests.billing.stripe_fake import Far
from tests.cast import BODY, NOW, TODAY, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.db]
SignIn = Callable[[str], Client]
COMPLETED = "checkout.session.completed"


def test_an_event_told_again_pays_nothing_more(
    cast: Cast, order: Order, far: Far, session: str
) -> None:
    found = far.pay(session)
    body = far.event(COMPLETED, found)
    for _ in range(3):
        assert hear(far, body) == 200
        work()
    # And the same told by another event.
    told(far, COMPLETED, found)
    told(far, "checkout.session.async_payment_succeeded", found)

    assert ProviderEvent.objects.count() == 3
    assert Payment.objects.count() == 1
    assert available(cast.northside) == 2
    assert OutboxMessage.objects.filter(kind="order_receipt").count() == 1
    assert AuditEntry.objects.filter(action="payment.settled").count() == 1
    assert money_faults() == []


@pytest.mark.parametrize("first", ["paid", "ended"])
def test_events_in_either_order_end_the_same(
    order: Order, far: Far, session: str, first: str
) -> None:
    found = far.pay(session)
    bodies = [
        far.event(COMPLETED, found),
        far.event("checkout.session.expired", found | {"payment_status": "unpaid"}),
    ]
    for body in bodies if first == "paid" else reversed(bodies):
        assert hear(far, body) == 200
        work()

    order.refresh_from_db()
    assert (order.state, page_of(order).state) == ("fulfilled", "paid")
    assert Payment.objects.count() == 1


def test_what_is_not_paid_yet_settles_when_it_is(
    order: Order, far: Far, session: str
) -> None:
    found = far.pay(session)
    event = told(far, COMPLETED, found | {"payment_status": "unpaid"})
    assert (event.state, Payment.objects.count()) == ("ignored", 0)

    told(far, "checkout.session.async_payment_succeeded", found)
    order.refresh_from_db()
    assert order.state == "fulfilled"


def test_a_payment_that_came_to_nothing_closes_its_page(
    order: Order, far: Far, session: str, signed_in: SignIn
) -> None:
    found = far.end(session)
    told(far, "checkout.session.async_payment_failed", found)
    assert page_of(order).state == "failed"
    assert click(signed_in("alice"), order) != session


def test_a_page_that_ran_out_is_closed(order: Order, far: Far, session: str) -> None:
    event = told(far, "checkout.session.expired", far.end(session))
    assert (event.state, page_of(order).state) == ("applied", "expired")
    order.refresh_from_db()
    assert order.state == "awaiting"


@pytest.mark.parametrize("meanwhile", ["cancelled", "paid"])
def test_money_that_comes_too_late_is_the_payer_s_credit(
    cast: Cast, order: Order, far: Far, session: str, meanwhile: str
) -> None:
    if meanwhile == "cancelled":
        cancel_order(
            actor=manager(cast), order=order, reason="Asked", today=TODAY, now=NOW
        )
    else:
        paid(order, "170.00")

    event = completed(far, session)
    again = told(far, COMPLETED, far.sessions[session])

    assert (event.state, event.reason) == ("applied", "$170.00 kept as credit.")
    assert again.state == "applied"
    assert credit_of(cast.northside, BODY, "USD") == 170
    assert Payment.objects.filter(method="card").count() == 1
    order.refresh_from_db()
    assert order.state == ("cancelled" if meanwhile == "cancelled" else "fulfilled")
    last = order.steps.last()
    assert last is not None
    assert last.text == "$170.00 by card too late, kept as credit"
    assert AuditEntry.objects.filter(action="payment.credited").count() == 1
    assert money_faults() == []


def test_what_is_paid_beside_a_part_that_came_meanwhile_is_kept_as_credit(
    cast: Cast, order: Order, far: Far, session: str
) -> None:
    paid(order, "100.00")
    completed(far, session)

    order.refresh_from_db()
    assert (order.state, order.rest) == ("fulfilled", Decimal(0))
    assert credit_of(cast.northside, BODY, "USD") == 100
    assert money_faults() == []


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"amount_total": 16999}, "told of 16999 usd"),
        ({"amount_total": 17001}, "told of 17001 usd"),
        ({"amount_total": "17000"}, "told of 17000 usd"),
        ({"amount_total": None}, "told of None usd"),
        ({"currency": "eur"}, "told of 17000 eur"),
        ({"payment_intent": None}, "It names no payment."),
    ],
)
def test_another_amount_or_currency_is_refused_with_the_reason(
    cast: Cast,
    order: Order,
    far: Far,
    session: str,
    wrong: dict[str, object],
    words: str,
) -> None:
    event = told(far, COMPLETED, far.pay(session) | wrong)

    assert event.state == "refused"
    assert words in event.reason
    assert (event.order, event.program) == (order, BODY)
    order.refresh_from_db()
    assert (order.state, available(cast.northside)) == ("awaiting", 0)
    last = order.steps.last()
    assert last is not None
    assert last.text.startswith("A payment by card was not recorded: ")
    assert not Payment.objects.exists()


def test_an_event_about_nothing_of_ours_is_ignored(
    cast: Cast, order: Order, far: Far, session: str
) -> None:
    found = far.pay(session)
    for strange in (
        {"id": "cs_test_of_somebody", "client_reference_id": None},
        {"id": "cs_test_of_somebody", "client_reference_id": "not-ours"},
        {"id": "cs_test_of_somebody", "client_reference_id": str(order.pk)},
        {"id": None, "client_reference_id": None},
    ):
        event = told(far, COMPLETED, found | strange)
        assert (event.state, event.reason) == (
            "ignored",
            "It is about nothing of ours.",
        )
    event = told(far, "customer.created", {"id": session, "object": "customer"})
    assert (event.state, event.reason) == ("ignored", "It changes nothing here.")
    assert not Payment.objects.exists()


def test_what_counts_is_the_day_it_was_paid_not_the_day_we_heard(
    cast: Cast, far: Far, signed_in: SignIn
) -> None:
    order = an_order(cast.northside)
    with time_machine.travel(NOW, tick=True):
        session = click(signed_in("alice"), order)
        # 11:30 pm in New York on the day the order was placed.
        late = datetime(2025, 11, 18, 4, 30, tzinfo=UTC)
        body = far.event(COMPLETED, far.pay(session), created=int(late.timestamp()))
    with time_machine.travel(NOW + timedelta(days=3), tick=True):
        assert hear(far, body, far.sign(body)) == 200
        work()

    payment = Payment.objects.get()
    assert (payment.received_on, payment.counts_on) == (TODAY, TODAY)
    assert Order.objects.get().paid_on == TODAY


def test_an_event_that_could_not_be_applied_is_tried_until_it_is(
    cast: Cast,
    order: Order,
    far: Far,
    session: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    body = far.event(COMPLETED, far.pay(session))
    assert hear(far, body) == 200

    def broken(*args: object, **kwargs: object) -> None:
        raise NotEligible("The seats can't be written now.")

    with monkeypatch.context() as patch:
        patch.setattr("billing.services.fulfilling.publish", broken)
        work()
        work()
    event = ProviderEvent.objects.get()
    assert (event.state, event.tries) == ("waiting", 2)
    assert event.reason == "Not applied yet: The seats can't be written now."
    assert event.due_at > event.received_at
    assert not Payment.objects.exists()

    work()
    event.refresh_from_db()
    assert event.state == "applied"
    assert available(cast.northside) == 2


def test_an_event_that_never_came_is_asked_for(
    cast: Cast, order: Order, far: Far, session: str
) -> None:
    far.pay(session)
    page = page_of(order)
    tasks.look_at_page(str(page.pk))
    tasks.look_at_page(str(page.pk))
    work()

    order.refresh_from_db()
    assert order.state == "fulfilled"
    assert ProviderEvent.objects.get().event_id == f"asked:{session}"
    # And its event comes after all.
    told(far, COMPLETED, far.sessions[session])
    assert Payment.objects.count() == 1


def test_the_page_of_an_order_that_is_over_is_ended(
    cast: Cast, order: Order, far: Far, session: str
) -> None:
    paid(order, "170.00")
    tasks.look_at_page(str(page_of(order).pk))
    assert far.sessions[session]["status"] == "expired"
    assert page_of(order).state == "expired"


def test_the_sweep_finds_what_waits(
    cast: Cast,
    order: Order,
    far: Far,
    session: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    for name in ("apply_event", "look_at_page"):
        task = getattr(tasks, name)
        monkeypatch.setattr(task, "delay", lambda pk, name=name: asked.append(name))
    tasks.sweep()
    assert asked == []

    body = far.event(COMPLETED, far.sessions[session])
    assert hear(far, body) == 200
    CardSession.objects.update(created_at=NOW - timedelta(hours=1))
    tasks.sweep()
    assert asked == ["apply_event", "look_at_page"]


def test_an_event_can_t_be_rewritten_or_removed(far: Far, session: str) -> None:
    event = told(far, COMPLETED, far.pay(session))
    rows = ProviderEvent.objects.filter(pk=event.pk)
    with pytest.raises(Exception, match="frozen facts"):
        rows.update(facts={})


def test_what_is_kept_can_t_be_removed(far: Far, session: str) -> None:
    with pytest.raises(Exception, match="is kept for audits"):
        CardSession.objects.all().delete()
