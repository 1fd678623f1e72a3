"""The orders of an application: its fee, each part a line."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from billing.models import Invoice, Order
from billing.queries import catalogue_on
from billing.rules import PricedLine
from billing.services import Sale, pay_replacement, place_order, replace_order
from core.actor import Actor
from core.failures import NotEligible
from core.words import money_words
from credentials.policy import policy_for
from renewals.models import Recertification
from renewals.queries import last_payable, working_cycle
from renewals.rules.cycles import Fee, Part
from renewals.services.recertifying_rows import change, fee_facts

IN_TIME = "What came in is in time: the late fee is not owed"


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
    return place_order(
        actor=actor,
        payer=row.member,
        told=told,
        sale=_sale(row, fee, seller, today),
        form_key=_form_key(row),
        today=today,
        now=now,
    )


def order_less(
    actor: Actor,
    row: Recertification,
    fee: Fee,
    order: Order,
    today: date,
    now: datetime,
) -> None:
    """Replace an order by the smaller one that its money, come in time, pays (N5).

    Args:
        actor: who recorded the money.
        row: the application, locked.
        fee: what it costs, paid on the day that the money counts.
        order: locked and paid in part; it can be cancelled.
        today: the day in the body's zone.
        now: the instant, UTC.
    """
    placed, counts_on = replace_order(
        actor=actor,
        order=order,
        sale=_sale(row, fee, seller_of(order), today),
        form_key=_form_key(row),
        reason=IN_TIME,
        today=today,
        now=now,
    )
    row.order = placed
    row.facts |= fee_facts(fee)
    change(row, now)
    pay_replacement(
        actor=actor, order=placed, counts_on=counts_on, today=today, now=now
    )


def seller_of(order: Order) -> str:
    """Give the body's full name as it stands on an order's invoice."""
    seller: str = order.invoices.get(kind=Invoice.Kind.INVOICE).facts["seller"]
    return seller


def parts_lacking(fee: Fee, orders: Iterable[str]) -> tuple[Part, ...]:
    """List what orders, by their ids, don't hold of a fee yet, part by part.

    What was given back, or cancelled, holds nothing. Of a part that costs more
    than it did, the difference is left: a member of the society may have left it.
    """
    found = Order.objects.filter(pk__in=orders).exclude(
        state__in=(Order.State.CANCELLED, Order.State.REFUNDED)
    )
    held: dict[str, Decimal] = defaultdict(Decimal)
    for order in found.prefetch_related("lines__refund_lines"):
        for line in order.lines.all():
            back = sum((each.amount for each in line.refund_lines.all()), Decimal(0))
            held[line.code] += line.amount - back
    return tuple(
        each for part in fee.parts if (each := _less(part, held[part.code])) is not None
    )


def _less(part: Part, held: Decimal) -> Part | None:
    if not held:
        return part
    if held >= part.amount:
        return None
    return replace(part, amount=part.amount - held, label=f"{part.label}, the rest")


def _sale(row: Recertification, fee: Fee, seller: str, today: date) -> Sale:
    catalogue = catalogue_on(row.program, today)
    if catalogue is None:
        body = policy_for(row.program, on=today).body_name
        raise NotEligible(f"{body} takes no orders here yet. Nothing was submitted.")
    lines = [_line(part, fee.currency) for part in fee.parts]
    due_on = _due(row, today)
    return Sale(catalogue.price_list, today, lines, seller, due_on=due_on)


def _due(row: Recertification, today: date) -> date | None:
    """Give the last day on which an amount of today is enough (N5, N8)."""
    assert row.submitted_on is not None
    cycle = working_cycle(row.member, row.program, row.submitted_on)
    if cycle is None:
        return None
    until = last_payable(row, cycle)
    in_time = until == cycle.season.late_until and today <= cycle.last_on
    return cycle.last_on if in_time else until


def _form_key(row: Recertification) -> str:
    name = f"apply:{row.pk.hex}:"
    before = Order.objects.visible_to(row.member).filter(form_key__startswith=name)
    return f"{name}{before.count()}"


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
