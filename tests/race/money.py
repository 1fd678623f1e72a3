"""Acts upon orders for many hands at once, and what is heard of them."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import uuid4

from django.db.models import QuerySet

from billing.models import Order, Payment, Refund
from billing.queries import money_faults
from billing.services import (
    PaymentFacts,
    Sale,
    cancel_order,
    place_order,
    record_payment,
    refund_order,
    settle_refund_otherwise,
    use_credit,
)
from core.actor import Actor
from core.failures import Refusal
from core.scope import Scope, scoped
from credentials.queries import seat_faults
from tests.cast import NOW, TESTER, TODAY, Cast
from tests.race.hands import at_once

Act = Callable[[], str]


class Unlocked(QuerySet[Order]):
    """Orders read without their lock."""

    def select_for_update(self, *args: Any, **options: Any) -> "Unlocked":  # noqa: ANN401
        """Lock nothing."""
        return self


def pays(order: Order, amount: str, key: str = "", actor: Actor = TESTER) -> Act:
    """Record a payment by phone."""
    facts = PaymentFacts(Payment.Method.PHONE, Decimal(amount), TODAY)
    return partial(
        heard,
        partial(
            record_payment,
            actor=actor,
            order=order,
            facts=facts,
            key=key or uuid4().hex,
            today=TODAY,
            now=NOW,
        ),
    )


def uses_credit(order: Order) -> Act:
    """Pay with what the payer has as credit."""
    act = partial(
        use_credit, actor=TESTER, order=order, key=uuid4().hex, today=TODAY, now=NOW
    )
    return partial(heard, act)


def cancels(order: Order) -> Act:
    """Cancel an order."""
    act = partial(
        cancel_order, actor=TESTER, order=order, reason="Changed", today=TODAY, now=NOW
    )
    return partial(heard, act)


def refunds(order: Order, quantity: int, key: str = "") -> Act:
    """Give so many of each of an order's lines back, as credit."""
    act = partial(
        refund_order,
        actor=TESTER,
        order=order,
        quantities={line.pk: quantity for line in order.lines.all()},
        method=Payment.Method.CREDIT,
        reason="Too many",
        key=key or uuid4().hex,
        today=TODAY,
        now=NOW,
    )
    return partial(heard, act)


def settles(refund: Refund, method: Payment.Method, reference: str) -> Act:
    """Note that a refund which failed was sent another way."""
    act = partial(
        settle_refund_otherwise,
        actor=TESTER,
        refund=refund,
        method=method,
        reference=reference,
        seen=0,
        now=NOW,
    )
    return partial(heard, act)


def places(cast: Cast, sale: Sale, key: str = "") -> Act:
    """Place an order for Northside."""
    act = partial(
        place_order,
        actor=TESTER,
        payer=cast.northside,
        told="alice@alice-adams.example",
        sale=sale,
        form_key=key or uuid4().hex,
        today=TODAY,
        now=NOW,
    )
    return partial(heard, act)


def heard(act: Callable[[], object]) -> str:
    """Act as the sweep's scope, which may all of this; give the refusal's words."""
    try:
        with scoped(Scope.sweep()):
            act()
    except Refusal as refusal:
        return refusal.text
    return ""


def all_at_once(acts: Sequence[Act]) -> list[str]:
    """Let all act at one moment; hold the books together afterwards."""
    said = at_once(acts)
    assert money_faults() == []
    assert seat_faults() == []
    return said
