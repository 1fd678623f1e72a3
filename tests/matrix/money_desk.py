"""Orders that a body's staff work on, and the same of another body."""

from uuid import uuid4

from billing.models import Order, Payment, Refund
from tests.billing.money import an_order, paid
from tests.cast import NOW, OTHER_BODY, Cast
from tests.db.breaking import another
from tests.matrix.things import Thing


def desk_things(cast: Cast) -> dict[str, Thing]:
    """Make orders that await payment, are paid, and have a payment to be confirmed.

    What was paid too much is Northside's credit.
    """
    settled = an_order(cast.northside)
    paid(settled, "200.00")
    awaits, waits = an_order(cast.northside), an_order(cast.northside, renewals=20)
    large = paid(waits, "1100.00")
    failed = failed_refund(settled)
    return {
        "order of the body": Thing.rows(awaits, _foreign(awaits)),
        "paid order of the body": Thing.rows(settled, _foreign(settled)),
        "order with a large payment": Thing.rows(waits, _foreign(waits)),
        # Of the same body, but of another order.
        "large payment": Thing.rows(large, _payment_of(_foreign(waits), large)),
        "failed refund": Thing.rows(failed, _refund_of(_foreign(settled), failed)),
    }


def failed_refund(order: Order) -> Refund:
    """A refund of an order whose card did not take it."""
    return Refund.objects.create(
        order=order,
        method=Payment.Method.CARD,
        state=Refund.State.FAILED,
        amount=85,
        currency=order.currency,
        reason="Left",
        error="The card is lost.",
        key=uuid4().hex,
        by="Mona Moss",
        at=NOW,
    )


def _refund_of(order: Order, refund: Refund) -> Refund:
    return another(refund, order_id=order.pk, key=uuid4().hex)


def _foreign(order: Order) -> Order:
    key = uuid4().hex
    return another(order, program=OTHER_BODY, number=f"ORD-{key[:9]}", form_key=key)


def _payment_of(order: Order, payment: Payment) -> Payment:
    return another(payment, order_id=order.pk, key=uuid4().hex)
