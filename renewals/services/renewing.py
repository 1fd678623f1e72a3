"""Auto-renewal: on the renewal date a term takes a seat and begins anew (A11).

Where no seat is free and the practice stored a card, they wait for it (`card_rounds`).
Each person has a transaction of their own, so that one who can't be renewed holds up
nobody. What came of it is a row; docs/decisions/0003 says what follows.
"""

from datetime import date, datetime
from uuid import UUID

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Exists, Max

from accounts.models import Sponsorship
from core.audit import record
from core.failures import NotEligible, Refusal, Stale
from credentials.models import Assignment, Product, Window
from credentials.policy import day_words, versions_of
from credentials.services import Pick, PoolExhausted, assign
from renewals.models import CardRound, RenewalAttempt
from renewals.queries import attempts_now, renewing_themselves
from renewals.rules import arrived
from renewals.services.joining import AUTO_RENEWAL, join_round
from renewals.services.telling import AUTO_KEY

logger = structlog.get_logger(__name__)

ACTOR = AUTO_RENEWAL
Outcome = RenewalAttempt.Outcome
# Nothing is wrong with the person; the next look tries again.
PASSING = (OperationalError, InterfaceError, SoftTimeLimitExceeded)
NO_SEAT = "No renewal was left."
WAITS = "No renewal was left: the stored card is to pay for one."
# What a practice reads instead of the fault itself, which is ours to read.
FAULT = "A fault of the portal stopped it."


def terms_to_renew(*, program: str, today: date, most: int = 200) -> list[UUID]:
    """List the terms whose date has come and that nobody has tried to renew, by date.

    What was tried for a practice that the member has left is tried anew.

    Args:
        program: the body whose terms are looked at.
        today: the day it is in the body's zone (X3).
        most: how many to list.
    """
    spans = arrived(versions_of(program), today)
    return list(
        renewing_themselves(program, spans)
        .exclude(Exists(attempts_now()))
        .order_by("last_on", "pk")
        .values_list("pk", flat=True)[:most]
    )


def try_renewal(
    *, window_id: UUID, today: date, now: datetime
) -> RenewalAttempt | None:
    """Renew one term from the practice's seats, and write down what came of it.

    None where there was nothing to do: renewed or tried already, no longer sponsored,
    or switched to manual just now.

    Raises:
        OperationalError: the database is away or busy; nothing was written.
    """
    try:
        return _renew(window_id, today, now)
    except Stale:
        return None
    except PASSING:
        raise
    # Whatever else breaks for this person must be known, and must not break the others.
    except Exception as error:
        logger.exception("auto-renewal failed", window=str(window_id))
        return write_attempt(window_id, Outcome.FAILED, repr(error), None, today, now)


@transaction.atomic
def _renew(window_id: UUID, today: date, now: datetime) -> RenewalAttempt | None:
    sponsorship = locked(window_id)
    if sponsorship is None:
        return None
    # Read under the lock: what another worker or an administrator did is seen now.
    spans = arrived(versions_of(sponsorship.program), today)
    window = (
        renewing_themselves(sponsorship.program, spans)
        .exclude(Exists(attempts_now()))
        .filter(pk=window_id)
        .first()
    )
    if window is None:
        return None
    assignment, reason, joined = None, "", None
    try:
        with transaction.atomic():
            assignment = take_seat(window, sponsorship, today, now)
        outcome = Outcome.RENEWED
    except Stale:
        # Somebody else renewed them at this moment, and all of this is undone.
        raise
    except PoolExhausted:
        joined = join_round(sponsorship, today=today, now=now)
        outcome = Outcome.PAYING if joined else Outcome.NO_SEAT
        reason = WAITS if joined else NO_SEAT
    except Refusal as refusal:
        outcome, reason = Outcome.REFUSED, refusal.text
    attempt = write_attempt(
        window_id, outcome, reason, assignment, today, now, joined=joined
    )
    if attempt is None:
        raise Stale("Another worker was faster, and what it did stands.")
    return attempt


def locked(window_id: UUID) -> Sponsorship | None:
    """Take the lock that assigning and switching take; None where nobody sponsors."""
    window = Window.objects.get(pk=window_id)
    return (
        Sponsorship.objects.open()
        .filter(member=window.member_id, program=window.program)
        .select_for_update(of=("self",), no_key=True)
        .select_related("practice")
        .first()
    )


def take_seat(
    window: Window, sponsorship: Sponsorship, today: date, now: datetime
) -> Assignment:
    """Assign a renewal to a term's member, one person at a time.

    Raises:
        PoolExhausted: no seat is free.
        Refusal: a rule says no.
    """
    product = Product.objects.filter(
        program=window.program, kind=Product.Kind.RENEWAL
    ).first()
    if product is None:
        raise NotEligible("There is no renewal to assign in this program.")
    batch = assign(
        actor=ACTOR,
        practice=sponsorship.practice,
        product=product,
        picks=[Pick(window.member_id, seen=window.sequence)],
        form_key=f"{AUTO_KEY}{window.pk.hex}",
        today=today,
        now=now,
    )
    return batch.assignments.get()


@transaction.atomic
def write_attempt(
    window_id: UUID,
    outcome: Outcome,
    reason: str,
    assignment: Assignment | None,
    today: date,
    now: datetime,
    *,
    waited: bool = False,
    joined: CardRound | None = None,
) -> RenewalAttempt | None:
    """Write down what came of an attempt; None where it is written, or nobody sponsors.

    Args:
        window_id: the term that ends.
        outcome: what came of it.
        reason: why, as the practice reads it; of a fault, as staff read it.
        assignment: what was assigned, where somebody was renewed.
        today: the day in the body's zone.
        now: the instant, UTC.
        waited: whether they waited for the card: they have one attempt more, which
            says how that ended.
        joined: the round in which they wait or waited.
    """
    sponsorship = locked(window_id)
    if sponsorship is None:
        return None
    window = Window.objects.select_related("member").get(pk=window_id)
    # Who else writes one waits for the sponsorship.
    attempts = RenewalAttempt.objects.filter(window=window)
    if attempts.filter(sponsorship=sponsorship).count() != int(waited):
        return None
    last = attempts.aggregate(last=Max("turn"))["last"] or 0
    attempt = RenewalAttempt.objects.create(
        window=window,
        turn=last + 1,
        member_id=window.member_id,
        practice_id=sponsorship.practice_id,
        sponsorship=sponsorship,
        on=today,
        outcome=outcome,
        reason=reason[:400],
        assignment=assignment,
        round=joined,
        at=now,
    )
    # What was renewed has its entries already, from assigning.
    if assignment is None:
        waits = outcome == Outcome.PAYING
        record(
            actor=ACTOR,
            action="renewal.waits" if waits else "renewal.missed",
            subject=attempt,
            practice_id=sponsorship.practice_id,
            member_id=window.member_id,
            program=window.program,
            sentence=f"{'Had the card pay for' if waits else 'Did not renew'} "
            f"{window.member.name} on {day_words(window.renewal_on)}",
            reason=FAULT if outcome == Outcome.FAILED else reason,
            now=now,
        )
    return attempt
