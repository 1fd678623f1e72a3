"""Granting seats: staff add to a practice's pool, with a reason."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from accounts.models import Practice
from core.actor import Actor
from core.audit import record
from core.failures import FieldProblem, NotUsable, Stale
from credentials.models import Product, SeatEntry, SeatPool

# A typing slip, not a rule: nobody grants more in one go.
MOST_AT_ONCE = 10_000


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
) -> SeatPool:
    """Add seats to a practice's pool.

    Args:
        count: seats to add, 1 to 10,000.
        reason: why, as the ledger and the trail keep it.
        key: one-use key of the form or request; the same key again adds nothing.

    Raises:
        NotUsable: count or reason can't be used.
        Stale: the key was used for another grant.
    """
    _check(count, reason)
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
        return _granted_before(pool, count, key)
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


def _granted_before(pool: SeatPool, count: int, key: str) -> SeatPool:
    entry = SeatEntry.objects.get(key=f"grant:{key}")
    if entry.pool_id != pool.pk or entry.delta != count:
        raise Stale(
            "This form was used already. Nothing was granted. "
            "Open the page again to grant more."
        )
    pool.refresh_from_db()
    return pool


def _check(count: int, reason: str) -> None:
    problems = []
    if not 1 <= count <= MOST_AT_ONCE:
        text = f"Enter a number of seats from 1 to {MOST_AT_ONCE:,}."
        problems.append(FieldProblem("count", text))
    if not reason.strip():
        problems.append(FieldProblem("reason", "Write why the seats are granted."))
    if problems:
        raise NotUsable(problems[0].text, problems)
