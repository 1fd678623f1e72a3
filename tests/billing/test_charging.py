"""Charging a stored card: once, for just what is left, and not beside another way."""

from datetime import UTC, datetime
from decimal import Decimal
from functools import partial

import pytest
import time_machine

from billing import tasks
from billing.models import CardCharge, Order, Payment, StoredCard
from billing.queries import credit_of, money_faults
from billing.services import ask_charge, cancel_order, charging, refund_order
from billing.services.charge_sending import send_charge
from billing.services.checkout import ask_for_page, claim_page, keep_page
from core.failures import NotEligible
from core.models import AuditEntry
from tests.billing.cards import told
from tests.billing.charged import card, hurried, order, that_day
from tests.billing.money import an_order, available, manager, paid
from tests.billing.storing import BACK, asked, intent_of, later
from tests.billing.stripe_fake import Far
from tests.cast import NOW, TESTER, TODAY, Cast

__all__ = ["card", "hurried", "order", "that_day"]
pytestmark = [pytest.mark.django_db, pytest.mark.db]
SUCCEEDED, FAILED = "payment_intent.succeeded", "payment_intent.payment_failed"


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


def test_a_payment_that_waits_for_a_second_person_holds_the_card_back(
    cast: Cast, far: Far, card: StoredCard
) -> None:
    order = an_order(cast.northside, renewals=20)
    charge = asked(order, card)
    cheque = paid(
        order,
        "1700.00",
        actor=manager(cast),
        method=Payment.Method.CHEQUE,
        dated_on=TODAY,
    )
    assert cheque.state == "to_confirm"
    tasks.charge_card(str(charge.pk))
    charge.refresh_from_db()
    assert (charge.state, far.intents) == ("withdrawn", {})
    order.refresh_from_db()
    assert order.state == "awaiting"


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
