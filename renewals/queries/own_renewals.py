"""Whether a member may renew for themselves, and what that costs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from accounts.models import Member, Sponsorship
from billing.models import Order, PriceList
from billing.queries import Catalogue
from billing.rules import Asked, Offer, PricedLine, priced
from billing.services import Sale
from credentials.models import Product, Window
from credentials.queries import sold_for_oneself
from renewals.queries.lives import Life, life_of, why_not


@dataclass(frozen=True)
class OwnRenewal:
    """A member's next renewal; `blocked` says why it can't be bought, or is empty.

    `order` is the one that awaits payment already. `key` names the renewal of this very
    term, so that there is one order of it.
    """

    blocked: str
    latest: Window | None = None
    price_list: PriceList | None = None
    line: PricedLine | None = None
    key: str = ""
    order: Order | None = None

    def sale(self, seller: str, today: date) -> Sale:
        """The same as something to be ordered."""
        assert self.price_list is not None
        assert self.line is not None
        own = frozenset((self.line.code,))
        return Sale(self.price_list, today, [self.line], seller, own)


def own_renewal_of(member: Member, program: str, *, today: date) -> OwnRenewal:
    """Say what a member's next renewal costs them, or why they can't buy it.

    Args:
        member: who would pay.
        program: the body's.
        today: the day in the body's zone.
    """
    life = life_of(member.pk, program)
    latest = life.latest
    if latest is None:
        return OwnRenewal("You have no membership to renew yet.")
    held = Sponsorship.objects.open().filter(member=member, program=program)
    sponsorship = held.select_related("practice").first()
    if sponsorship is not None:
        name = sponsorship.practice.name
        return OwnRenewal(f"{name} renews your membership.", latest)
    catalogue = sold_for_oneself(program, today)
    if catalogue is not None:
        for product, offer in _renewals(catalogue):
            reason = why_not(product, life, name="Your membership", today=today)
            if reason:
                return OwnRenewal(reason, latest)
            return _priced(catalogue, offer, member, latest)
    return OwnRenewal("No renewal is for sale here now.", latest)


def _renewals(catalogue: Catalogue) -> Iterator[tuple[Product, Offer]]:
    program = catalogue.price_list.program
    renewals = Product.objects.filter(program=program, kind=Product.Kind.RENEWAL)
    for product in renewals:
        for offer in catalogue.offers.values():
            if product.code in offer.grants:
                yield product, offer


def _priced(
    catalogue: Catalogue, offer: Offer, member: Member, latest: Window
) -> OwnRenewal:
    listed, one = catalogue.price_list, [Asked(offer.code, 1)]
    (line,) = priced(one, catalogue.offers, listed.currency, member=True)
    name = _order_key(latest)
    mine = Order.objects.visible_to(member).filter(form_key__startswith=name)
    ended = mine.filter(state=Order.State.CANCELLED).count()
    return OwnRenewal(
        blocked="",
        latest=latest,
        price_list=listed,
        line=line,
        key=f"{name}{ended}",
        order=mine.filter(state=Order.State.AWAITING).first(),
    )


def why_not_paid(
    order: Order, product: Product, life: Life, *, name: str, today: date
) -> str:
    """Say why an order can't renew its member any more; empty where it can.

    It renews the term it was placed for: a later one may have begun since.
    """
    reason = why_not(product, life, name=name, today=today)
    latest = life.latest
    if reason or (latest and order.form_key.startswith(_order_key(latest))):
        return reason or ""
    return f"{name} was renewed since this was ordered."


def _order_key(latest: Window) -> str:
    return f"renew:{latest.pk.hex}:"
