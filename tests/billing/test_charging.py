"""Charging a stored card: once, whatever dies, is lost, comes late or twice."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial

import pytest
import stripe
import time_machine

from billing import tasks
from billing.gateway import calls
from billing.models import CardCharge, Order, Payment, ProviderEvent, StoredCard
from billing.queries import credit_of, money_faults
from billing.services import ask_charge, cancel_order, charging, refund_order
from billing.services.charge_sending import send_charge
from billing.services.checkout import ask_for_page, claim_page, keep_page
from core.failures import NotEligible
from core.models import AuditEntry
from tests.billing.cards import told, work
from tests.billing.money import an_order, available, manager, paid
from tests.billing.storing import BACK, charge_all, stored
from tests.billing.stripe_fake import Far
from tests.cast import NOW, TESTER, TODAY, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.db]
SUCCEEDED, FAILED = "payment_intent.succeeded", "payment_intent.payment_failed"


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calls, "TIMEOUT", (1.0, 0.5))
    monkeypatch.setattr(stripe.HTTPClient, "INITIAL_DELAY", 0.01)


@pytest.fixture(autouse=True)
def _that_day(today: date) -> None:
    """Everything happens on the day the order was placed."""


@pytest.fixture
def order(cast: Cast) -> Order:
    """Two renewals, $170.00."""
    return an_order(cast.northside)


@pytest.fixture
def card(cast: Cast, far: Far) -> StoredCard:
    """Northside's card."""
    return stored(far, cast.northside)


def asked(order: Order, card: StoredCard, turn: int = 0) -> CardCharge:
    """Ask for an order's rest."""
    charge = ask_charge(
        actor=TESTER, order=order, card=card, turn=turn, today=TODAY, now=NOW
    )
    assert charge is not None
    return charge


def intent_of(far: Far) -> dict[str, object]:
    """The one payment there is."""
    (found,) = far.intents.values()
    return found


def later(charge: CardCharge) -> None:
    """Let the lease of who died, or the pause, be over."""
    charge_all(after=timedelta(hours=7))
    charge.refresh_from_db()


def test_the_rest_of_an_order_is_paid_once(
    cast: Cast, far: Far, order: Order, card: StoredCard
) -> None:
    charge = asked(order, card)
    for _ in range(3):
        tasks.charge_card(str(charge.pk))
    charge.refresh_from_db()
    order.refresh_from_db()
    assert (charge.state, charge.tries, order.state) == ("succeeded", 1, "fulfilled")
    payment = order.payments.get()
    assert (payment.amount, payment.method) == (Decimal("170.00"), "card")
    assert payment.reference == charge.intent_id == intent_of(far)["id"]
    assert far.taken == [17_000]
    assert available(cast.northside) == 2
    actions = AuditEntry.objects.filter(subject_id=charge.pk)
    assert set(actions.values_list("action", flat=True)) == {"charge.asked"}
    assert money_faults() == []


def test_the_key_and_the_card_are_what_the_provider_is_asked_with(
    far: Far, order: Order, card: StoredCard
) -> None:
    charge = asked(order, card)
    tasks.charge_card(str(charge.pk))
    found = intent_of(far)
    assert found["customer"] == card.customer_id
    assert found["payment_method"] == card.method_id
    assert found["metadata"] == {"order": order.number, "charge": str(charge.pk)}
    assert f"charge:{charge.pk}" == charge.key
    assert far.knows(charge.key)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("card_declined", "The bank declined the card."),
        ("insufficient_funds", "The card has too little left."),
        ("expired_card", "The card has expired."),
        (
            "authentication_required",
            "The bank asks you to confirm the payment yourself.",
        ),
    ],
)
def test_a_refusal_says_why_and_leaves_the_order_as_it_was(
    far: Far, order: Order, card: StoredCard, code: str, said: str
) -> None:
    far.refuses = code
    charge = asked(order, card)
    tasks.charge_card(str(charge.pk))
    charge.refresh_from_db()
    order.refresh_from_db()
    assert (charge.state, charge.code, charge.reason) == ("failed", code, said)
    assert order.state == "awaiting"
    assert not Payment.objects.exists()
    step = order.steps.last()
    assert step is not None
    assert step.text == f"Visa ending 4242 did not pay $170.00. {said}"
    assert AuditEntry.objects.get(action="charge.failed").reason == said
    assert money_faults() == []


def test_a_card_the_provider_forgot_is_a_refusal(
    far: Far, order: Order, card: StoredCard
) -> None:
    far.methods.clear()
    charge = asked(order, card)
    tasks.charge_card(str(charge.pk))
    charge.refresh_from_db()
    assert (charge.state, charge.code) == ("failed", "refused")


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


def test_while_it_is_charged_an_order_is_neither_cancelled_nor_paid_by_card(
    far: Far, order: Order, card: StoredCard
) -> None:
    asked(order, card)
    with pytest.raises(NotEligible, match="being charged"):
        cancel_order(actor=TESTER, order=order, reason="No", today=TODAY, now=NOW)
    with pytest.raises(NotEligible, match="being charged"):
        claim_page(actor=TESTER, order=order, now=NOW)
    order.refresh_from_db()
    assert order.state == "awaiting"


