"""A body's orders, as its staff find them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from billing.models import Invoice, Order, Payment
from core.words import day_words, money_words
from portal.queries.narrowing import (
    MEMBER_NAME,
    Narrowed,
    Pill,
    every_pattern,
    spelled,
    words_of,
)
from portal.queries.orders import order_tag
from portal.queries.paging import Pager, pager_of
from portal.queries.places import body_name
from portal.queries.shown import Tag

PAGE_SIZE = 50
State = Order.State
WAITING = Q(waits=True)


@dataclass(frozen=True)
class Shown:
    """What a state of the address shows; on a day, for what depends on it."""

    label: str
    keep: Q


def states_on(today: date) -> Mapping[str, Shown]:
    """Name the states that orders can be filtered by, all of them first."""
    awaiting = Q(state=State.AWAITING)
    back = Q(state__in=(State.PARTLY_REFUNDED, State.REFUNDED))
    return {
        "": Shown("All", Q()),
        "awaiting": Shown("Awaiting payment", awaiting),
        "overdue": Shown("Overdue", awaiting & Q(due_on__lt=today)),
        "to_confirm": Shown("Second person", WAITING),
        "paid": Shown("Paid", Q(state__in=(State.PAID, State.FULFILLED))),
        "refunded": Shown("Refunded", back),
        "cancelled": Shown("Cancelled", Q(state=State.CANCELLED)),
    }


@dataclass(frozen=True)
class Filters(Narrowed):
    """Which orders are wanted: a state, and words of a number, a payment, a payer."""

    state: str = ""
    q: str = ""


@dataclass(frozen=True)
class Row:
    """One order; `waits` says that a payment of it waits for a second person."""

    number: str
    url: str
    placed_text: str
    payer: str
    invoice: str
    total_text: str
    rest_text: str
    due_text: str
    tag: Tag
    waits: bool


@dataclass(frozen=True)
class StaffOrders:
    """A body's orders, the newest first, and the addresses of its journal's files."""

    body_name: str
    verdict: str
    filters: Filters
    pills: Sequence[Pill]
    rows: Sequence[Row]
    page_obj: Pager
    csv_url: str
    xlsx_url: str


def staff_orders(
    program: str, filters: Filters, *, number: int, today: date
) -> StaffOrders:
    """Find a body's orders by number, invoice, cheque or payer."""
    states = states_on(today)
    every = _orders(program)
    found = every.filter(_words(filters.q))
    counts = _counts(found, states)
    pager = pager_of(number, counts[filters.state], PAGE_SIZE, filters.pairs)
    shown = found.filter(states[filters.state].keep)[pager.start :][:PAGE_SIZE]
    rows = list(shown.select_related("practice", "member"))
    invoices = _invoices(rows)
    place = {"program": program}
    return StaffOrders(
        body_name=body_name(program),
        verdict=_verdict(every, filters, pager.total, states),
        filters=filters,
        pills=[
            Pill(
                label=each.label,
                url=replace(filters, state=code).url,
                current=code == filters.state,
                count=counts[code],
            )
            for code, each in states.items()
        ],
        rows=[_row(each, invoices.get(each.pk, ""), today) for each in rows],
        page_obj=pager,
        csv_url=reverse("staff_journal_csv", kwargs=place),
        xlsx_url=reverse("staff_journal_xlsx", kwargs=place),
    )


def _orders(program: str) -> QuerySet[Order]:
    waiting = Payment.objects.filter(
        order=OuterRef("pk"), state=Payment.State.TO_CONFIRM
    )
    return Order.objects.of_program(program).annotate(waits=Exists(waiting))


def _words(q: str) -> Q:
    keep = Q()
    for word in words_of(q):
        invoices = Invoice.objects.filter(number__icontains=word).values("order")
        payments = Payment.objects.filter(reference__icontains=word).values("order")
        keep &= (
            Q(number__icontains=word)
            | Q(pk__in=invoices)
            | Q(pk__in=payments)
            | every_pattern([spelled(word)], "practice__name", *MEMBER_NAME)
        )
    return keep


def _counts(found: QuerySet[Order], states: Mapping[str, Shown]) -> Mapping[str, int]:
    sums = {
        f"count_{code}": Count("pk", filter=each.keep) for code, each in states.items()
    }
    counted = found.order_by().aggregate(**sums)
    return {code: counted[f"count_{code}"] for code in states}


def _invoices(rows: Sequence[Order]) -> Mapping[UUID, str]:
    kept = Invoice.objects.filter(
        order__in=[each.pk for each in rows], kind=Invoice.Kind.INVOICE
    )
    return dict(kept.values_list("order_id", "number"))


def _row(order: Order, invoice: str, today: date) -> Row:
    place = {"program": order.program, "order_id": order.pk}
    awaits = order.state == State.AWAITING
    rest = order.rest if awaits else Decimal(0)
    return Row(
        number=order.number,
        url=reverse("staff_order", kwargs=place),
        placed_text=day_words(order.placed_on),
        payer=order.payer_name,
        invoice=invoice,
        total_text=money_words(order.total, order.currency),
        rest_text=money_words(rest, order.currency) if rest else "",
        due_text=day_words(order.due_on) if awaits else "",
        tag=order_tag(order, today),
        waits=bool(getattr(order, "waits", False)),
    )


def _verdict(
    every: QuerySet[Order], filters: Filters, total: int, states: Mapping[str, Shown]
) -> str:
    if filters.pairs:
        return f"{_orders_words(total)} found."
    if not total:
        return "Nothing has been ordered yet."
    counts = _counts(every, states)
    payments = Payment.objects.filter(
        order__in=every.filter(WAITING), state=Payment.State.TO_CONFIRM
    ).count()
    awaiting, overdue = counts["awaiting"], counts["overdue"]
    parts = []
    if awaiting:
        late = f" ({overdue} overdue)" if overdue else ""
        verb = "awaits" if awaiting == 1 else "await"
        parts.append(f"{_orders_words(awaiting)} {verb} payment{late}")
    if payments:
        said = "1 payment waits" if payments == 1 else f"{payments} payments wait"
        parts.append(f"{said} for a second person")
    return f"{', '.join(parts)}." if parts else "Every order is paid or closed."


def _orders_words(count: int) -> str:
    return f"{count} {'order' if count == 1 else 'orders'}"
