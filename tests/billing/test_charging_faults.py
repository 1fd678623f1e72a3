"""Charging a stored card when workers die, answers are lost, and events come twice."""

from datetime import timedelta

import pytest
import time_machine

from billing import tasks
from billing.models import Order, Payment, ProviderEvent, StoredCard
from billing.queries import money_faults
from billing.services import charging
from billing.services.charge_sending import send_charge
from core.models import AuditEntry
from tests.billing.cards import told, work
from tests.billing.charged import card, hurried, order, that_day
from tests.billing.storing import asked, intent_of, later
from tests.billing.stripe_fake import Far
from tests.cast import NOW

__all__ = ["card", "hurried", "order", "that_day"]
pytestmark = [pytest.mark.django_db, pytest.mark.db]
SUCCEEDED, FAILED = "payment_intent.succeeded", "payment_intent.payment_failed"


@pytest.mark.parametrize("trouble", ["500", "slow", "busy", "dropped"])
def test_a_provider_in_trouble_is_asked_again_and_charges_once(
    far: Far, order: Order, card: StoredCard, trouble: str
) -> None:
    charge = asked(order, card)
    far.trouble, far.slow = trouble, 1.5 if trouble == "slow" else 0
    tasks.charge_card(str(charge.pk))
    charge.refresh_from_db()
    assert charge.state == "unknown"
    far.trouble, far.slow = "", 0
    later(charge)
    assert charge.state == "succeeded"
    assert far.taken == [17_000]
    assert Payment.objects.count() == 1


def test_an_answer_that_was_lost_is_found_by_looking(
    far: Far, order: Order, card: StoredCard
) -> None:
    charge = asked(order, card)
    # Both of the library's own tries.
    far.answers_lost = 2
    tasks.charge_card(str(charge.pk))
    charge.refresh_from_db()
    assert (charge.state, far.taken) == ("unknown", [17_000])
    # A day later the key is forgotten: only looking helps.
    far.forget_keys()
    later(charge)
    assert (charge.state, far.taken) == ("succeeded", [17_000])


def test_a_worker_killed_between_call_and_answer_is_followed_by_another(
    far: Far, order: Order, card: StoredCard
) -> None:
    charge = asked(order, card)
    claimed = charging.claim_charge(charge_id=charge.pk, now=NOW)
    assert claimed is not None
    send_charge(claimed=claimed, now=NOW)
    # It died here; while its lease lasts nobody else asks.
    tasks.charge_card(str(charge.pk))
    charge.refresh_from_db()
    assert (charge.state, len(far.intents)) == ("asked", 1)
    far.forget_keys()
    later(charge)
    assert (charge.state, charge.tries, far.taken) == ("succeeded", 2, [17_000])


def test_a_worker_killed_before_the_call_is_followed_by_another(
    far: Far, order: Order, card: StoredCard
) -> None:
    charge = asked(order, card)
    assert charging.claim_charge(charge_id=charge.pk, now=NOW) is not None
    later(charge)
    assert (charge.state, far.taken) == ("succeeded", [17_000])


def test_a_refusal_whose_answer_was_lost_is_found_too(
    far: Far, order: Order, card: StoredCard
) -> None:
    far.refuses, far.answers_lost = "expired_card", 2
    charge = asked(order, card)
    tasks.charge_card(str(charge.pk))
    far.forget_keys()
    far.refuses = ""
    later(charge)
    assert (charge.state, charge.code, far.taken) == ("failed", "expired_card", [])


def test_what_could_not_be_made_within_a_day_was_never_made(
    far: Far, order: Order, card: StoredCard
) -> None:
    charge = asked(order, card)
    far.trouble = "500"
    tasks.charge_card(str(charge.pk))
    with time_machine.travel(NOW + timedelta(days=1, hours=1), tick=False):
        later(charge)
        # Not even that there is none is known.
        assert charge.state == "unknown"
        far.trouble = ""
        later(charge)
    assert (charge.state, charge.code, far.taken) == ("failed", "unreachable", [])


def test_a_payment_that_takes_its_time_is_asked_about_again(
    far: Far, order: Order, card: StoredCard
) -> None:
    far.undecided = True
    charge = asked(order, card)
    tasks.charge_card(str(charge.pk))
    charge.refresh_from_db()
    assert charge.state == "unknown"
    far.decide(str(charge.intent_id))
    later(charge)
    assert (charge.state, far.taken) == ("succeeded", [17_000])


def test_the_event_before_the_answer_settles_once(
    far: Far, order: Order, card: StoredCard
) -> None:
    charge = asked(order, card)
    claimed = charging.claim_charge(charge_id=charge.pk, now=NOW)
    assert claimed is not None
    send_charge(claimed=claimed, now=NOW)
    for _ in range(2):
        assert told(far, SUCCEEDED, intent_of(far)).state == "applied"
    later(charge)
    assert charge.state == "succeeded"
    assert Payment.objects.count() == 1
    assert money_faults() == []


def test_an_event_that_was_replayed_late_changes_nothing(
    far: Far, order: Order, card: StoredCard
) -> None:
    charge = asked(order, card)
    tasks.charge_card(str(charge.pk))
    for kind in (SUCCEEDED, FAILED, "payment_intent.canceled"):
        told(far, kind, intent_of(far))
    charge.refresh_from_db()
    assert (charge.state, Payment.objects.count()) == ("succeeded", 1)


def test_the_event_of_a_refusal_is_the_refusal(
    far: Far, order: Order, card: StoredCard
) -> None:
    far.refuses = "insufficient_funds"
    charge = asked(order, card)
    claimed = charging.claim_charge(charge_id=charge.pk, now=NOW)
    assert claimed is not None
    send_charge(claimed=claimed, now=NOW)
    told(far, FAILED, intent_of(far))
    charge.refresh_from_db()
    assert (charge.state, charge.code) == ("failed", "insufficient_funds")
    assert charge.intent_id == intent_of(far)["id"]


def test_a_payment_that_names_no_charge_of_ours_is_ignored(far: Far) -> None:
    for name in ("5f0c7a40-0000-4000-8000-000000000000", "x"):
        found = {"id": "pi_1", "metadata": {"charge": name}, "amount_received": 1}
        assert told(far, SUCCEEDED, found).state == "ignored"
    assert told(far, SUCCEEDED, {"id": "pi_2", "metadata": []}).state == "ignored"


@pytest.mark.parametrize("changed", [{"amount_received": 16_999}, {"currency": "eur"}])
def test_another_amount_than_asked_is_not_recorded(
    far: Far, order: Order, card: StoredCard, changed: dict[str, object]
) -> None:
    charge = asked(order, card)
    claimed = charging.claim_charge(charge_id=charge.pk, now=NOW)
    assert claimed is not None
    send_charge(claimed=claimed, now=NOW)
    event = told(far, SUCCEEDED, intent_of(far) | changed)
    charge.refresh_from_db()
    assert (event.state, charge.code) == ("refused", "wrong_amount")
    assert not Payment.objects.exists()
    assert AuditEntry.objects.filter(action="payment.card_refused").count() == 1


def test_the_sweep_finds_what_a_lost_bell_left(
    far: Far, order: Order, card: StoredCard
) -> None:
    charge = asked(order, card)
    due = charging.due_charges(now=NOW)
    assert due == [charge.pk]
    assert charging.due_charges(now=NOW - timedelta(seconds=1)) == []
    work()
    assert not ProviderEvent.objects.exists()
