"""Joining the round of people for whom a practice's stored card is to pay (A11)."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from accounts.models import Sponsorship
from core.actor import Actor
from renewals.models import CardRound
from renewals.queries import paying_card

State = CardRound.State
AUTO_RENEWAL = Actor.system("auto-renewal")


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
