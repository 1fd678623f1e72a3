"""A practice's orders, and beside them a plain model of numbers alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from uuid import uuid4

import pytest

from billing.models import Invoice, Order, Payment
from billing.queries import balances, credit_of, money_faults
from billing.rules import Account, Asked, Audience, Break, Offer, PricedLine, priced
from billing.services import (
    PaymentFacts,
    Sale,
    cancel_order,
    confirm_payment,
    place_order,
    record_payment,
    refund_order,
    refuse_payment,
    use_credit,
)
from core.failures import NotEligible, NotUsable
from tests.billing.money import SELLER, available, manager, prices
from tests.billing.plain import ZERO, Bought, Line
from tests.cast import BODY, NOW, TESTER, TODAY, Cast

GRANTS = {"renewals": ("renewals",), "package": ("membership", "renewals"), "late": ()}
# Above so much of an order a second person confirms (the pack's `confirm_above`).
LIMIT = Decimal(1000)
Breaks = Sequence[tuple[int, Decimal]]


@dataclass
class Books:
    """A practice's orders beside the model of them."""

    cast: Cast
    offers: Mapping[str, Breaks]
    seats: int
    orders: list[Bought] = field(default_factory=list)
    cash: Decimal = ZERO
    credit_kept: Decimal = ZERO
    papers: int = 0

    def do(self, name: str, *rest: object) -> None:
        """Do one thing, to the rows and to the model."""
        if name == "place":
            self.place(*rest)  # type: ignore[arg-type]
        elif self.orders:
            number, *more = rest
            order = self.orders[int(str(number)) % len(self.orders)]
            getattr(self, name)(order, *more)

    def place(self, asked: Mapping[str, int]) -> None:
        """Order something, where anything is asked for."""
        sale = Sale(prices().price_list, TODAY, self._priced(asked), SELLER)
        wanted = {code: count for code, count in asked.items() if count}
        if not wanted:
            with pytest.raises(NotUsable):
                self._place(sale)
            return
        lines = [
            Line(code, count, self._unit(code, count) * count)
            for code, count in wanted.items()
        ]
        order = Bought(self._place(sale), lines)
        self.orders.append(order)
        self.papers += bool(order.total)
        if not order.total:
            order.state = "fulfilled"

    def _place(self, sale: Sale) -> Order:
        return place_order(
            actor=TESTER,
            payer=self.cast.northside,
            told="alice@alice-adams.example",
            sale=sale,
            form_key=uuid4().hex,
            today=TODAY,
            now=NOW,
        )

    def _priced(self, asked: Mapping[str, int]) -> Sequence[PricedLine]:
        offers = {
            code: Offer(
                code=code,
                label=code.title(),
                noun=code,
                nouns=code,
                grants=grants,
                is_fee=not grants,
                breaks={
                    Audience.EVERYONE: tuple(Break(*each) for each in self.offers[code])
                },
                rule="A2",
            )
            for code, grants in GRANTS.items()
        }
        wanted = [Asked(code, count) for code, count in asked.items()]
        return priced(wanted, offers, "USD")

    def _unit(self, code: str, count: int) -> Decimal:
        return [unit for start, unit in self.offers[code] if start <= count][-1]

    def rest(self, order: Bought, more: int) -> None:
        """Pay what is left, a cent less, or a cent more."""
        amount = order.rest + Decimal(more) / 100
        if amount > 0:
            self.pay(order, int(amount * 100), confirmed=True)

    def pay(self, order: Bought, amount: int, confirmed: bool) -> None:  # noqa: FBT001
        """Pay by transfer; a large one is confirmed or refused by somebody else."""
        money = Decimal(amount) / 100
        if order.state != "awaiting":
            with pytest.raises(NotEligible):
                self._pay(order, money)
            return
        payment = self._pay(order, money)
        waits = order.alone + money > LIMIT
        assert (payment.state == Payment.State.TO_CONFIRM) == waits
        if waits:
            other = manager(self.cast)
            if not confirmed:
                refuse_payment(
                    actor=other, payment=payment, reason="No", today=TODAY, now=NOW
                )
                return
            confirm_payment(actor=other, payment=payment, today=TODAY, now=NOW)
        else:
            order.alone += money
        owed = min(money, order.rest)
        self.cash += money
        self.credit_kept += money - owed
        self._settle(order, owed)

    def _pay(self, order: Bought, money: Decimal) -> Payment:
        return record_payment(
            actor=TESTER,
            order=order.row,
            facts=PaymentFacts(Payment.Method.TRANSFER, money, TODAY),
            key=uuid4().hex,
            today=TODAY,
            now=NOW,
        )

    def _settle(self, order: Bought, owed: Decimal) -> None:
        order.settled += owed
        if not order.rest:
            order.state = "fulfilled"

    def credit(self, order: Bought) -> None:
        """Pay with what was paid too much before."""
        act = partial(
            use_credit,
            actor=TESTER,
            order=order.row,
            key=uuid4().hex,
            today=TODAY,
            now=NOW,
        )
        if order.state != "awaiting" or not self.credit_kept:
            with pytest.raises(NotEligible):
                act()
            return
        act()
        used = min(self.credit_kept, order.rest)
        self.credit_kept -= used
        self._settle(order, used)

    def cancel(self, order: Bought) -> None:
        """Cancel what isn't paid; what was paid of it is kept as credit."""
        act = partial(
            cancel_order,
            actor=TESTER,
            order=order.row,
            reason="Changed",
            today=TODAY,
            now=NOW,
        )
        if order.state in {"fulfilled", "partly_refunded", "refunded"}:
            with pytest.raises(NotEligible):
                act()
            return
        act()
        if order.state == "awaiting":
            self.credit_kept += order.settled
            self.papers += 1
            order.state = "cancelled"

    def refund(self, order: Bought, counts: Sequence[int], kept: bool) -> None:  # noqa: FBT001
        """Give some of each line back, as money or as credit."""
        wanted = [
            count % (line.quantity - line.back + 1)
            for count, line in zip(counts, order.lines, strict=False)
        ]
        if order.state not in {"fulfilled", "partly_refunded"}:
            with pytest.raises(NotEligible):
                self._refund(order, wanted, kept)
            return
        before = [line.back for line in order.lines]
        parts = [
            line.take(count)
            for line, count in zip(order.lines, wanted, strict=True)
            if count
        ]
        amount = sum(parts, ZERO)
        if not amount:
            for line, back in zip(order.lines, before, strict=True):
                line.back = back
            with pytest.raises(NotUsable):
                self._refund(order, wanted, kept)
            return
        self._refund(order, wanted, kept)
        order.refunded += amount
        self.papers += 1
        if kept:
            self.credit_kept += amount
        else:
            self.cash -= amount
        whole = order.refunded == order.settled
        order.state = "refunded" if whole else "partly_refunded"

    def _refund(self, order: Bought, wanted: Sequence[int], kept: bool) -> None:  # noqa: FBT001
        method = Payment.Method.CREDIT if kept else Payment.Method.TRANSFER
        refund_order(
            actor=TESTER,
            order=order.row,
            quantities={
                line.pk: count
                for line, count in zip(order.row.lines.all(), wanted, strict=True)
            },
            method=method,
            reason="Too many",
            key=uuid4().hex,
            today=TODAY,
            now=NOW,
        )

    def check(self) -> None:
        """Hold rows and journal against the model."""
        for order in self.orders:
            order.row.refresh_from_db()
            assert (order.row.total, order.row.settled, order.row.refunded) == (
                order.total,
                order.settled,
                order.refunded,
            )
            assert order.row.state == order.state
        sold = [order for order in self.orders if order.state != "cancelled"]
        lines = [line for order in sold for line in order.lines]
        fees = sum((line.amount for line in lines if line.code == "late"), ZERO)
        assert balances(BODY) == {
            Account.RECEIVABLE: sum((order.rest for order in sold), ZERO),
            Account.CASH: self.cash,
            Account.REVENUE: fees - sum((order.total for order in sold), ZERO),
            Account.FEES: -fees,
            Account.REFUNDS: sum((order.refunded for order in sold), ZERO),
            Account.CREDIT: -self.credit_kept,
        }
        assert credit_of(self.cast.northside, BODY, "USD") == self.credit_kept
        assert available(self.cast.northside) - self.seats == self._granted()
        numbers = Invoice.objects.values_list("sequence", flat=True)
        assert sorted(numbers) == list(range(1, self.papers + 1))
        assert money_faults() == []

    def _granted(self) -> int:
        return sum(
            line.quantity - line.back
            for order in self.orders
            for line in order.lines
            if order.state not in {"awaiting", "cancelled"}
            and "renewals" in GRANTS[line.code]
        )
