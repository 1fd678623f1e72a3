"""Fewer renewals: what there is, whom to leave out, and what follows (A13)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse

from accounts.models import Practice, Sponsorship
from accounts.queries import named_administration
from billing.queries import Catalogue
from billing.rules import MOST_OF_ONE, Asked, priced
from core.failures import Missing
from core.words import day_words, money_words
from credentials.models import LeftOut, Product, SeatChange, SeatPool, Window
from credentials.queries import (
    RenewalSeats,
    effective_on,
    renewal_product,
    seats_of,
    terms_in_use,
)
from credentials.rules import Seats
from portal.queries.places import body_name


@dataclass(frozen=True)
class Person:
    """Somebody who can be left out, or is."""

    member_id: UUID
    name: str
    text: str
    url: str = ""


@dataclass(frozen=True)
class NextRenewal:
    """What a practice carries on with; `product` is the renewal that it uses."""

    product: Product
    found: RenewalSeats
    verdict: str
    costs: str
    left_out: Sequence[Person]

    @property
    def seats(self) -> Seats:
        """The numbers behind the words."""
        return self.found.seats


@dataclass(frozen=True)
class LoweringPage:
    """A number to lower, with the people who can be left out."""

    body_name: str
    practice: str
    next: NextRenewal
    people: Sequence[Person]


@dataclass(frozen=True)
class Plan:
    """What a decrease does; `seen` stands for exactly this one."""

    follows: Sequence[str]
    button: str
    seen: str


def next_renewal(
    practice: Practice, program: str, catalogue: Catalogue | None
) -> NextRenewal | None:
    """Say what the next renewal comes to; None where a program has no renewals."""
    product = renewal_product(program)
    if product is None:
        return None
    found = seats_of(practice, program)
    return NextRenewal(
        product=product,
        found=found,
        verdict=_verdict(found.seats, product),
        costs=costs_words(found.seats, product, catalogue),
        left_out=_left_out(practice, program),
    )


def lowering_page(
    practice: Practice, program: str, catalogue: Catalogue | None
) -> LoweringPage:
    """Read what there is to lower.

    Raises:
        Missing: nothing renews a term in this program.
    """
    following = next_renewal(practice, program, catalogue)
    if following is None:
        raise Missing("Not found.")
    return LoweringPage(
        body_name=body_name(program),
        practice=practice.name,
        next=following,
        people=[_person(each) for each in terms_in_use(practice, program)],
    )


def lowering_plan(
    practice: Practice,
    page: LoweringPage,
    to: int,
    out: Sequence[UUID],
    *,
    catalogue: Catalogue | None,
    today: date,
) -> Plan:
    """Say what a decrease does, before it is done.

    Args:
        to: a number that can be.
        out: whom it leaves out, as many as it asks.
    """
    following = page.next
    program, product = following.product.program, following.product
    chosen = terms_in_use(practice, program).filter(member__in=out)
    leaving = list(chosen)
    lowered = following.seats.lowered(to)
    begins = day_words(effective_on(practice, program, leaving, today))
    first = f"From {begins} on the number is {to}, instead of {following.seats.number}."
    costs = costs_words(lowered, product, catalogue)
    told = named_administration(practice)
    return Plan(
        follows=[
            first,
            *(_leaving_words(each, today) for each in leaving),
            *([f"At the next renewal: {costs}"] if costs else []),
            *([_free_words(lowered, product)] if lowered.free else []),
            *([f"{told.user.name} gets one e-mail about it."] if told else []),
        ],
        button=f"Lower to {to} {_noun(product, to)}",
        seen=seen_words(to, leaving),
    )


def seen_words(to: int, leaving: Iterable[Window]) -> str:
    """Spell a decrease that was looked at, so that another one isn't done.

    Args:
        to: how many are left.
        leaving: the terms after which somebody isn't renewed; whoever was renewed
            meanwhile has another one.
    """
    terms = ".".join(sorted(each.pk.hex for each in leaving))
    return f"{to}.{sha256(terms.encode()).hexdigest()[:16]}"


def lowered_before(practice: Practice, key: str) -> SeatChange | None:
    """Find what a form did that was sent before."""
    return SeatChange.objects.of(practice).filter(form_key=key).first()


def lowered_words(change: SeatChange) -> str:
    """Say what was done."""
    names = [each.member.name for each in _people_of(change)]
    said = (
        f"From {day_words(change.effective_on)} on the number is {change.after}, "
        f"instead of {change.before}."
    )
    return f"{said} Left out: {', '.join(names)}." if names else said


def practice_of_body(program: str, practice_id: UUID) -> Practice:
    """Find a practice that sponsors somebody in a program, or has seats of it.

    Raises:
        Missing: the body knows no such practice.
    """
    found = (
        practices_of_body(program).filter(pk=practice_id).first()
        if renewal_product(program)
        else None
    )
    if found is None:
        raise Missing("Not found.")
    return found


def practices_of_body(program: str) -> QuerySet[Practice]:
    """List the practices that sponsor somebody in a program, or have seats of it."""
    sponsoring = Sponsorship.objects.open().filter(program=program)
    stocked = SeatPool.objects.filter(product__program=program)
    return Practice.objects.filter(
        Q(pk__in=sponsoring.values("practice")) | Q(pk__in=stocked.values("practice"))
    ).order_by("name")


def costs_words(seats: Seats, product: Product, catalogue: Catalogue | None) -> str:
    """Say what the next renewal comes to: 8 renewals, 3 free ones are used first, …"""
    said = f"{seats.number} {_noun(product, seats.number)}"
    used = min(seats.free, seats.number)
    if used:
        said += f", {used} free {'one is' if used == 1 else 'ones are'} used first"
    if not seats.to_pay:
        return f"{said}, nothing to pay."
    price = _price(seats.to_pay, product, catalogue)
    return f"{said}, {price or f'{seats.to_pay} to pay'}."


def _price(count: int, product: Product, catalogue: Catalogue | None) -> str:
    if catalogue is None or count > MOST_OF_ONE:
        return ""
    currency = catalogue.price_list.currency
    for offer in catalogue.offers.values():
        if offer.grants == (product.code,):
            asked = [Asked(offer.code, count)]
            (line,) = priced(asked, catalogue.offers, currency)
            unit = money_words(line.unit, currency)
            return f"{count} × {unit} = {money_words(line.amount, currency)}"
    return ""


def _verdict(seats: Seats, product: Product) -> str:
    people = "1 person" if seats.in_use == 1 else f"{seats.in_use} people"
    holds = "holds a term" if seats.in_use == 1 else "hold a term"
    free = f"{seats.free} {_noun(product, seats.free)}"
    said = f"{people} {holds}, {free} {'is' if seats.free == 1 else 'are'} free"
    if seats.given_up:
        said += f", {seats.given_up} of them not to be replaced"
    return f"{said}."


def _noun(product: Product, count: int) -> str:
    return product.noun if count == 1 else product.nouns


def _free_words(seats: Seats, product: Product) -> str:
    free = f"{seats.free} free {_noun(product, seats.free)}"
    return (
        f"Your {free} {'stays' if seats.free == 1 else 'stay'}: nothing that is paid "
        "is taken away."
    )


def _leaving_words(window: Window, today: date) -> str:
    name = window.member.name
    if window.renewal_on <= today:
        ended = day_words(window.last_on)
        return f"{name}: the term ended on {ended}, and no renewal is used for it."
    return (
        f"{name} keeps the term to its last day, {day_words(window.last_on)}, and is "
        "not renewed."
    )


def _person(window: Window) -> Person:
    return Person(
        member_id=window.member_id,
        name=window.member.name,
        text=f"renewal date {day_words(window.renewal_on)}",
    )


def _left_out(practice: Practice, program: str) -> list[Person]:
    rows = (
        LeftOut.objects.of(practice)
        .in_force()
        .filter(program=program)
        .select_related("member")
        .order_by("from_on", "member__last_name", "member__first_name", "pk")
    )
    return [
        Person(
            member_id=row.member_id,
            name=row.member.name,
            text=f"from {day_words(row.from_on)}",
            url=reverse("member_record", args=[practice.slug, row.member_id]),
        )
        for row in rows
    ]


def _people_of(change: SeatChange) -> Sequence[LeftOut]:
    rows = change.left_out.select_related("member")
    return list(rows.order_by("from_on", "member__last_name", "pk"))
