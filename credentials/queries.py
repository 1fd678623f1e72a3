"""What must agree, and where it doesn't: counters, ledgers and what was assigned.

And what is sold, and how many a practice renews with whom.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import (
    Count,
    DateField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.functions import Coalesce

from accounts.models import Practice, Sponsorship
from billing.models import PriceList
from billing.queries import Catalogue, catalogue_of, catalogue_on
from credentials.models import (
    Assignment,
    LeftOut,
    Product,
    SeatChange,
    SeatEntry,
    SeatPool,
    Window,
)
from credentials.policy import day_words, policy_for
from credentials.rules import Seats, still_given_up

# What can be given again after it: a failed attempt, or an access that has ended.
OVER = (Assignment.State.FAILED, Assignment.State.EXPIRED)
AGAIN = {
    Assignment.State.STARTED: "has begun {} already.",
    Assignment.State.COMPLETE: "has completed {} already.",
}

# For a slip, not a rule of a body: within a day of the press.
UNDO_WITHIN = timedelta(hours=24)
USED = {
    Assignment.State.STARTED: "{name} has begun {title}, so it can't be undone.",
    Assignment.State.COMPLETE: "{name} has completed {title}, so it can't be undone.",
    Assignment.State.FAILED: "{name} has used the attempt at {title}.",
    Assignment.State.EXPIRED: "{title} has expired for {name}.",
}


@dataclass(frozen=True)
class SeatFault:
    """A pool whose figures contradict each other.

    `counted` is its counter of available seats, `ledger` the sum of the ledger's lines,
    `used` its counter of used seats, `assigned` how many assignments there are.
    """

    practice: str
    product: str
    counted: int
    ledger: int
    used: int
    assigned: int

    @property
    def text(self) -> str:
        """Say what doesn't agree."""
        parts = []
        if self.counted != self.ledger:
            parts.append(
                f"{self.counted} are shown as available, the ledger has {self.ledger}"
            )
        if self.used != self.assigned:
            parts.append(
                f"{self.used} are counted as used, {self.assigned} are assigned"
            )
        return "; ".join(parts) + "."


def seat_faults(program: str = "") -> Sequence[SeatFault]:
    """Find pools whose counters differ from their ledger or their assignments.

    It reads all of them in one statement and changes none.

    Args:
        program: one body's alone; empty for all.
    """
    pools = SeatPool.objects.filter(product__program=program or F("product__program"))
    found = pools.annotate(
        ledger=Coalesce(_ledger(), 0), assigned=Coalesce(_assigned(), 0)
    ).filter(~Q(ledger=F("granted") - F("used")) | ~Q(assigned=F("used")))
    rows = found.order_by("practice__name", "product__order").values(
        "granted",
        "used",
        "ledger",
        "assigned",
        practice_name=F("practice__name"),
        label=F("product__label"),
    )
    return [
        SeatFault(
            practice=row["practice_name"],
            product=row["label"],
            counted=row["granted"] - row["used"],
            ledger=row["ledger"],
            used=row["used"],
            assigned=row["assigned"],
        )
        for row in rows
    ]


def _ledger() -> Subquery:
    entries = SeatEntry.objects.filter(pool=OuterRef("pk")).order_by()
    sums = entries.values("pool").annotate(sum=Sum("delta")).values("sum")
    return Subquery(sums, output_field=IntegerField())


def _assigned() -> Subquery:
    given = (
        Assignment.objects.filter(
            practice=OuterRef("practice"), product=OuterRef("product")
        )
        .exclude(state=Assignment.State.UNDONE)
        .order_by()
    )
    counts = given.values("practice").annotate(count=Count("pk")).values("count")
    return Subquery(counts, output_field=IntegerField())


def on_sale(program: str, day: date) -> Catalogue | None:
    """Give what a body sells on a day; what fills a product that is not there, waits.

    None where the body has no prices on that day.
    """
    found = catalogue_on(program, day)
    return _filled(found) if found else None


def on_list(program: str, effective_on: date) -> Catalogue | None:
    """Give what a body's list of that day sells, in force or not; None without one."""
    found = PriceList.objects.filter(program=program, effective_on=effective_on)
    return _filled(catalogue_of(found[0])) if found else None


def _filled(found: Catalogue) -> Catalogue:
    program = found.price_list.program
    known = set(Product.objects.filter(program=program).values_list("code", flat=True))
    offers = {
        code: offer
        for code, offer in found.offers.items()
        if known.issuperset(offer.grants)
    }
    return replace(found, offers=offers)


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
        given_up = still_given_up(last.given_up, used_since=used - last.used, free=free)
    in_use = terms_in_use(practice, program).count()
    return RenewalSeats(Seats(in_use, free, given_up), last.sequence if last else 0)


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


def held_by(
    practice: Practice, program: str, member_ids: Iterable[UUID]
) -> Mapping[UUID, Sequence[Assignment]]:
    """List what a practice gave its members beside terms, the newest first.

    What was undone is left out. One statement, however many members.
    """
    found = (
        Assignment.objects.of(practice)
        .filter(product__program=program, member__in=list(member_ids))
        .exclude(state=Assignment.State.UNDONE)
        .select_related("product")
        .order_by("-at", "-pk")
    )
    held: defaultdict[UUID, list[Assignment]] = defaultdict(list)
    for each in found:
        if not each.product.begins_term:
            held[each.member_id].append(each)
    return held


def why_not_again(
    product: Product, choice: str, held: Iterable[Assignment], *, name: str
) -> str | None:
    """Say why a member can't be given a product once more; None when they can.

    Args:
        product: one that begins no term; those have the term's own rule.
        choice: the code of what was chosen, or empty.
        held: what the member was given, the newest first.
        name: the member's.
    """
    for each in held:
        if (each.product_id, each.choice) != (product.pk, choice):
            continue
        if each.state in OVER:
            return None
        given = f"has {{}} already, assigned {day_words(each.on)}."
        words = AGAIN.get(Assignment.State(each.state), given)
        return f"{name} {words.format(each.title)}"
    return None


def why_not_undone(given: Assignment, now: datetime) -> str | None:
    """Say why an assignment can't be taken back; None when it can.

    A term has its own reason: its days, its mail and its certificate are written.
    """
    name, title = given.member.name, given.title
    if given.product.begins_term:
        return (
            f"{title} of {name} has begun a term, with its certificate and mail. "
            "The body's staff can help."
        )
    used = USED.get(Assignment.State(given.state))
    if used:
        return used.format(name=name, title=title)
    if now >= given.at + UNDO_WITHIN:
        return f"{title} was assigned to {name} more than 24 hours ago."
    return None


def package_codes(program: str, today: date) -> Sequence[str]:
    """Name the products of a body's package of the day, or none (A2).

    It is the first of what its pack sells that fills several.
    """
    sales = policy_for(program, on=today).sales
    offers = sales.offers if sales else ()
    return next((offer.grants for offer in offers if offer.grants[1:]), ())


def package_of(program: str, today: date) -> Sequence[Product]:
    """List the parts of a body's package; none where one of them is not there."""
    codes = package_codes(program, today)
    found = Product.objects.filter(program=program, code__in=codes)
    parts = list(found.order_by("order"))
    return parts if len(parts) == len(codes) else []
