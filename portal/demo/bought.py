"""What the demonstration's practice ordered: once paid by cheque, once still to pay."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from uuid import uuid4

from accounts.models import Practice, User
from billing.models import Order, Payment
from billing.rules import Asked, priced
from billing.services import PaymentFacts, Sale, place_order, record_payment
from core.actor import Actor
from credentials.policy import policy_for
from credentials.queries import on_sale
from portal.demo.roster import PROGRAM

At = Callable[[date], datetime]
PAID_ON, ORDERED_ON = date(2025, 9, 15), date(2025, 11, 10)


def order_deeds(
    practice: Practice, user: User, bought: int, actor: Actor, at: At
) -> Iterator[tuple[date, Callable[[], object]]]:
    """Give what its administrator ordered; `bought` renewals of it are paid."""
    yield PAID_ON, partial(_buy, practice, user, bought, actor, at)
    asked = Asked("renewals", 10)
    yield ORDERED_ON, partial(place, practice, user, asked, ORDERED_ON, at)


def _buy(practice: Practice, user: User, count: int, actor: Actor, at: At) -> None:
    order = place(practice, user, Asked("renewals", count), PAID_ON, at)
    came = date(2025, 9, 24)
    record_payment(
        actor=actor,
        order=order,
        facts=PaymentFacts(
            method=Payment.Method.CHEQUE,
            amount=Decimal(order.total),
            received_on=came,
            dated_on=date(2025, 9, 19),
            reference="2204",
        ),
        key=uuid4().hex,
        today=came,
        now=at(came),
    )


def place(practice: Practice, user: User, asked: Asked, on: date, at: At) -> Order:
    """Place a practice's order on a day, at that day's prices."""
    catalogue = on_sale(PROGRAM, on)
    assert catalogue is not None
    currency = catalogue.price_list.currency
    lines = priced([asked], catalogue.offers, currency)
    return place_order(
        actor=Actor(user.name, user_id=user.pk),
        payer=practice,
        told=user.email,
        sale=Sale(
            price_list=catalogue.price_list,
            priced_on=on,
            lines=lines,
            seller=policy_for(PROGRAM, on=on).body.full_name,
        ),
        form_key=uuid4().hex,
        today=on,
        now=at(on),
    )
