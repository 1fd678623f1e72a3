"""Money that goes back to its card: once, whoever dies, and said where it can't."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import stripe
import time_machine
from django.test import Client
from pytest_django import Settings

from billing import tasks
from billing.gateway import calls
from billing.models import Order, Payment, Refund
from billing.queries import money_faults
from billing.services.card_refunds import claim_refund, due_refunds, send_refund
from core.failures import NotUsable
from core.models import AuditEntry
from tests.billing.cards import click, completed, told
from tests.billing.money import an_order, paid
from tests.billing.refunds import back, sent
from tests.billing.stripe_fake import Far
from tests.cast import NOW, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.db]
SignIn = Callable[[str], Client]
CARD = Payment.Method.CARD


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calls, "TIMEOUT", (1.0, 0.5))
    monkeypatch.setattr(stripe.HTTPClient, "INITIAL_DELAY", 0.01)


@pytest.fixture
def order(cast: Cast, far: Far, signed_in: SignIn, today: date) -> Order:
    """Northside's three renewals, paid by card."""
    order = an_order(cast.northside, renewals=3)
    completed(far, click(signed_in("alice"), order))
    order.refresh_from_db()
    return order


def test_money_goes_back_to_the_card_once(cast: Cast, order: Order, far: Far) -> None:
    refund = back(cast, order)
    assert (refund.state, far.refunds) == ("asked", {})

    for _ in range(3):
        sent(refund)

    (made,) = far.refunds.values()
    assert (made["amount"], made["payment_intent"]) == (8500, far.charges[0])
    assert (refund.state, refund.reference) == ("done", made["id"])
    last = order.steps.last()
    assert last is not None
    assert last.text == "$85.00 sent back to the card"
    assert AuditEntry.objects.filter(action="refund.sent").count() == 1
    assert money_faults() == []


@pytest.mark.parametrize("trouble", ["500", "slow", "busy", "dropped", "key"])
def test_a_provider_that_is_away_is_asked_again_later(
    cast: Cast, order: Order, far: Far, settings: Settings, trouble: str
) -> None:
    refund, key = back(cast, order), settings.STRIPE_SECRET_KEY
    if trouble == "key":
        settings.STRIPE_SECRET_KEY = "sk_test_of_somebody_else"
    else:
        far.trouble, far.slow = trouble, 1.5 if trouble == "slow" else 0

    sent(refund)
    first = refund.due_at
    assert (refund.state, refund.tries) == ("asked", 1)
    assert refund.error.startswith("Card payments can't be reached now.")
    assert first is not None
    assert due_refunds(now=NOW) == []
    assert sent(refund).tries == 1

    later = first + timedelta(seconds=1)
    with time_machine.travel(later, tick=True):
        sent(refund)
        assert refund.due_at is not None
        # Twice as long from one time to the next.
        assert timedelta(seconds=115) < refund.due_at - later < timedelta(seconds=130)
    far.trouble, far.slow, settings.STRIPE_SECRET_KEY = "", 0, key
    with time_machine.travel(refund.due_at + timedelta(seconds=1), tick=True):
        sent(refund)
    assert (refund.state, refund.error, len(far.refunds)) == ("done", "", 1)


def test_a_worker_that_dies_after_asking_is_followed_by_another(
    cast: Cast, order: Order, far: Far
) -> None:
    refund = back(cast, order)
    claimed = claim_refund(refund_id=refund.pk, now=NOW)
    assert claimed is not None
    send_refund(refund=claimed)
    # It dies here; nobody else takes it as long as it may still be at it.
    assert claim_refund(refund_id=refund.pk, now=NOW) is None
    assert due_refunds(now=NOW + timedelta(minutes=4)) == []
    assert due_refunds(now=NOW + timedelta(minutes=6)) == [refund.pk]

    with time_machine.travel(NOW + timedelta(minutes=6), tick=True):
        sent(refund)
    assert (refund.state, len(far.refunds)) == ("done", 1)


