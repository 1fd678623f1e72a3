"""How many a practice renews, and with whom (A13)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import (
    DateField,
    Exists,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
)

from accounts.models import Practice, Sponsorship
from credentials.models import (
    LeftOut,
    Product,
    SeatChange,
    SeatEntry,
    SeatPool,
    Window,
)
from credentials.rules import Seats, still_given_up


@dataclass(frozen=True)
class RenewalSeats:
    """How many a practice renews, and the decrease that was last (0 without one)."""

    seats: Seats
    sequence: int


def renewal_product(program: str) -> Product | None:
    """Find what renews a term of a program; None where nothing does."""
    kind = Product.Kind.RENEWAL
    return Product.objects.filter(program=program, kind=kind).first()


def seats_of(practice: Practice, program: str) -> RenewalSeats:
    """Work out how many renewals a practice carries on with (A13)."""
    pool = SeatPool.objects.of(practice).filter(product=renewal_product(program))
    found = pool.first()
    free, used = (found.available, found.used) if found else (0, 0)
    changes = SeatChange.objects.of(practice).filter(program=program)
    last = changes.order_by("-sequence").first()
    given_up = 0
    if last is not None:
        gone = used - last.used + _taken_back_since(last, found)
        given_up = still_given_up(last.given_up, used_since=gone, free=free)
    in_use = terms_in_use(practice, program).count()
    return RenewalSeats(Seats(in_use, free, given_up), last.sequence if last else 0)


def _taken_back_since(last: SeatChange, pool: SeatPool | None) -> int:
    """Count the free seats that went back after a decrease, refunded or corrected."""
    lines = SeatEntry.objects.filter(pool=pool, delta__lt=0, batch=None)
    gone = lines.filter(at__gt=last.at).aggregate(gone=Sum("delta"))["gone"]
    return -(gone or 0)


def terms_in_use(practice: Practice, program: str) -> QuerySet[Window]:
    """List the newest terms of the people a practice sponsors and hasn't left out.

    By renewal date and name.
    """
    stay = (
        Sponsorship.objects.of(practice)
        .open()
        .filter(member=OuterRef("member"), program=program)
        .exclude(pk__in=LeftOut.objects.in_force().values("sponsorship"))
    )
    return (
        Window.objects.newest()
        .filter(Exists(stay), program=program)
        .select_related("member")
        .order_by("last_on", "member__last_name", "member__first_name", "pk")
    )


def effective_on(
    practice: Practice, program: str, leaving: Sequence[Window], today: date
) -> date:
    """Say from when a decrease counts: the next renewal date that it touches.

    Args:
        leaving: the terms of those who are left out; with nobody, everybody's count.
    """
    terms = leaving or [
        each for each in terms_in_use(practice, program) if each.renewal_on >= today
    ]
    return max(min((each.renewal_on for each in terms), default=today), today)


def left_out_from() -> Subquery:
    """Give, beside a sponsorship, since when it is left out; NULL where it isn't."""
    found = LeftOut.objects.in_force().filter(sponsorship=OuterRef("pk"))
    return Subquery(found.values("from_on")[:1], output_field=DateField())
