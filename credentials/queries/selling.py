"""What a body sells on a day, and to whom."""

from dataclasses import replace
from datetime import date

from billing.models import PriceList
from billing.queries import Catalogue, catalogue_of, catalogue_on
from credentials.models import (
    Product,
)
from credentials.policy import policy_for


def on_sale(program: str, day: date) -> Catalogue | None:
    """Give what a body sells on a day; what fills a product that is not there, waits.

    None where the body has no prices on that day.
    """
    found = catalogue_on(program, day)
    return _filled(found) if found else None


def sold_for_oneself(program: str, day: date) -> Catalogue | None:
    """Give what a member without a practice buys for themselves on a day.

    Its list's pack says so. None where the body has no prices on that day.
    """
    found = on_sale(program, day)
    if found is None:
        return None
    sales = policy_for(program, on=found.price_list.effective_on).sales
    own = {each.code for each in sales.offers if each.for_oneself} if sales else set()
    offers = {code: each for code, each in found.offers.items() if code in own}
    return replace(found, offers=offers)


def on_list(program: str, effective_on: date) -> Catalogue | None:
    """Give what a body's list of that day sells, in force or not; None without one."""
    found = PriceList.objects.filter(program=program, effective_on=effective_on)
    return _filled(catalogue_of(found[0])) if found else None


def _filled(found: Catalogue) -> Catalogue:
    program = found.price_list.program
    known = set(Product.objects.filter(program=program).values_list("code", flat=True))
    offers = {
        code: offer
        for code, offer in found.offers.items()
        if known.issuperset(offer.grants)
    }
    return replace(found, offers=offers)
