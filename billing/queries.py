"""Price lists by day, and figures that must agree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from accounts.models import Member, Practice
from billing.models import CreditBalance, JournalRow, Order, Price, PriceList
from billing.rules import Account, Audience, Break, Offer


@dataclass(frozen=True)
class Catalogue:
    """What a body sells on a day: its list, and each offer by code."""

    price_list: PriceList
    offers: Mapping[str, Offer]


def catalogue_on(program: str, day: date) -> Catalogue | None:
    """Give the list that is in force on a day of the body's zone, None before any."""
    lists = PriceList.objects.filter(program=program, effective_on__lte=day)
    found = lists.order_by("-effective_on").first()
    return catalogue_of(found) if found else None


def catalogue_of(price_list: PriceList) -> Catalogue:
    """Read a list's offers, in its order."""
    rows: dict[str, list[Price]] = {}
    for row in Price.objects.filter(price_list=price_list):
        rows.setdefault(row.code, []).append(row)
    return Catalogue(price_list, {code: _offer(each) for code, each in rows.items()})


def _offer(rows: Sequence[Price]) -> Offer:
    breaks: dict[Audience, list[Break]] = {}
    for row in rows:
        found = breaks.setdefault(Audience(row.audience), [])
        found.append(Break(row.start, row.unit))
    first = rows[0]
    return Offer(
        code=first.code,
        label=first.label,
        noun=first.noun,
        nouns=first.nouns,
        grants=tuple(first.grants),
        is_fee=first.is_fee,
        breaks={audience: tuple(each) for audience, each in breaks.items()},
        rule=first.rule,
        note=first.note,
    )


def credit_of(payer: Practice | Member, program: str, currency: str) -> Decimal:
    """Say how much of what a payer paid too much is left."""
    found = CreditBalance.objects.filter(
        **payer_fields(payer), program=program, currency=currency
    ).first()
    return found.amount if found else Decimal("0.00")


def payer_fields(payer: Practice | Member) -> dict[str, Any]:
    """Name a payer in the two columns that rows about money have for one."""
    practice = payer if isinstance(payer, Practice) else None
    return {"practice": practice, "member": None if practice else payer}


def balances(program: str) -> Mapping[Account, Decimal]:
    """Sum a body's journal by account: what was debited less what was credited."""
    rows = JournalRow.objects.filter(program=program)
    found = dict.fromkeys(Account, Decimal("0.00"))
    for side, sign in (("debit", 1), ("credit", -1)):
        for name, amount in rows.values_list(side).annotate(Sum("amount")):
            found[Account(name)] += sign * amount
    return found


@dataclass(frozen=True)
class MoneyFault:
    """An order whose figures and journal contradict each other."""

    number: str
    text: str


def money_faults(program: str = "") -> Sequence[MoneyFault]:
    """Find orders whose lines, total, payments and journal don't agree.

    It reads and changes nothing.

    Args:
        program: one body's alone; empty for all.
    """
    orders = Order.objects.filter(**({"program": program} if program else {}))
    faults = []
    for order in orders.prefetch_related("lines", "payments", "journal", "refunds"):
        text = _fault_of(order)
        if text:
            faults.append(MoneyFault(order.number, text))
    return faults


def _fault_of(order: Order) -> str:
    lines = sum((line.amount for line in order.lines.all()), Decimal(0))
    settled = sum(
        (
            each.amount - each.over
            for each in order.payments.all()
            if each.state == each.State.SETTLED
        ),
        Decimal(0),
    )
    refunded = sum((each.amount for each in order.refunds.all()), Decimal(0))
    owed = sum(
        (
            row.amount * ((row.debit == "receivable") - (row.credit == "receivable"))
            for row in order.journal.all()
        ),
        Decimal(0),
    )
    expected = Decimal(0) if order.state == Order.State.CANCELLED else order.rest
    checks = (
        (lines != order.total, f"its lines add up to {lines}, its total is"),
        (settled != order.settled, f"payments settled {settled}, the order says"),
        (refunded != order.refunded, f"refunds are {refunded}, the order says"),
        (owed != expected, f"the journal has {owed} owed, the order's rest is"),
    )
    figures = (order.total, order.settled, order.refunded, expected)
    return "; ".join(
        f"{text} {figure}"
        for (wrong, text), figure in zip(checks, figures, strict=True)
        if wrong
    )
