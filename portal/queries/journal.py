"""A body's journal as a file: every amount that moved, and what accounts come to."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from billing.models import Invoice, JournalRow
from billing.rules import Account
from core.scope import Scope, scoped

BATCH = 500
CENT = Decimal("0.01")
HEADINGS = (
    "Row",
    "Day",
    "Debit",
    "Credit",
    "Amount",
    "Currency",
    "What",
    "Order",
    "Invoice",
    "Who pays",
    "Booked (UTC)",
)
# By currency and account: what was debited less what was credited.
Sums = defaultdict[tuple[str, str], Decimal]


@dataclass(frozen=True)
class Days:
    """Which days of the body's zone are wanted, both ends included; None: no limit."""

    since: date | None = None
    until: date | None = None

    @property
    def within(self) -> Q:
        """The rows of these days."""
        keep = Q(on__gte=self.since) if self.since else Q()
        return keep & Q(on__lte=self.until) if self.until else keep


def journal_count(program: str, days: Days) -> int:
    """Count the rows that a file would have, its balances left aside."""
    return JournalRow.objects.filter(days.within, program=program).count()


def journal_rows(program: str, days: Days, scope: Scope) -> Iterator[Sequence[object]]:
    """Give a file's rows, a batch at a time in its own transaction.

    With a first day it begins with each account's balance before that day; it ends with
    each account's balance. A balance stands on the side where there is more.

    Args:
        program: the body whose journal it is.
        days: which days are wanted.
        scope: what whoever reads may see; the page's own is over by then.
    """
    yield HEADINGS
    sums: Sums = defaultdict(Decimal)
    if days.since:
        with scoped(scope):
            _open(sums, program, days.since)
        yield from _balances(sums, "Balance before", days.since)
    found = JournalRow.objects.filter(days.within, program=program)
    last = 0
    while True:
        with scoped(scope):
            batch = list(_batch(found, last))
            invoices = _invoices(batch)
        for row in batch:
            _add(sums, row)
            yield _cells(row, invoices)
        if len(batch) < BATCH:
            break
        last = batch[-1].id
    yield from _balances(sums, "Balance", days.until)


def _open(sums: Sums, program: str, day: date) -> None:
    before = JournalRow.objects.filter(program=program, on__lt=day).order_by()
    for side, sign in (("debit", 1), ("credit", -1)):
        counted = before.values_list("currency", side).annotate(Sum("amount"))
        for currency, account, amount in counted:
            sums[currency, account] += sign * amount


def _batch(found: QuerySet[JournalRow], last: int) -> QuerySet[JournalRow]:
    beside = found.select_related("order", "practice", "member")
    return beside.filter(id__gt=last).order_by("id")[:BATCH]


def _invoices(batch: Sequence[JournalRow]) -> Mapping[UUID, str]:
    kept = Invoice.objects.filter(
        order__in={row.order.pk for row in batch}, kind=Invoice.Kind.INVOICE
    )
    return dict(kept.values_list("order_id", "number"))


def _add(sums: Sums, row: JournalRow) -> None:
    sums[row.currency, row.debit] += row.amount
    sums[row.currency, row.credit] -= row.amount


def _cells(row: JournalRow, invoices: Mapping[UUID, str]) -> Sequence[object]:
    payer = row.practice or row.member
    return (
        row.id,
        row.on,
        row.get_debit_display(),
        row.get_credit_display(),
        row.amount.quantize(CENT),
        row.currency,
        row.text,
        row.order.number,
        invoices.get(row.order.pk, ""),
        payer.name if payer else "",
        f"{row.at.astimezone(UTC):%Y-%m-%d %H:%M:%S}",
    )


def _balances(sums: Sums, words: str, day: date | None) -> Iterator[Sequence[object]]:
    for currency in sorted({currency for currency, _ in sums}):
        for account in Account:
            amount = sums[currency, account.value]
            name = account.value.capitalize()
            sides = (name, "") if amount >= 0 else ("", name)
            said = f"{words}: {name}"
            shown = abs(amount).quantize(CENT)
            yield ("", day or "", *sides, shown, currency, said, "", "", "", "")
