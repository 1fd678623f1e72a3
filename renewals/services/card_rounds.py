"""Rounds: one order for all who lack a seat, charged to the card while somebody waits.

Every step is one transaction that locks the round. Locks are taken in one order:
sponsorships, the round, its order, then as billing does (docs/billing.md).
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists

from accounts.queries import named_administration
from billing.models import CardCharge, Order, Payment, StoredCard
from billing.rules import decline_words, next_try, turn_due
from billing.rules.retries import WRONG_AMOUNT
from billing.services import ask_charge, cancel_order, hold_card, place_order
from core.failures import NotEligible
from credentials.models import Product, SeatPool, Window
from credentials.policy import versions_of
from renewals.models import CardRound, RenewalAttempt
from renewals.queries import attempts_now, renewing_themselves, sale_of, waiting_in
from renewals.rules import arrived
from renewals.services.joining import AUTO_RENEWAL
from renewals.services.renewing import NO_SEAT

State, Outcome = CardRound.State, RenewalAttempt.Outcome
NOBODY = "Nobody waits for it any more."
NO_CARD = "The stored card was removed."
TOO_LATE = "The card could not be charged in time."


@dataclass(frozen=True)
class Ending:
    """How a round is to end for those who wait still: what they get, and why.

    With `gives_up` their renewals become manual and the order is cancelled.
    """

    outcome: RenewalAttempt.Outcome
    reason: str
    gives_up: bool = False


def open_rounds(program: str) -> list[UUID]:
    """Name the rounds of a program that are not over, the oldest first."""
    found = CardRound.objects.filter(program=program).exclude(state=State.ENDED)
    return list(found.order_by("at", "pk").values_list("pk", flat=True))


def seats_for(*, round_id: UUID, today: date) -> list[UUID]:
    """Name the waiting terms that can take a seat now: paid for, or free at a try.

    A seat that is free is taken before the card is tried again, and not while it is
    being charged.
    """
    found = CardRound.objects.select_related("order", "practice").get(pk=round_id)
    order = found.order
    if found.state != State.TRYING or order is None:
        return []
    waiting = waiting_in([found]).values_list("pk", flat=True)
    if is_paid(order):
        return list(waiting)
    charge = _last_charge(order)
    is_open = charge is not None and charge.state in CardCharge.OPEN
    if order.state != Order.State.AWAITING or is_open or _due(found, today) is None:
        return []
    return list(waiting[: free_seats(found)])


def is_paid(order: Order) -> bool:
    """Say whether an order was paid, and its seats were added."""
    return order.state not in {Order.State.AWAITING, Order.State.CANCELLED}


def free_seats(found: CardRound) -> int:
    """Count the renewals that the round's practice can assign."""
    pool = SeatPool.objects.filter(
        practice=found.practice,
        product__program=found.program,
        product__kind=Product.Kind.RENEWAL,
    ).first()
    return pool.available if pool else 0


@transaction.atomic
def advance_round(*, round_id: UUID, today: date, now: datetime) -> Ending | None:
    """Do the next thing for a round: order, charge, order less, or end it.

    Args:
        round_id: which.
        today: the day in the body's zone.
        now: the instant, UTC.

    Returns:
        How it has to end for those who wait, None where nothing is to be ended.
    """
    rounds = CardRound.objects.select_for_update(of=("self",))
    found = rounds.select_related("practice").get(pk=round_id)
    if found.state == State.ENDED:
        return None
    waiting = list(waiting_in([found]))
    if found.state == State.GATHERING:
        return _order(found, waiting, today, now)
    order = Order.objects.select_for_update(of=("self",)).get(card_round=found)
    if order.state != Order.State.AWAITING:
        return _after(found, order, waiting)
    if _is_being_paid(order):
        return None
    if not waiting:
        _leave(found, order, today, now)
        return None
    return _try_again(found, order, waiting, today, now)


def _order(
    found: CardRound, waiting: list[Window], today: date, now: datetime
) -> Ending | None:
    """Place the order for all, once nobody of the practice is left to try."""
    spans = arrived(versions_of(found.program), today)
    untried = renewing_themselves(found.program, spans, practice=found.practice)
    if untried.exclude(Exists(attempts_now())).exists():
        return None
    if not waiting:
        end(found, NOBODY)
        return None
    card = hold_card(practice=found.practice)
    if card is None or not _placed(found, len(waiting), today, now):
        return Ending(Outcome.NO_SEAT, NO_SEAT)
    # A list may let the first try wait for a day.
    turn = _due(found, today)
    if turn is not None:
        _charge(found, card, turn, today, now)
    return None


