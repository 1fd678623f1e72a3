"""Fewer renewals from the next renewal on, and whom they leave out (A13).

docs/decisions/0013 says what is counted, and in which order rows are locked.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from accounts.models import Administration, Practice, Sponsorship
from core.actor import Actor
from core.audit import record
from core.failures import FieldProblem, NotEligible, NotUsable, Stale
from core.outbox import tell
from credentials.models import LeftOut, Product, SeatChange, SeatPool, Window
from credentials.policy import day_words
from credentials.queries import (
    RenewalSeats,
    effective_on,
    renewal_product,
    seats_of,
    terms_in_use,
)
from credentials.rules import Seats
from credentials.services.leaving_out import leave_out
from credentials.services.lowering_checks import check_named, check_number

MAIL = "seats_changed"


@dataclass(frozen=True)
class Decrease:
    """What somebody asks for.

    Args:
        program: the body's code.
        to: how many renewals are left.
        leave_out: the members who are not renewed any more.
        form_key: one-use key of the form or request.
        seen: the number of the last decrease that the page showed; None takes
            whatever is there.
        reason: why; staff always give one.
    """

    program: str
    to: int
    leave_out: frozenset[UUID]
    form_key: str
    seen: int | None = None
    reason: str = ""


@transaction.atomic
def lower_seats(
    *,
    actor: Actor,
    practice: Practice,
    wanted: Decrease,
    today: date,
    now: datetime,
) -> SeatChange:
    """Renew fewer people from the next renewal on; terms run to their last day.

    The same form key again gives back the first answer and changes nothing.

    Args:
        today: the day it is in the body's zone (X3).

    Raises:
        NotUsable: the number isn't below the present one, or not as many people are
            named as it leaves out, or one who isn't in use.
        NotEligible: nothing renews a term in this program.
        Stale: somebody lowered it since the page was opened, or the form's key was
            used for something else.
    """
    product = renewal_product(wanted.program)
    if product is None:
        raise NotEligible("There are no renewals in this program. Nothing was changed.")
    named = _held(practice, wanted)
    SeatPool.objects.get_or_create(practice=practice, product=product)
    # Two administrators take turns from here on.
    pools = SeatPool.objects.select_for_update(of=("self",)).select_related("product")
    pool = pools.get(practice=practice, product=product)
    before = SeatChange.objects.of(practice).filter(form_key=wanted.form_key).first()
    if before is not None:
        return _answered_before(before, wanted)
    found = seats_of(practice, wanted.program)
    if wanted.seen not in (None, found.sequence):
        raise Stale(
            "Somebody lowered the number since you opened this page. Nothing was "
            "changed. Look at the new number, then choose again."
        )
    check_number(seats=found.seats, to=wanted.to)
    leaving = _leaving(practice, wanted, named, found.seats)
    change = _write(actor, practice, wanted, found, leaving, pool, today, now)
    out = [
        leave_out(
            actor=actor,
            change=change,
            window=window,
            sponsorship=named[window.member_id],
            today=today,
            now=now,
        )
        for window in leaving
    ]
    _tell(change, product, out, now)
    return change


def _held(practice: Practice, wanted: Decrease) -> dict[UUID, Sponsorship]:
    # Assigning, auto-renewal and switching take the same lock, in the same order.
    rows = (
        Sponsorship.objects.of(practice)
        .open()
        .filter(program=wanted.program, member__in=wanted.leave_out)
        .select_for_update(of=("self",), no_key=True)
        .order_by("member_id")
    )
    return {row.member_id: row for row in rows}


def _answered_before(before: SeatChange, wanted: Decrease) -> SeatChange:
    named = frozenset(before.left_out.values_list("member_id", flat=True))
    same = (before.program, before.after) == (wanted.program, wanted.to)
    if not same or named != wanted.leave_out:
        raise Stale(
            "This page was used already. Nothing was changed. Open it again, then "
            "choose anew."
        )
    return before


def _leaving(
    practice: Practice,
    wanted: Decrease,
    named: Collection[UUID],
    seats: Seats,
) -> list[Window]:
    terms = terms_in_use(practice, wanted.program).filter(member__in=list(named))
    found = list(terms)
    if len(found) != len(wanted.leave_out):
        text = "Somebody you chose has no seat in use here. Choose from the list anew."
        raise NotUsable(text, [FieldProblem("leave_out", text, "not_in_use")])
    check_named(seats=seats, to=wanted.to, named=len(found))
    return found


def _write(
    actor: Actor,
    practice: Practice,
    wanted: Decrease,
    found: RenewalSeats,
    leaving: Sequence[Window],
    pool: SeatPool,
    today: date,
    now: datetime,
) -> SeatChange:
    change = SeatChange.objects.create(
        practice=practice,
        program=wanted.program,
        sequence=found.sequence + 1,
        before=found.seats.number,
        after=wanted.to,
        given_up=found.seats.lowered(wanted.to).given_up,
        used=pool.used,
        effective_on=effective_on(practice, wanted.program, leaving, today),
        reason=wanted.reason.strip(),
        form_key=wanted.form_key,
        by=actor.label[:200],
        on=today,
        at=now,
    )
    record(
        actor=actor,
        action="seats.lowered",
        subject=change,
        practice_id=practice.pk,
        program=wanted.program,
        sentence=f"Lowered the number of {pool.product.nouns} from "
        f"{day_words(change.effective_on)} on",
        changes={"number": (change.before, change.after)},
        reason=change.reason,
        now=now,
    )
    return change


def _tell(
    change: SeatChange, product: Product, out: Sequence[LeftOut], now: datetime
) -> None:
    place = reverse("seats", kwargs={"practice": change.practice.slug})
    held = Administration.objects.filter(
        practice=change.practice, named=True, until_at=None
    )
    for administration in held.select_related("user"):
        tell(
            kind=MAIL,
            subject_id=change.pk,
            recipient=administration.user.email,
            practice_id=change.practice_id,
            program=change.program,
            payload={
                "practice": change.practice.name,
                "name": administration.user.name,
                "by": change.by,
                "before": change.before,
                "after": change.after,
                "nouns": product.noun if change.after == 1 else product.nouns,
                "date_text": day_words(change.effective_on),
                "reason": change.reason,
                "items": [
                    f"{each.member.name}: left out from {day_words(each.from_on)}"
                    for each in out
                ],
                "url": settings.BASE_URL + place,
            },
            now=now,
        )