def a_page(order: Order) -> str:
    """Open a page at the provider to pay the order on."""
    page = claim_page(actor=TESTER, order=order, now=NOW).page
    made = ask_for_page(page=page, back=BACK, away=BACK)
    return str(keep_page(page=page, checkout=made).session_id)


def test_an_open_page_is_ended_before_the_card_is_charged(
    far: Far, order: Order, card: StoredCard
) -> None:
    session = a_page(order)
    charge = asked(order, card)
    tasks.charge_card(str(charge.pk))
    assert far.sessions[session]["status"] == "expired"
    assert (far.taken, far.charges) == ([17_000], [])


def test_whoever_paid_on_a_page_meanwhile_is_not_charged(
    far: Far, order: Order, card: StoredCard
) -> None:
    paid_on_page = far.pay(a_page(order))
    charge = asked(order, card)
    tasks.charge_card(str(charge.pk))
    charge.refresh_from_db()
    assert (charge.state, far.intents) == ("withdrawn", {})
    told(far, "checkout.session.completed", paid_on_page)
    order.refresh_from_db()
    assert order.state == "fulfilled"
    assert money_faults() == []


def test_an_order_paid_before_the_call_is_not_charged(
    far: Far, order: Order, card: StoredCard
) -> None:
    charge = asked(order, card)
    paid(order, "170.00")
    tasks.charge_card(str(charge.pk))
    charge.refresh_from_db()
    assert (charge.state, far.intents) == ("withdrawn", {})


def test_what_is_taken_for_an_order_paid_meanwhile_is_credit_and_said(
    cast: Cast, far: Far, order: Order, card: StoredCard
) -> None:
    charge = asked(order, card)
    claimed = charging.claim_charge(charge_id=charge.pk, now=NOW)
    assert claimed is not None
    send_charge(claimed=claimed, now=NOW)
    paid(order, "170.00")
    later(charge)
    assert charge.state == "succeeded"
    assert credit_of(cast.northside, order.program, "USD") == Decimal("170.00")
    assert any("kept as credit" in each.text for each in order.steps.all())
    assert available(cast.northside) == 2
    assert money_faults() == []


def test_a_turn_is_asked_for_once_and_one_at_a_time(
    far: Far, order: Order, card: StoredCard
) -> None:
    far.refuses = "card_declined"
    charge = asked(order, card)
    again = partial(
        ask_charge, actor=TESTER, order=order, card=card, today=TODAY, now=NOW
    )
    assert again(turn=1) is None
    tasks.charge_card(str(charge.pk))
    assert again(turn=0) is None
    assert again(turn=1) is not None


@pytest.mark.parametrize("how", ["removed", "of another", "paid", "no keys"])
def test_what_may_not_be_charged_is_not_asked_for(
    cast: Cast, far: Far, order: Order, card: StoredCard, how: str, settings: object
) -> None:
    if how == "removed":
        StoredCard.objects.update(state="removed")
    elif how == "of another":
        order = an_order(cast.lakeview)
    elif how == "paid":
        paid(order, "170.00")
    else:
        settings.CARDS = False  # type: ignore[attr-defined]
    found = ask_charge(
        actor=TESTER, order=order, card=card, turn=0, today=TODAY, now=NOW
    )
    assert found is None
    assert not CardCharge.objects.exists()


def test_a_payment_counts_on_the_providers_day(
    far: Far, order: Order, card: StoredCard
) -> None:
    # 23:30 in Los Angeles, where the body's days are.
    far.now = datetime(2025, 11, 18, 7, 30, tzinfo=UTC).timestamp()
    charge = asked(order, card)
    with time_machine.travel(datetime(2025, 11, 18, 12, 0, tzinfo=UTC), tick=False):
        tasks.charge_card(str(charge.pk))
    assert order.payments.get().counts_on == TODAY


def test_what_a_stored_card_paid_goes_back_to_it(
    cast: Cast, far: Far, order: Order, card: StoredCard
) -> None:
    charge = asked(order, card)
    tasks.charge_card(str(charge.pk))
    order.refresh_from_db()
    refund = refund_order(
        actor=manager(cast),
        order=order,
        quantities={order.lines.get().pk: 1},
        method=Payment.Method.CARD,
        reason="One too many",
        key="k",
        today=TODAY,
        now=NOW,
    )
    tasks.send_refund(str(refund.pk))
    refund.refresh_from_db()
    (back,) = far.refunds.values()
    assert (refund.state, back["amount"]) == ("done", 8_500)
    assert back["payment_intent"] == intent_of(far)["id"]


def test_the_sweep_finds_what_a_lost_bell_left(
    far: Far, order: Order, card: StoredCard
) -> None:
    charge = asked(order, card)
    due = charging.due_charges(now=NOW)
    assert due == [charge.pk]
    assert charging.due_charges(now=NOW - timedelta(seconds=1)) == []
    work()
    assert not ProviderEvent.objects.exists()
