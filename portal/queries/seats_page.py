"""A practice's seats: bought, used, free, and what more of them cost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from accounts.models import Practice
from billing.models import Order
from billing.queries import Catalogue
from core.words import money_words
from credentials.models import SeatPool
from portal.queries.estimates import offer_words
from portal.queries.lowering import NextRenewal, next_renewal
from portal.queries.places import body_full_name, body_name


@dataclass(frozen=True)
class Pool:
    """The seats of one product; `price_text` is empty where none are sold alone."""

    label: str
    bought: int
    used: int
    free: int
    price_text: str


@dataclass(frozen=True)
class SeatsPage:
    """A practice's seats of one body's products."""

    body_name: str
    seller: str
    verdict: str
    pools: Sequence[Pool]
    waiting_text: str
    orders_url: str
    assign_url: str
    next: NextRenewal | None
    lower_url: str


def seats_page(
    practice: Practice, program: str, catalogue: Catalogue | None
) -> SeatsPage:
    """Show a practice's seats with the prices of the day."""
    prices = _prices(catalogue)
    pools = SeatPool.objects.of(practice).filter(product__program=program)
    found = [
        Pool(
            label=pool.product.label,
            bought=pool.granted,
            used=pool.used,
            free=pool.available,
            price_text=prices.get(pool.product.code, ""),
        )
        for pool in pools.select_related("product").order_by("product__order")
    ]
    place = {"practice": practice.slug}
    return SeatsPage(
        body_name=body_name(program),
        seller=body_full_name(program),
        verdict=_verdict(found),
        pools=found,
        waiting_text=_waiting(practice, program),
        orders_url=reverse("orders", kwargs=place),
        assign_url=reverse("assignments", kwargs=place),
        next=next_renewal(practice, program, catalogue),
        lower_url=reverse("seats_lower", kwargs=place),
    )


def _prices(catalogue: Catalogue | None) -> Mapping[str, str]:
    """Give the words of what one seat of a product costs, where it is sold alone."""
    if catalogue is None:
        return {}
    currency = catalogue.price_list.currency
    return {
        offer.grants[0]: offer_words(offer, currency)
        for offer in catalogue.offers.values()
        if len(offer.grants) == 1
    }


def _verdict(pools: Sequence[Pool]) -> str:
    if not pools:
        return "No seats yet."
    free = sum(each.free for each in pools)
    used = sum(each.used for each in pools)
    return f"{used} used, {free} free to assign."


def _waiting(practice: Practice, program: str) -> str:
    waiting = Order.objects.of(practice).of_program(program)
    waiting = waiting.filter(state=Order.State.AWAITING)
    sums: dict[str, list[Order]] = {}
    for order in waiting:
        sums.setdefault(order.currency, []).append(order)
    if not sums:
        return ""
    count = sum(map(len, sums.values()))
    rest = " and ".join(
        money_words(sum((each.rest for each in orders), start=orders[0].rest * 0), name)
        for name, orders in sums.items()
    )
    orders = "1 order awaits" if count == 1 else f"{count} orders await"
    return f"{orders} payment, {rest}"
