"""Selling: packs' prices published, seats written when an order is paid, taken back."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from accounts.models import Practice
from billing.events import OrderPaid, RefundAsked
from billing.models import OrderLine, PriceList
from billing.rules import Audience, Break, Offer
from billing.services import ListFacts, publish_price_list
from core.actor import Actor
from core.failures import NotEligible, NotUsable
from credentials.models import Product, SeatPool
from credentials.policy import Policy, PriceOffer, UnitPrice, programs, versions_of
from credentials.services.seats import grant_seats, take_back_seats


def publish_prices(*, actor: Actor, now: datetime) -> int:
    """Publish the packs' prices that are not published yet; return how many lists.

    Raises:
        Stale: a published list says something else than its pack.
    """
    packs = [pack for program in programs() for pack in versions_of(program)]
    lists = [facts for pack in packs if (facts := _facts(pack)) is not None]
    before = PriceList.objects.count()
    for facts in lists:
        publish_price_list(actor=actor, facts=facts, now=now)
    return PriceList.objects.count() - before


def on_order_paid(event: OrderPaid) -> None:
    """Add the seats that were bought, in the payment's transaction, once.

    Raises:
        NotEligible: a product that was sold is not there.
    """
    order = event.order
    products = _products(order.program, event.lines)
    if order.practice is None:
        return
    _hold_pools(order.practice, products.values())
    for line in event.lines:
        for code in line.grants:
            grant_seats(
                actor=event.actor,
                practice=order.practice,
                product=products[code],
                count=line.quantity,
                reason=f"Order {order.number}",
                key=f"order:{line.pk.hex}:{code}",
                now=event.now,
                ordered=True,
            )


def on_refund_asked(event: RefundAsked) -> None:
    """Take the seats back that the money goes back for.

    Raises:
        NotEligible: they are assigned; nothing goes back.
    """
    order = event.order
    if order.practice is None:
        return
    products = _products(order.program, [line for line, _ in event.lines])
    _hold_pools(order.practice, products.values())
    for line, quantity in event.lines:
        for code in line.grants:
            product = products[code]
            try:
                take_back_seats(
                    actor=event.actor,
                    practice=order.practice,
                    product=product,
                    count=quantity,
                    reason=f"Refund of order {order.number}",
                    key=f"refund:{event.refund.pk.hex}:{line.place}:{code}",
                    now=event.now,
                    ordered=True,
                )
            except NotUsable as refusal:
                words = product.noun if quantity == 1 else product.nouns
                raise NotEligible(
                    f"{quantity} {words} can't be taken back: they are assigned. "
                    "Nothing was given back."
                ) from refusal


def _hold_pools(practice: Practice, products: Collection[Product]) -> None:
    """Lock the pools, all before the first entry of the trail, as assigning does."""
    for product in sorted(products, key=lambda each: each.pk):
        SeatPool.objects.get_or_create(practice=practice, product=product)
    held = SeatPool.objects.select_for_update().of(practice)
    list(held.filter(product__in=products).order_by("product_id"))


def _products(program: str, lines: Iterable[OrderLine]) -> Mapping[str, Product]:
    codes = {code for line in lines for code in line.grants}
    found = Product.objects.filter(program=program, code__in=codes)
    products = {product.code: product for product in found}
    if missing := sorted(codes - set(products)):
        raise NotEligible(f"There is no product {missing[0]}. Nothing was done.")
    return products


def _facts(pack: Policy) -> ListFacts | None:
    sales = pack.sales
    if sales is None:
        return None
    return ListFacts(
        program=pack.program,
        effective_on=pack.effective,
        currency=pack.currency,
        estimate_days=sales.estimate_days,
        due_days=sales.due_days,
        confirm_above=sales.confirm_above,
        retry_days=sales.retry_days,
        policy=pack.version,
        offers=[_offer(each) for each in sales.offers],
    )


def _offer(offer: PriceOffer) -> Offer:
    sides = (
        (Audience.EVERYONE, offer.units),
        (Audience.MEMBERS, offer.members),
        (Audience.OTHERS, offer.others),
    )
    return Offer(
        code=offer.code,
        label=offer.label,
        noun=offer.noun,
        nouns=offer.nouns,
        grants=offer.grants,
        is_fee=offer.is_fee,
        breaks={audience: _breaks(units) for audience, units in sides if units},
        rule=offer.basis.rule,
        note=offer.basis.ruling,
    )


def _breaks(units: Iterable[UnitPrice]) -> tuple[Break, ...]:
    return tuple(Break(each.start, each.unit) for each in units)
