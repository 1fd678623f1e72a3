"""Who waits for a practice's stored card, whether one can pay, and for how much."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Exists, QuerySet

from accounts.models import Practice
from billing.models import StoredCard
from billing.queries import catalogue_on, stored_card_of
from billing.rules import Asked, priced
from billing.services import Sale
from credentials.models import Product, Window
from credentials.policy import policy_for
from renewals.models import CardRound, RenewalAttempt
from renewals.queries.endings import attempts_now, renewing_themselves
from renewals.rules import Span

Outcome = RenewalAttempt.Outcome
ALWAYS = Span(date.min, date.max)


def paying_card(practice: Practice, program: str, *, today: date) -> StoredCard | None:
    """Find the card that pays where no seat is free; None where nothing can.

    There is one where cards are taken, the practice stored one, and the body sells
    renewals by themselves on that day.
    """
    if not settings.CARDS or sale_of(program, 1, today=today) is None:
        return None
    return stored_card_of(practice)


@dataclass(frozen=True)
class Renewals:
    """So many renewals, as they are sold on a day."""

    sale: Sale
    retry_days: list[int]


def sale_of(program: str, quantity: int, *, today: date) -> Renewals | None:
    """Price renewals at the day's list; None where the body sells none by itself."""
    product = Product.objects.filter(program=program, kind=Product.Kind.RENEWAL).first()
    catalogue = catalogue_on(program, today)
    if product is None or catalogue is None:
        return None
    offers = catalogue.offers
    sold = [each for each in offers.values() if each.grants == (product.code,)]
    if not sold:
        return None
    listed = catalogue.price_list
    lines = priced([Asked(sold[0].code, quantity)], offers, listed.currency)
    seller = policy_for(program, on=date.max).body.full_name
    return Renewals(Sale(listed, today, lines, seller), list(listed.retry_days))


def waiting_in(rounds: Iterable[CardRound]) -> QuerySet[Window]:
    """Find the terms that still wait in rounds of one practice and program, by date.

    Whoever was renewed, switched to manual renewal or taken off the list waits no more.
    """
    found = list(rounds)
    if not found:
        return Window.objects.none()
    attempts = attempts_now()
    joined = attempts.filter(round__in=found, outcome=Outcome.PAYING)
    decided = attempts.exclude(outcome=Outcome.PAYING)
    sponsored = renewing_themselves(
        found[0].program, [ALWAYS], practice=found[0].practice
    )
    return sponsored.filter(Exists(joined), ~Exists(decided)).order_by("last_on", "pk")
