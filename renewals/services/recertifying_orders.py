"""The orders of an application: its fee, each part a line."""

from collections.abc import Iterable
from datetime import date, datetime

from billing.models import Order
from billing.queries import catalogue_on
from billing.rules import PricedLine
from billing.services import Sale, place_order
from core.actor import Actor
from core.failures import NotEligible
from core.words import money_words
from credentials.policy import policy_for
from renewals.models import Recertification
from renewals.rules.cycles import Fee, Part


def order_parts(
    actor: Actor,
    row: Recertification,
    fee: Fee,
    told: str,
    seller: str,
    today: date,
    now: datetime,
) -> Order:
    """Order what an application costs, each part of its fee a line of the order.

    Raises:
        NotEligible: the body has published no terms of sale.
    """
    catalogue = catalogue_on(row.program, today)
    if catalogue is None:
        body = policy_for(row.program, on=today).body_name
        raise NotEligible(f"{body} takes no orders here yet. Nothing was submitted.")
    lines = [_line(part, fee.currency) for part in fee.parts]
    name = f"apply:{row.pk.hex}:"
    before = Order.objects.visible_to(row.member).filter(form_key__startswith=name)
    return place_order(
        actor=actor,
        payer=row.member,
        told=told,
        sale=Sale(catalogue.price_list, today, lines, seller),
        form_key=f"{name}{before.count()}",
        today=today,
        now=now,
    )


def parts_lacking(fee: Fee, orders: Iterable[str]) -> tuple[Part, ...]:
    """List the parts of a fee that orders, by their ids, don't hold yet.

    What was given back whole, or cancelled, holds nothing.
    """
    found = Order.objects.filter(pk__in=orders).exclude(
        state__in=(Order.State.CANCELLED, Order.State.REFUNDED)
    )
    ordered = {
        line.code
        for order in found.prefetch_related("lines")
        for line in order.lines.all()
    }
    return tuple(part for part in fee.parts if part.code not in ordered)


def _line(part: Part, currency: str) -> PricedLine:
    return PricedLine(
        code=part.code,
        label=part.label,
        quantity=1,
        unit=part.amount,
        amount=part.amount,
        grants=(),
        is_fee=True,
        why=f"{part.label}: {money_words(part.amount, currency)} ({part.rule})",
    )
