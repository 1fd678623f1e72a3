"""What a member orders for themselves: their next renewal, its papers, paying it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render

from accounts.access import OWN, OwnDoor
from accounts.routes import route
from core import clock
from core.failures import Missing, Refusal
from core.scope import scoped
from courses.services import check_course_payable
from credentials.policy import zone_of
from portal.programs import term_program_asked
from portal.queries.order_places import order_of, place_of
from portal.queries.own_renewal import own_renewal_page
from portal.queries.places import body_full_name
from portal.views.order_pages import (
    cancel_by_payer,
    list_orders,
    pay_with_credit,
    send_invoice,
    send_receipt,
    show_order,
)
from portal.views.paying import come_back, lead_to_provider
from renewals.services import (
    check_application_payable,
    check_payable,
    order_own_renewal,
)


@route(permission=OWN, methods=("GET", "POST"))
def renew(request: HttpRequest, door: OwnDoor) -> HttpResponseBase:
    """Say what the next renewal costs; on POST order it."""
    program = term_program_asked(request)
    today = clock.today(zone_of(program))
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            made = order_own_renewal(
                actor=door.actor,
                member=door.member,
                program=program,
                told=door.person.email,
                seller=body_full_name(program),
                today=today,
                now=clock.now(),
            )
        except Missing:
            raise
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(request, f"Placed order {made.number}.")
            return redirect(place_of(made))
    context = {
        "page": own_renewal_page(door.member, program, door.person.email, today=today),
        "errors": [{"text": refusal.text, "href": "#main"}] if refusal else [],
        "page_title": "Renew your membership",
    }
    status = refusal.status if refusal else 200
    return render(request, "portal/my_renewal.html", context, status=status)


@route(permission=OWN)
def orders(request: HttpRequest, door: OwnDoor) -> HttpResponseBase:
    """List what the member ordered for themselves."""
    return list_orders(request, door.member)


@route(permission=OWN)
def order(request: HttpRequest, door: OwnDoor, order_id: UUID) -> HttpResponseBase:
    """Show one order."""
    return show_order(request, order_of(door.member, order_id))


@route(permission=OWN, methods=("GET", "POST"))
def cancel(request: HttpRequest, door: OwnDoor, order_id: UUID) -> HttpResponseBase:
    """Say what cancelling an unpaid order does; on POST cancel it."""
    return cancel_by_payer(request, door.actor, order_of(door.member, order_id))


@route(permission=OWN, methods=("POST",))
def credit(request: HttpRequest, door: OwnDoor, order_id: UUID) -> HttpResponseBase:
    """Pay what the member's own credit covers."""
    return pay_with_credit(request, door.actor, order_of(door.member, order_id))


@route(permission=OWN)
def invoice(
    request: HttpRequest, door: OwnDoor, order_id: UUID, invoice_id: UUID
) -> HttpResponseBase:
    """Send an invoice, or the credit note that takes one back."""
    return send_invoice(request, order_of(door.member, order_id), invoice_id)


@route(permission=OWN)
def receipt(
    request: HttpRequest, door: OwnDoor, order_id: UUID, payment_id: UUID
) -> HttpResponseBase:
    """Send the receipt of a payment."""
    return send_receipt(request, order_of(door.member, order_id), payment_id)


@route(permission=OWN, methods=("POST",), in_parts=True)
def pay(request: HttpRequest, door: OwnDoor, order_id: UUID) -> HttpResponseBase:
    """Lead to the provider's page for what is left of an order."""
    with scoped(door.scope):
        found = order_of(door.member, order_id)
        today = clock.today(zone_of(found.program))
        check_payable(order=found, member=door.member, today=today)
        check_application_payable(order=found, today=today)
        check_course_payable(order=found, member=door.member, today=today)
    return lead_to_provider(door, door.member, order_id)


@route(permission=OWN)
def done(request: HttpRequest, door: OwnDoor, order_id: UUID) -> HttpResponseBase:
    """Show what the provider told of a payment by card; the address decides nothing."""
    return come_back(request, order_of(door.member, order_id))
