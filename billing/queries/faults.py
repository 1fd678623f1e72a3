"""Figures of money that must agree."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, OuterRef, Subquery, Sum, Value
from django.db.models.functions import Concat

from accounts.models import Member, Practice
from billing.models import (
    CardCharge,
    CreditBalance,
    Invoice,
    InvoiceCount,
    JournalRow,
    Order,
    OrderLine,
    Payment,
    Refund,
)
from billing.rules import Account


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
    """Figures that contradict each other: an order's, a payer's credit, a count.

    `about` is the order's number, the payer's name, or the body and year of a count.
    """

    about: str
    text: str


def money_faults(program: str = "") -> Sequence[MoneyFault]:
    """Find what doesn't agree: orders and their journal, credit kept, invoice counts.

    It reads and changes nothing.

    Args:
        program: one body's alone; empty for all.
    """
    only = {"program": program} if program else {}
    parts = ("lines", "payments", "journal", "refunds", "invoices")
    orders = Order.objects.filter(**only).order_by("number").prefetch_related(*parts)
    faults = [
        MoneyFault(order.number, text)
        for order in orders.iterator(chunk_size=500)
        if (text := _fault_of(order))
    ]
    return [
        *faults,
        *_charge_faults(program),
        *_credit_faults(only),
        *_count_faults(only),
    ]


def _fault_of(order: Order) -> str:
    payments = [each for each in order.payments.all() if each.state == "settled"]
    papers = {kind: Decimal(0) for kind in Invoice.Kind}
    for paper in order.invoices.all():
        papers[Invoice.Kind(paper.kind)] += paper.total
    cancelled = order.state == Order.State.CANCELLED
    noted = order.total if cancelled else order.refunded
    figures = (
        ("its lines add up to", order.lines.all(), "its total is", order.total),
        ("payments settled", payments, "the order says", order.settled),
        ("refunds are", order.refunds.all(), "the order says", order.refunded),
    )
    checks = [
        (said, sum((_worth(row) for row in rows), Decimal(0)), than, expected)
        for said, rows, than, expected in figures
    ]
    checks += [
        (
            "it is invoiced with",
            papers[Invoice.Kind.INVOICE],
            "its total is",
            order.total,
        ),
        ("credit notes are", papers[Invoice.Kind.CREDIT_NOTE], "they should be", noted),
    ]
    for account, expected in _expected(order, cancelled=cancelled):
        moved = _moved(order.journal.all(), account)
        checks.append(
            (f"the journal has {account} of", moved, "it should be", expected)
        )
    return "; ".join(
        f"{said} {found:.2f}, {than} {expected:.2f}"
        for said, found, than, expected in checks
        if found != expected
    )


def _charge_faults(program: str) -> Iterable[MoneyFault]:
    """Hold each charge of a stored card against the payment that it made."""
    only = {"order__program": program} if program else {}
    charges = CardCharge.objects.filter(**only, intent_id__isnull=False)
    paid = Payment.objects.filter(
        key=Concat(Value("stripe:"), OuterRef("intent_id")),
        order=OuterRef("order"),
        state=Payment.State.SETTLED,
    )
    found = charges.annotate(paid=Subquery(paid.values("amount")[:1]))
    for each in found.select_related("order").order_by("order__number", "turn"):
        succeeded = each.state == CardCharge.State.SUCCEEDED
        expected = each.amount if succeeded else Decimal(0)
        if (each.paid or Decimal(0)) != expected:
            text = (
                f"a charge of {each.card_text} is noted as {each.state} with "
                f"{expected:.2f}, its payment is {each.paid or 0:.2f}"
            )
            yield MoneyFault(each.order.number, text)


def _worth(row: OrderLine | Payment | Refund) -> Decimal:
    return row.amount - row.over if isinstance(row, Payment) else row.amount


def _expected(order: Order, *, cancelled: bool) -> Iterable[tuple[Account, Decimal]]:
    """Say what an order's figures make of each account that it alone moves."""
    fees = sum((line.amount for line in order.lines.all() if line.is_fee), Decimal(0))
    zero = Decimal(0)
    yield Account.RECEIVABLE, zero if cancelled else order.rest
    yield Account.REVENUE, zero if cancelled else fees - order.total
    yield Account.FEES, zero if cancelled else -fees
    yield Account.REFUNDS, order.refunded


def _moved(rows: Iterable[JournalRow], account: Account) -> Decimal:
    """Sum up what rows debited an account with, less what they credited."""
    signs = ((row, (row.debit == account) - (row.credit == account)) for row in rows)
    return sum((row.amount * sign for row, sign in signs), Decimal(0))


def _credit_faults(only: Mapping[str, str]) -> Iterable[MoneyFault]:
    """Hold what payers have as credit against the journal."""
    names = ("practice", "member", "program", "currency")
    booked: dict[tuple[object, ...], Decimal] = defaultdict(Decimal)
    for side, sign in (("credit", 1), ("debit", -1)):
        rows = JournalRow.objects.filter(**only, **{side: Account.CREDIT}).order_by()
        for *key, amount in rows.values_list(*names).annotate(Sum("amount")):
            booked[tuple(key)] += sign * amount
    kept: dict[tuple[object, ...], Decimal] = {
        tuple(key): amount
        for *key, amount in CreditBalance.objects.filter(**only).values_list(
            *names, "amount"
        )
    }
    for key in sorted({*booked, *kept}, key=str):
        counted, ledger = kept.get(key, Decimal(0)), booked.get(key, Decimal(0))
        if counted != ledger:
            text = f"{counted:.2f} is kept as credit, the journal has {ledger:.2f}"
            yield MoneyFault(_payer_name(key[0], key[1]), text)


def _payer_name(practice: Any, member: Any) -> str:  # noqa: ANN401  (two of a key)
    if practice is not None:
        return Practice.objects.get(pk=practice).name
    return Member.objects.get(pk=member).name


def _count_faults(only: Mapping[str, str]) -> Iterable[MoneyFault]:
    """Hold the counters of invoice numbers against the numbers that were given."""
    names = ("program", "year")
    rows = Invoice.objects.filter(**only).order_by().values_list(*names)
    given = {
        (program, year): (most, count)
        for program, year, most, count in rows.annotate(Max("sequence"), Count("pk"))
    }
    counted = {
        (each.program, each.year): each.last
        for each in InvoiceCount.objects.filter(**only)
    }
    for key in sorted({*given, *counted}):
        last, (most, count) = counted.get(key, 0), given.get(key, (0, 0))
        if not last == most == count:
            text = f"{last} numbers were counted, {count} were given up to {most}"
            yield MoneyFault(f"{key[0]} {key[1]}", text)
