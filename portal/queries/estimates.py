"""What the pages of an estimate show: the offers, and one estimate with its reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from accounts.models import Practice, User
from billing.queries import Catalogue
from billing.rules import Asked, Break, Offer
from core.scope import Scope, scoped
from core.words import day_words, money_words
from credentials.models import Product
from portal.queries.estimating import Estimate
from portal.queries.places import body_name

# The form's fields: `n-renewals` says how many renewals.
PREFIX = "n"


@dataclass(frozen=True)
class Body:
    """A body one can ask for the prices of."""

    name: str
    url: str
    current: bool


@dataclass(frozen=True)
class Line:
    """One line, with the sentence that says why it costs that."""

    label: str
    quantity: int
    unit_text: str
    amount_text: str
    why: str
    note: str


@dataclass(frozen=True)
class EstimatePage:
    """One estimate."""

    body_name: str
    lines: Sequence[Line]
    total_text: str
    made_text: str
    until_text: str
    due_days: int
    again_url: str
    pdf_url: str


@dataclass(frozen=True)
class Way:
    """A practice that the reader may order for."""

    practice: str
    url: str


def bodies(sellers: Sequence[str], current: str) -> Sequence[Body]:
    """List who sells something, to choose from."""
    return [
        Body(
            body_name(each),
            f"{reverse('estimate')}?{urlencode({'program': each})}",
            each == current,
        )
        for each in sellers
    ]


def offer_words(offer: Offer, currency: str) -> str:
    """Say what one costs, from how many on it costs less, and for members."""
    breaks = offer.breaks_for(member=False)
    said = _breaks_words(breaks, currency)
    members = offer.breaks_for(member=True)
    if members != breaks:
        said += f" For members: {_breaks_words(members, currency)}"
    return said


def parts_words(catalogue: Catalogue) -> Mapping[str, str]:
    """Say by code what a thing of several parts holds; empty for the others."""
    program = catalogue.price_list.program
    labels = dict(Product.objects.filter(program=program).values_list("code", "label"))
    return {
        code: f"{', '.join(labels[each] for each in offer.grants)}. "
        if offer.grants[1:]
        else ""
        for code, offer in catalogue.offers.items()
    }


def _breaks_words(breaks: Sequence[Break], currency: str) -> str:
    first, *more = breaks
    said = f"{money_words(first.unit, currency)} each"
    for each in more:
        said += f"; from {each.start:,}: {money_words(each.unit, currency)}"
    return f"{said}."


def estimate_page(estimate: Estimate, catalogue: Catalogue) -> EstimatePage:
    """Show an estimate."""
    currency, offers = estimate.currency, catalogue.offers
    return EstimatePage(
        body_name=body_name(estimate.program),
        lines=[
            Line(
                line.label,
                line.quantity,
                money_words(line.unit, currency),
                money_words(line.amount, currency),
                line.why,
                offers[line.code].note,
            )
            for line in estimate.lines
        ],
        total_text=money_words(estimate.total, currency),
        made_text=day_words(estimate.day),
        until_text=day_words(estimate.until),
        due_days=estimate.price_list.due_days,
        again_url=again_url(
            estimate.program,
            [Asked(line.code, line.quantity) for line in estimate.lines],
        ),
        pdf_url=reverse("estimate_pdf", kwargs={"signed": estimate.signed}),
    )


def again_url(program: str, asked: Sequence[Asked]) -> str:
    """Lead to a new estimate with the same numbers."""
    numbers: Mapping[str, str | int] = {
        "program": program,
        **{f"{PREFIX}-{each.code}": each.quantity for each in asked},
    }
    return f"{reverse('estimate')}?{urlencode(numbers)}"


def ways_to_order(user: User | None, signed: str) -> Sequence[Way]:
    """List the practices a signed-in administrator may order for."""
    if user is None:
        return ()
    # A public page sees nobody's practices; whoever reads it sees their own.
    with scoped(Scope.own(user.pk)):
        practices = list(Practice.objects.visible_to(user).order_by("name"))
    return [Way(each.name, order_url(each, signed)) for each in practices]


def order_url(practice: Practice, signed: str) -> str:
    """Lead to the page that orders an estimate for a practice."""
    place = {"practice": practice.slug, "signed": signed}
    return reverse("order_estimate", kwargs=place)


@dataclass(frozen=True)
class OrderCheck:
    """What is about to be ordered, for whom, and when it is due."""

    practice: str
    estimate: EstimatePage
    due_text: str
    told: str


def order_check(
    practice: Practice, page: EstimatePage, due_on: date, told: str
) -> OrderCheck:
    """Show an order before it is placed."""
    return OrderCheck(practice.name, page, day_words(due_on), told)
