"""A practice's orders: what was bought, its papers, and what can still be done."""

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from accounts.access import PRACTICE_MONEY, PracticeDoor
from accounts.routes import route
from portal.programs import term_program_asked
from portal.queries.exports import export_links
from portal.queries.order_places import order_of
from portal.queries.stored_card import card_line
from portal.views.order_pages import (
    cancel_by_payer,
    list_orders,
    pay_with_credit,
    send_invoice,
    send_receipt,
    show_order,
)


@route(permission=PRACTICE_MONEY)
def orders(request: HttpRequest, door: PracticeDoor) -> HttpResponseBase:
    """List what the practice ordered."""
    return list_orders(
        request,
        door.practice,
        export=export_links(door.practice, term_program_asked(request), "orders", {}),
        card_text=card_line(door.practice),
        card_url=reverse("stored_card", kwargs={"practice": door.practice.slug}),
    )


@route(permission=PRACTICE_MONEY)
def order(request: HttpRequest, door: PracticeDoor, order_id: UUID) -> HttpResponseBase:
    """Show one order."""
    return show_order(request, order_of(door.practice, order_id))


@route(permission=PRACTICE_MONEY, methods=("GET", "POST"))
def cancel(
    request: HttpRequest, door: PracticeDoor, order_id: UUID
) -> HttpResponseBase:
    """Say what cancelling an unpaid order does; on POST cancel it."""
    return cancel_by_payer(request, door.actor, order_of(door.practice, order_id))


@route(permission=PRACTICE_MONEY, methods=("POST",))
def credit(
    request: HttpRequest, door: PracticeDoor, order_id: UUID
) -> HttpResponseBase:
    """Pay what the practice's credit covers."""
    return pay_with_credit(request, door.actor, order_of(door.practice, order_id))


@route(permission=PRACTICE_MONEY)
def invoice(
    request: HttpRequest, door: PracticeDoor, order_id: UUID, invoice_id: UUID
) -> HttpResponseBase:
    """Send an invoice, or the credit note that takes one back."""
    return send_invoice(request, order_of(door.practice, order_id), invoice_id)


@route(permission=PRACTICE_MONEY)
def receipt(
    request: HttpRequest, door: PracticeDoor, order_id: UUID, payment_id: UUID
) -> HttpResponseBase:
    """Send the receipt of a payment."""
    return send_receipt(request, order_of(door.practice, order_id), payment_id)
