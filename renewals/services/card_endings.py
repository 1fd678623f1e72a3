"""How waiting for a stored card ends: with a seat, or with manual renewal (A11)."""

from datetime import date, datetime
from uuid import UUID

import structlog
from django.db import transaction

from accounts.models import Sponsorship
from accounts.services import switch_renewal_mode
from billing.events import ChargeFailed, OrderPaid
from billing.rules import next_try
from billing.services import cancel_order
from core.failures import NotEligible, Refusal, Stale
from core.work import hasten
from credentials.models import Window
from credentials.services import PoolExhausted
from renewals.models import CardRound, RenewalAttempt
from renewals.queries import waiting_in
from renewals.services.card_rounds import Ending, end, is_paid
from renewals.services.card_words import tell_failed, tell_given_up
from renewals.services.joining import AUTO_RENEWAL
from renewals.services.renewing import PASSING, locked, take_seat, write_attempt

logger = structlog.get_logger(__name__)
State, Outcome = CardRound.State, RenewalAttempt.Outcome
USED = "The renewals that were paid for were used meanwhile."


def on_order_paid(event: OrderPaid) -> None:
    """Wake the sweep where somebody waits for what was paid.

    Seats are taken there: assigning locks sponsorships first, and a payment its order.
    """
    if CardRound.objects.filter(order=event.order).exists():
        hasten("renewals.tasks.sweep")


def on_charge_failed(event: ChargeFailed) -> None:
    """Tell the practice that its card did not pay, and when it is tried again."""
    found = CardRound.objects.filter(order=event.order).first()
    if found is None:
        return
    next_on = next_try(
        found.retry_days, found.begun_on, last=event.charge.turn, today=event.today
    )
    waiting = list(waiting_in([found]).select_related("member"))
    if next_on is None or not waiting:
        # The sweep gives the round up, and tells of that.
        hasten("renewals.tasks.sweep")
        return
    tell_failed(found, event.charge, waiting, next_on, now=event.now)


def try_waiting(
    *, window_id: UUID, round_id: UUID, today: date, now: datetime
) -> RenewalAttempt | None:
    """Give a seat to somebody who waits for the card, and write down what came of it.

    None where they wait still, or no longer.

    Raises:
        OperationalError: the database is away or busy; nothing was written.
    """
    try:
        return _renew(window_id, round_id, today, now)
    except Stale:
        return None
    except PASSING:
        raise
    # Whatever else breaks for this person must be known, and must not break the others.
    except Exception as error:
        logger.exception("auto-renewal failed", window=str(window_id))
        return write_attempt(
            window_id, Outcome.FAILED, repr(error), None, today, now, waited=True
        )


@transaction.atomic
def _renew(
    window_id: UUID, round_id: UUID, today: date, now: datetime
) -> RenewalAttempt | None:
    sponsorship = locked(window_id)
    if sponsorship is None:
        return None
    found = CardRound.objects.select_related("practice", "order").get(pk=round_id)
    window = waiting_in([found]).filter(pk=window_id).first()
    if window is None:
        return None
    assignment, reason = None, ""
    try:
        with transaction.atomic():
            assignment = take_seat(window, sponsorship, today, now)
        outcome = Outcome.RENEWED
    except Stale:
        raise
    except PoolExhausted:
        if found.order is None or not is_paid(found.order):
            return None
        outcome, reason = Outcome.NO_SEAT, USED
    except Refusal as refusal:
        outcome, reason = Outcome.REFUSED, refusal.text
    attempt = write_attempt(
        window_id, outcome, reason, assignment, today, now, waited=True, joined=found
    )
    if attempt is None:
        raise Stale("Another worker was faster, and what it did stands.")
    return attempt


@transaction.atomic
def end_round(*, round_id: UUID, ending: Ending, today: date, now: datetime) -> int:
    """End a round for those who wait in it; with manual renewals where it is given up.

    Args:
        round_id: which.
        ending: how, as `advance_round` said.
        today: the day in the body's zone.
        now: the instant, UTC.

    Returns:
        For how many it ended; none where it is over, or is being paid after all.
    """
    found = CardRound.objects.select_related("practice").get(pk=round_id)
    windows = list(waiting_in([found]).select_related("member"))
    sponsorships = _hold(windows, found)
    held = CardRound.objects.select_for_update(of=("self",))
    found = held.select_related("practice", "order").get(pk=round_id)
    # Read under the locks. Whoever joined meanwhile is not held: the next pass ends it.
    told = list(waiting_in([found]).select_related("member"))
    if found.state == State.ENDED or any(
        each.member_id not in sponsorships for each in told
    ):
        return 0
    if not _is_closed(found, ending, today, now):
        return 0
    for window in told:
        write_attempt(
            window.pk,
            ending.outcome,
            ending.reason,
            None,
            today,
            now,
            waited=True,
            joined=found,
        )
        if ending.gives_up:
            switch_renewal_mode(
                actor=AUTO_RENEWAL,
                sponsorship=sponsorships[window.member_id],
                mode=Sponsorship.Mode.MANUAL,
                now=now,
            )
    end(found, ending.reason)
    if ending.gives_up and told:
        tell_given_up(found, told, ending.reason, now=now)
    return len(told)


def _is_closed(found: CardRound, ending: Ending, today: date, now: datetime) -> bool:
    """Cancel what is given up; False where it is paid, or being paid, after all."""
    order = found.order
    if order is None or not ending.gives_up:
        return order is None or not is_paid(order)
    try:
        with transaction.atomic():
            reason = f"Given up: {ending.reason}"
            cancel_order(
                actor=AUTO_RENEWAL, order=order, reason=reason, today=today, now=now
            )
    except NotEligible:
        return False
    return True


def _hold(windows: list[Window], found: CardRound) -> dict[UUID, Sponsorship]:
    """Lock who sponsors the waiting, in everybody's order and as lightly as they do.

    Those who left or switched are not among them.
    """
    held = (
        Sponsorship.objects.open()
        .filter(
            practice=found.practice_id,
            program=found.program,
            member__in=[each.member_id for each in windows],
            renewal_mode=Sponsorship.Mode.AUTO,
        )
        .order_by("member_id")
        .select_for_update(of=("self",), no_key=True)
        .select_related("member", "practice")
    )
    return {each.member_id: each for each in held}
