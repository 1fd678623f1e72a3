"""Granting seats, and taking back what was granted in error, each with a reason."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from accounts.dealings import refuse_own_dealing
from accounts.models import Practice
from core.actor import Actor
from core.audit import record
from core.failures import FieldProblem, NotUsable, Stale
from credentials.models import Product, SeatEntry, SeatPool

# A typing slip, not a rule: nobody grants more in one go.
MOST_AT_ONCE = 10_000
USED = (
    "This form was used already. Nothing was granted. "
    "Open the page again to grant more."
)


@transaction.atomic
def grant_seats(
    *,
    actor: Actor,
    practice: Practice,
    product: Product,
    count: int,
    reason: str,
    key: str,
    now: datetime,
    ordered: bool = False,
) -> SeatPool:
    """Add seats to a practice's pool.

    Args:
        count: seats to add, 1 to 10,000.
        reason: why, as the ledger and the trail keep it.
        key: one-use key of the form or request; the same key again adds nothing.
        now: the instant, UTC.
        ordered: an order brings them, whose own service has let the actor in.

    Raises:
        Forbidden: the actor grants them to a practice they administer.
        NotUsable: count or reason can't be used.
        Stale: the key was used for another grant.
    """
    if not ordered:
        refuse_own_dealing(actor, practice)
    _check(count, reason, "granted")
    pool, _ = SeatPool.objects.get_or_create(practice=practice, product=product)
    try:
        with transaction.atomic():
            SeatEntry.objects.create(
                pool=pool,
                delta=count,
                reason=reason.strip(),
                key=f"grant:{key}",
                by=actor.label,
                at=now,
            )
    except IntegrityError:
        return _done_before(pool, count, f"grant:{key}")
    SeatPool.objects.filter(pk=pool.pk).update(granted=F("granted") + count)
    # Read under the update's lock: what stood before it is known only now.
    pool.refresh_from_db()
    record(
        actor=actor,
        action="seats.granted",
        subject=pool,
        practice_id=practice.pk,
        program=product.program,
        sentence=f"Granted {count} {product.noun if count == 1 else product.nouns}",
        changes={"available": (pool.available - count, pool.available)},
        reason=reason.strip(),
        now=now,
    )
    return pool


@transaction.atomic
def take_back_seats(
    *,
    actor: Actor,
    practice: Practice,
    product: Product,
    count: int,
    reason: str,
    key: str,
    now: datetime,
    ordered: bool = False,
) -> SeatPool:
    """Correct a grant: a reversing line in the ledger, none is changed.

    What was assigned stays assigned, so at most what is available can be taken back.

    Args:
        count: seats to take back, 1 to 10,000.
        reason: why, as the ledger and the trail keep it.
        key: one-use key of the form or request; the same key again takes nothing.
        now: the instant, UTC.
        ordered: an order's refund takes them, whose own service has let the actor in.

    Raises:
        Forbidden: the actor takes them from a practice they administer.
        NotUsable: count or reason can't be used, or fewer seats are available.
        Stale: the key was used for another correction.
    """
    if not ordered:
        refuse_own_dealing(actor, practice)
    _check(count, reason, "taken back")
    pool, _ = SeatPool.objects.get_or_create(practice=practice, product=product)
    name = f"back:{key}"
    if SeatEntry.objects.filter(key=name).exists():
        return _done_before(pool, -count, name)
    # One conditional statement: no two at once go below what is used.
    taken = SeatPool.objects.filter(pk=pool.pk, granted__gte=F("used") + count).update(
        granted=F("granted") - count
    )
    pool.refresh_from_db()
    if not taken:
        text = f"Only {pool.available} can be taken back: the others are assigned."
        raise NotUsable(text, [FieldProblem("count", text)])
    try:
        with transaction.atomic():
            SeatEntry.objects.create(
                pool=pool,
                delta=-count,
                reason=f"Correction: {reason.strip()}"[:400],
                key=name,
                by=actor.label,
                at=now,
            )
    except IntegrityError as error:
        raise Stale(USED) from error
    record(
        actor=actor,
        action="seats.taken_back",
        subject=pool,
        practice_id=practice.pk,
        program=product.program,
        sentence=f"Took {count} {product.noun if count == 1 else product.nouns} back",
        changes={"available": (pool.available + count, pool.available)},
        reason=reason.strip(),
        now=now,
    )
    return pool


def _done_before(pool: SeatPool, delta: int, key: str) -> SeatPool:
    entry = SeatEntry.objects.get(key=key)
    if entry.pool_id != pool.pk or entry.delta != delta:
        raise Stale(USED)
    pool.refresh_from_db()
    return pool


def _check(count: int, reason: str, done: str) -> None:
    problems = []
    if not 1 <= count <= MOST_AT_ONCE:
        text = f"Enter a number of seats from 1 to {MOST_AT_ONCE:,}."
        problems.append(FieldProblem("count", text))
    if not reason.strip():
        problems.append(FieldProblem("reason", f"Write why the seats are {done}."))
    if problems:
        raise NotUsable(problems[0].text, problems)