def test_a_key_that_the_provider_has_forgotten_sends_nothing_twice(
    cast: Cast, order: Order, far: Far
) -> None:
    refund = back(cast, order)
    claimed = claim_refund(refund_id=refund.pk, now=NOW)
    assert claimed is not None
    send_refund(refund=claimed)
    far.forget_keys()

    with time_machine.travel(NOW + timedelta(days=2), tick=True):
        sent(refund)
    assert (refund.state, len(far.refunds)) == ("done", 1)


def test_an_answer_lost_on_its_way_sends_nothing_twice(
    cast: Cast, order: Order, far: Far
) -> None:
    refund = back(cast, order)
    far.answers_lost = 2
    assert sent(refund).state == "asked"
    assert refund.due_at is not None
    with time_machine.travel(refund.due_at + timedelta(seconds=1), tick=True):
        sent(refund)
    assert (refund.state, len(far.refunds)) == ("done", 1)


@pytest.mark.parametrize("how", ["refused", "failed"])
def test_a_refund_that_the_card_does_not_take_fails_with_the_reason(
    cast: Cast, order: Order, far: Far, how: str
) -> None:
    refund = back(cast, order)
    if how == "refused":
        far.trouble = "declined"
    else:
        far.refund_status = "failed"

    sent(refund)

    assert refund.state == "failed"
    said = {"refused": "Your card was declined.", "failed": "lost_or_stolen_card"}[how]
    assert said in refund.error
    assert AuditEntry.objects.filter(action="refund.failed").count() == 1
    far.trouble = ""
    assert sent(refund).state == "failed"


def test_money_that_comes_back_from_the_card_later_is_noted(
    cast: Cast, order: Order, far: Far
) -> None:
    refund = sent(back(cast, order))
    said = {"failure_reason": "expired_or_canceled_card"}
    found = far.refunds[refund.reference] | said
    event, _ = [told(far, "refund.failed", found) for _ in range(2)]
    strange = told(far, "refund.failed", found | {"id": "re_of_somebody"})
    nameless = told(far, "refund.failed", found | {"id": ""})

    refund.refresh_from_db()
    assert (event.state, event.order) == ("applied", order)
    assert (refund.state, refund.error) == ("failed", "expired_or_canceled_card")
    assert AuditEntry.objects.filter(action="refund.failed").count() == 1
    assert (strange.state, nameless.state) == ("ignored", "ignored")


def test_more_than_a_card_paid_can_t_go_back_to_it(
    cast: Cast, far: Far, signed_in: SignIn, today: date
) -> None:
    order = an_order(cast.northside, renewals=3)
    paid(order, "100.00")
    completed(far, click(signed_in("alice"), order))
    order.refresh_from_db()

    with pytest.raises(NotUsable, match=r"At most \$155.00 can go back to one card"):
        back(cast, order, 3)
    back(cast, order, 1)
    with pytest.raises(NotUsable, match=r"At most \$70.00"):
        back(cast, order, 1, key="more")
    assert Refund.objects.count() == 1


def test_what_no_card_paid_can_t_go_back_to_one(
    cast: Cast, far: Far, settings: Settings
) -> None:
    order = an_order(cast.northside, renewals=3)
    paid(order, "255.00")
    order.refresh_from_db()

    with pytest.raises(NotUsable, match="Nothing was paid by card"):
        back(cast, order)
    settings.CARDS = False
    with pytest.raises(NotUsable, match="No card provider is set up"):
        back(cast, order)
    assert not Refund.objects.exists()


def test_the_sweep_sends_what_a_lost_bell_left(
    cast: Cast, order: Order, far: Far, monkeypatch: pytest.MonkeyPatch
) -> None:
    refund = back(cast, order)
    asked: list[str] = []
    monkeypatch.setattr(tasks.send_refund, "delay", asked.append)
    tasks.sweep()
    assert asked == [str(refund.pk)]