def _placed(found: CardRound, quantity: int, today: date, now: datetime) -> bool:
    """Place the round's order for so many renewals; False where none are sold."""
    sold = sale_of(found.program, quantity, today=today)
    administration = named_administration(found.practice)
    if sold is None or administration is None:
        return False
    key = f"auto-renewal:{found.pk.hex}:"
    before = Order.objects.filter(form_key__startswith=key).count()
    found.order = place_order(
        actor=AUTO_RENEWAL,
        payer=found.practice,
        told=administration.user.email,
        sale=sold.sale,
        form_key=f"{key}{before}",
        today=today,
        now=now,
        quiet=True,
    )
    found.state = State.TRYING
    found.retry_days = found.retry_days or sold.retry_days
    found.save(update_fields=["order", "state", "retry_days"])
    return True


def _charge(
    found: CardRound, card: StoredCard, turn: int, today: date, now: datetime
) -> None:
    assert found.order is not None
    asked = ask_charge(
        actor=AUTO_RENEWAL,
        order=found.order,
        card=card,
        turn=turn,
        today=today,
        now=now,
    )
    if asked:
        found.turn = turn
        found.save(update_fields=["turn"])


def _after(found: CardRound, order: Order, waiting: list[Window]) -> Ending | None:
    """Go on after the order was paid or cancelled; whoever waits is renewed first."""
    if waiting and is_paid(order):
        return None
    if waiting:
        text = f"Order {order.number} for it was cancelled."
        return Ending(Outcome.NO_SEAT, text)
    end(found, "" if is_paid(order) else NOBODY)
    return None


def _is_being_paid(order: Order) -> bool:
    if order.payments.filter(state=Payment.State.TO_CONFIRM).exists():
        return True
    return order.charges.filter(state__in=CardCharge.OPEN).exists()


def _leave(found: CardRound, order: Order, today: date, now: datetime) -> None:
    """End a round that nobody waits in; what is paid in part is the practice's."""
    if not order.settled:
        with suppress(NotEligible):
            cancel_order(
                actor=AUTO_RENEWAL, order=order, reason=NOBODY, today=today, now=now
            )
            end(found, NOBODY)
        return
    end(found, NOBODY)


def _try_again(
    found: CardRound, order: Order, waiting: list[Window], today: date, now: datetime
) -> Ending | None:
    charge, turn = _last_charge(order), _due(found, today)
    if charge is not None and charge.code == WRONG_AMOUNT:
        # Staff look into it; nothing more is taken from the card.
        reason = decline_words(WRONG_AMOUNT)
        return Ending(Outcome.DECLINED, reason, gives_up=True)
    if today > _until(found):
        return Ending(Outcome.DECLINED, TOO_LATE, gives_up=True)
    if turn is None:
        last = _last_turn(found)
        if last is None or next_try(
            found.retry_days, found.begun_on, last=last, today=today
        ):
            return None
        reason = charge.reason if charge is not None else TOO_LATE
        return Ending(Outcome.DECLINED, reason, gives_up=True)
    card = hold_card(practice=found.practice)
    if card is None:
        return Ending(Outcome.DECLINED, NO_CARD, gives_up=True)
    if not order.settled and len(waiting) < _ordered(order):
        less = f"Fewer people wait: {len(waiting)}."
        try:
            with transaction.atomic():
                cancel_order(
                    actor=AUTO_RENEWAL, order=order, reason=less, today=today, now=now
                )
                _placed(found, len(waiting), today, now)
        except NotEligible:
            return None
    _charge(found, card, turn, today, now)
    return None


def _ordered(order: Order) -> int:
    return sum(line.quantity for line in order.lines.all())


def _last_charge(order: Order) -> CardCharge | None:
    return order.charges.order_by("-at", "-turn").first()


def _last_turn(found: CardRound) -> int | None:
    """Say which try was made last; one that was withdrawn was none."""
    assert found.order is not None
    charge = _last_charge(found.order)
    withdrawn = charge is not None and charge.state == CardCharge.State.WITHDRAWN
    if found.turn is None or not withdrawn:
        return found.turn
    return found.turn - 1 if found.turn else None


def _due(found: CardRound, today: date) -> int | None:
    return turn_due(
        found.retry_days, found.begun_on, last=_last_turn(found), today=today
    )


def next_charge_on(*, found: CardRound, today: date) -> date | None:
    """Say when a round's card is charged next; today where it is due, None if never."""
    order = found.order
    if found.state == State.ENDED:
        return None
    last = _last_turn(found) if order is not None else None
    charge = _last_charge(order) if order is not None else None
    if last is None or (charge is not None and charge.state in CardCharge.OPEN):
        return today
    return next_try(found.retry_days, found.begun_on, last=last, today=today)


def _until(found: CardRound) -> date:
    """Say until when the card is tried: as long as auto-renewal is made good (0003)."""
    versions = versions_of(found.program)
    days = max(policy.terms.reminder.days_before for policy in versions)
    return found.begun_on + timedelta(days=days)


def end(found: CardRound, reason: str) -> None:
    """End a locked round."""
    found.state, found.reason = State.ENDED, reason[:400]
    found.save(update_fields=["state", "reason"])
