"""Rows about money to break guards with, and how to break them."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

from accounts.models import Member, Practice
from billing.models import (
    CardCharge,
    CardSession,
    CreditBalance,
    Invoice,
    InvoiceCount,
    JournalRow,
    Order,
    OrderLine,
    Payment,
    Price,
    PriceList,
    ProviderEvent,
    Refund,
    RefundLine,
    StoredCard,
)
from billing.rules import PricedLine
from billing.services import Sale, place_order, refund_order
from core.actor import Actor
from tests.billing.money import SELLER, an_order, paid, prices
from tests.cast import NOW, TESTER, TODAY, a_practice
from tests.db.breaking import Changes


def rows_of_money(practice: Practice, member: Member) -> None:
    """Let a practice order, pay too much and get some back, and a member buy alone."""
    order = an_order(practice)
    rows_of_cards(order)
    a_refused_charge(order)
    paid(order, "200.00")
    given_back(order)
    own = a_fee(member)
    rows_of_cards(own)
    paid(own, "60.00")
    given_back(own)


def rows_of_cards(order: Order) -> None:
    """Let an order's page at the card provider run out, and the provider tell of it."""
    name = f"cs_test_{uuid4().hex}"
    CardSession.objects.create(
        order=order,
        state=CardSession.State.EXPIRED,
        amount=order.rest,
        currency=order.currency,
        key=name,
        session_id=name,
        created_at=NOW,
        expires_at=NOW,
    )
    ProviderEvent.objects.create(
        event_id=name,
        kind="checkout.session.expired",
        facts={"id": name},
        at=NOW,
        received_at=NOW,
        state=ProviderEvent.State.APPLIED,
        order=order,
        program=order.program,
        due_at=NOW,
    )


def a_refused_charge(order: Order) -> CardCharge:
    """Store a card for an order's practice, and let it be declined."""
    assert order.practice is not None
    name = uuid4().hex
    card = StoredCard.objects.create(
        practice=order.practice,
        state=StoredCard.State.ACTIVE,
        key=f"setup:{name}",
        consented_at=NOW,
        page_ends_at=NOW,
        session_id=f"cs_test_{name}",
        customer_id=f"cus_{name}",
        method_id=f"pm_{name}",
        expires_month=8,
        expires_year=2028,
    )
    return CardCharge.objects.create(
        order=order,
        card=card,
        turn=0,
        state=CardCharge.State.FAILED,
        amount=order.rest,
        currency=order.currency,
        key=f"charge:{name}",
        intent_id=f"pi_{name}",
        due_on=TODAY,
        at=NOW,
    )


def a_fee(member: Member, *, actor: Actor = TESTER) -> Order:
    """A fee of $50.00 that a member ordered for themselves."""
    fee = PricedLine(
        code="copy",
        label="Paper copy",
        quantity=1,
        unit=Decimal("50.00"),
        amount=Decimal("50.00"),
        grants=(),
        is_fee=True,
        why="1 × $50.00 = $50.00 (A2)",
    )
    return place_order(
        actor=actor,
        payer=member,
        told=member.email,
        sale=Sale(prices().price_list, TODAY, [fee], SELLER),
        form_key=uuid4().hex,
        today=TODAY,
        now=NOW,
    )


def given_back(order: Order, quantity: int = 1) -> Refund:
    """Give one of an order's first line back, as the payer's credit."""
    return refund_order(
        actor=TESTER,
        order=order,
        quantities={order.lines.all()[0].pk: quantity},
        method=Payment.Method.CREDIT,
        reason="Ordered too many",
        key=uuid4().hex,
        today=TODAY,
        now=NOW,
    )


def _balance(*, practice: bool) -> dict[str, Any]:
    """The payer of a balance there is: of a practice's, or of a member's."""
    found = CreditBalance.objects.filter(practice__isnull=not practice)[0]
    return {"practice_id": found.practice_id, "member_id": found.member_id}


def _new_payer() -> dict[str, Any]:
    return {"practice_id": a_practice("New").pk, "member_id": None}


