"""A practice's card for auto-renewal: seen, stored on the provider's page, removed."""

from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.access import PRACTICE_MONEY, PracticeDoor
from accounts.routes import route
from billing.services import remove_card
from billing.services.card_setup import ask_for_setup, claim_setup, keep_setup
from core import clock
from core.failures import NotUsable
from core.scope import scoped
from credentials.policy import zone_of
from portal.forms import AgreeForm
from portal.programs import term_program_asked
from portal.queries.stored_card import CardPage, card_page, storing
from portal.views.paying import leading_to_provider

BOTH = ("GET", "POST")


@route(permission=PRACTICE_MONEY)
def card(request: HttpRequest, door: PracticeDoor) -> HttpResponseBase:
    """Show the card that auto-renewal is charged to."""
    context = {"page": _page(request, door), "page_title": "Card for auto-renewal"}
    return render(request, "portal/stored_card.html", context)


@route(permission=PRACTICE_MONEY, methods=BOTH, fresh=BOTH, keep=False, in_parts=True)
def new(request: HttpRequest, door: PracticeDoor) -> HttpResponseBase:
    """Say what storing a card means; on POST lead to the provider's page."""
    form = AgreeForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _agree_page(request, door, form)
    try:
        url = _claimed(door, agreed=form.cleaned_data["agreed"] == ["yes"])
    except NotUsable as refusal:
        form.add_error("agreed", refusal.text)
        return _agree_page(request, door, form)
    response = HttpResponse(status=303)
    response.headers["Location"] = url
    return response


def _claimed(door: PracticeDoor, *, agreed: bool) -> str:
    """Claim the page to store a card on, and have it made where it isn't yet."""
    with scoped(door.scope):
        found = claim_setup(
            actor=door.actor, practice=door.practice, agreed=agreed, now=clock.now()
        )
    if not found.url:
        place = {"practice": door.practice.slug}
        checkout, customer = ask_for_setup(
            card=found,
            name=door.practice.name,
            back=f"{settings.BASE_URL}{reverse('card_done', kwargs=place)}",
            away=f"{settings.BASE_URL}{reverse('stored_card', kwargs=place)}",
        )
        with scoped(door.scope):
            found = keep_setup(card=found, checkout=checkout, customer=customer)
    return found.url


@route(permission=PRACTICE_MONEY)
def done(request: HttpRequest, door: PracticeDoor) -> HttpResponseBase:
    """Show what the provider told of a card; the address decides nothing."""
    outcome = storing(door.practice)
    context = {"outcome": outcome, "page_title": outcome.title}
    return render(request, "portal/card_done.html", context)


@route(permission=PRACTICE_MONEY, methods=BOTH, fresh=BOTH)
def remove(request: HttpRequest, door: PracticeDoor) -> HttpResponseBase:
    """Say what removing the card means; on POST remove it."""
    if request.method != "POST":
        context = {"page": _page(request, door), "page_title": "Remove the card"}
        return render(request, "portal/card_remove.html", context)
    removed = remove_card(actor=door.actor, practice=door.practice, now=clock.now())
    if removed is None:
        messages.info(request, "No card is stored. Nothing was changed.")
    else:
        messages.success(request, f"Removed {removed}. It is not charged any more.")
    return redirect("stored_card", practice=door.practice.slug)


def _page(request: HttpRequest, door: PracticeDoor) -> CardPage:
    today = clock.today(zone_of(term_program_asked(request)))
    return card_page(door.practice, today=today)


def _agree_page(
    request: HttpRequest, door: PracticeDoor, form: AgreeForm
) -> HttpResponseBase:
    with scoped(door.scope):
        page = _page(request, door)
    context = {"page": page, "form": form, "page_title": "Store a card"}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    response = render(request, "portal/store_card.html", context, status=status)
    return leading_to_provider(response) if page.taken else response
