"""Joining the round of people for whom a practice's stored card is to pay (A11)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Practice, Sponsorship
from billing.models import StoredCard
from billing.queries import catalogue_on, stored_card_of
from billing.rules import Asked, priced
from billing.services import Sale
from core.actor import Actor
from credentials.models import Product, Window
from credentials.policy import policy_for
from renewals.models import CardRound, RenewalAttempt
from renewals.queries import renewing_themselves
from renewals.rules import Span

State, Outcome = CardRound.State, RenewalAttempt.Outcome
AUTO_RENEWAL = Actor.system("auto-renewal")
ALWAYS = Span(date.min, date.max)


def join_round(
    sponsorship: Sponsorship, *, today: date, now: datetime
) -> CardRound | None:
    """Find the practice's round that gathers, or begin one; None where no card can pay.

    It stays gathering until the caller's transaction ends.

    Args:
        sponsorship: whose renewal lacks a seat; locked.
        today: the day in the body's zone.
        now: the instant, UTC.
    """
    practice, program = sponsorship.practice, sponsorship.program
    if paying_card(practice, program, today=today) is None:
        return None
    gathering = CardRound.objects.filter(
        practice=practice, program=program, state=State.GATHERING
    )
    while True:
        # Who places the order takes the same lock: this round is not ordered for yet.
        found = gathering.select_for_update(of=("self",)).first()
        if found is not None:
            return found
        try:
            with transaction.atomic():
                return CardRound.objects.create(
                    practice=practice,
                    program=program,
                    begun_on=today,
                    state=State.GATHERING,
                    at=now,
                )
        except IntegrityError:
            # Another worker began it at this moment.
            continue


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
    attempts = RenewalAttempt.objects.filter(window=OuterRef("pk"))
    joined = attempts.filter(round__in=found, outcome=Outcome.PAYING)
    decided = attempts.exclude(outcome=Outcome.PAYING)
    sponsored = renewing_themselves(
        found[0].program, [ALWAYS], practice=found[0].practice
    )
    return sponsored.filter(Exists(joined), ~Exists(decided)).order_by("last_on", "pk")