def _elsewhere() -> dict[str, Any]:
    """What no other page at the provider has."""
    return {"key": uuid4().hex, "session_id": uuid4().hex}


def _opened_twice(row: CardSession) -> dict[str, Any]:
    CardSession.objects.filter(pk=row.pk).update(state=CardSession.State.OPEN)
    return {"state": CardSession.State.OPEN, **_elsewhere()}


def _other_ids(row: StoredCard | CardCharge) -> dict[str, Any]:
    """What no other card, or no other charge, has."""
    if isinstance(row, CardCharge):
        return {"key": uuid4().hex, "intent_id": uuid4().hex}
    return {**_elsewhere(), "method_id": uuid4().hex}


def _set_up_twice(row: StoredCard) -> dict[str, Any]:
    StoredCard.objects.filter(pk=row.pk).update(state=StoredCard.State.SETTING_UP)
    return {"state": StoredCard.State.SETTING_UP, **_other_ids(row)}


def _charged_twice(row: CardCharge) -> dict[str, Any]:
    CardCharge.objects.filter(pk=row.pk).update(state=CardCharge.State.UNKNOWN)
    return {"state": CardCharge.State.ASKED, "turn": 9, **_other_ids(row)}


NOBODY = {"practice_id": None, "member_id": None}
BREACHES: dict[str, tuple[type[Any], Changes]] = {
    "balance_has_one_payer": (CreditBalance, lambda row: NOBODY),
    "balance_not_negative": (
        CreditBalance,
        lambda row: {**_new_payer(), "amount": Decimal("-0.01")},
    ),
    "charge_above_zero": (
        CardCharge,
        lambda row: {"turn": 9, "amount": 0, **_other_ids(row)},
    ),
    "one_card_being_set_up": (StoredCard, _set_up_twice),
    "one_charge_a_turn": (CardCharge, _other_ids),
    "one_open_charge_an_order": (CardCharge, _charged_twice),
    "one_stored_card_a_practice": (StoredCard, _other_ids),
    "stored_card_is_known": (
        StoredCard,
        lambda row: {
            "practice_id": a_practice("New").pk,
            **_other_ids(row),
            "customer_id": "",
        },
    ),
    "card_page_above_zero": (CardSession, lambda row: {"amount": 0, **_elsewhere()}),
    "invoice_counted_once": (Invoice, lambda row: {"kind": "credit_note"}),
    "journal_row_moves_something": (JournalRow, lambda row: {"amount": 0}),
    "one_balance_a_member": (CreditBalance, lambda row: _balance(practice=False)),
    "one_balance_a_practice": (CreditBalance, lambda row: _balance(practice=True)),
    "one_invoice_an_order": (
        Invoice,
        lambda row: {"kind": "invoice", "sequence": 9_999},
    ),
    "one_invoice_count": (InvoiceCount, lambda row: {}),
    "one_line_a_place": (OrderLine, lambda row: {}),
    "one_list_a_day": (PriceList, lambda row: {}),
    "one_open_page_an_order": (CardSession, _opened_twice),
    "one_price": (Price, lambda row: {}),
    "order_has_one_payer": (Order, lambda row: NOBODY),
    "order_line_not_empty": (OrderLine, lambda row: {"place": 99, "quantity": 0}),
    "order_money_within_total": (Order, lambda row: {"settled": row.total + 1}),
    "payment_above_zero": (Payment, lambda row: {"amount": 0, "over": 0}),
    "price_not_negative": (Price, lambda row: {"start": 9_999, "unit": -1}),
    "refund_above_zero": (Refund, lambda row: {"amount": 0}),
    "refund_line_not_empty": (
        RefundLine,
        lambda row: {"line_id": _another_line(row).pk, "quantity": 0},
    ),
    "refund_line_once": (RefundLine, lambda row: {}),
}


def _another_line(row: RefundLine) -> OrderLine:
    return OrderLine.objects.exclude(pk=row.line_id)[0]
