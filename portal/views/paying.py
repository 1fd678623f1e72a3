"""Paying an order by card, on the provider's page and back."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from accounts.access import PRACTICE_MONEY, Door, PracticeDoor
from accounts.models import Member, Practice
from accounts.routes import route
from billing.gateway import provider_origin
from billing.models import CardSession, Order
from billing.services.checkout import (
    ask_for_page,
    claim_page,
    close_row,
    end_at_provider,
    keep_page,
)
from core import clock
from core.scope import scoped
from portal.queries.cards import outcome_of
from portal.queries.order_places import order_of, place_of


def leading_to_provider(response: HttpResponse) -> HttpResponse:
    """Let a page's form lead on to the provider's, which no other page's may.

    Browsers hold a form's redirects to the policy of the page it stands on.
    """
    response._csp_update = {  # type: ignore[attr-defined]  # noqa: SLF001
        "form-action": [provider_origin()]
    }
    return response


@route(permission=PRACTICE_MONEY, methods=("POST",), in_parts=True)
def pay(request: HttpRequest, door: PracticeDoor, order_id: UUID) -> HttpResponseBase:
    """Lead to the provider's page for what is left of an order."""
    return lead_to_provider(door, door.practice, order_id)


@route(permission=PRACTICE_MONEY)
def done(request: HttpRequest, door: PracticeDoor, order_id: UUID) -> HttpResponseBase:
    """Show what the provider told of a payment by card; the address decides nothing."""
    return come_back(request, order_of(door.practice, order_id))


def lead_to_provider(
    door: Door, payer: Practice | Member, order_id: UUID
) -> HttpResponseBase:
    """Lead a payer to the provider's page for what is left of their order."""
    page = _claimed(door, payer, order_id)
    if not page.url:
        with scoped(door.scope):
            order = order_of(payer, order_id)
            back, away = place_of(order, "paid_by_card"), place_of(order)
        checkout = ask_for_page(
            page=page,
            back=f"{settings.BASE_URL}{back}",
            away=f"{settings.BASE_URL}{away}",
        )
        with scoped(door.scope):
            page = keep_page(page=page, checkout=checkout)
    response = HttpResponse(status=303)
    response.headers["Location"] = page.url
    return response


def come_back(request: HttpRequest, order: Order) -> HttpResponseBase:
    """Show what the provider told of an order's payment."""
    outcome = outcome_of(order)
    context = {"outcome": outcome, "page_title": outcome.title}
    return render(request, "portal/paid_by_card.html", context)


def _claimed(door: Door, payer: Practice | Member, order_id: UUID) -> CardSession:
    """Claim the order's page; one for another amount is ended first."""
    while True:
        with scoped(door.scope):
            order = order_of(payer, order_id)
            claimed = claim_page(actor=door.actor, order=order, now=clock.now())
        if not claimed.outdated:
            return claimed.page
        end_at_provider(page=claimed.page)
        with scoped(door.scope):
            close_row(page=claimed.page, state=CardSession.State.EXPIRED)
