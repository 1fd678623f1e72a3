"""A payer's order pages: a practice's and a member's own are the same.

Each function does the work of a page whose route has found the order for its payer.
"""

from http import HTTPStatus
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from accounts.models import Member, Practice
from billing.models import Order
from billing.services import cancel_order, use_credit
from core import clock
from core.actor import Actor
from core.failures import Missing, Refusal
from core.plain_forms import RELOAD
from core.words import money_words
from credentials.policy import zone_of
from portal.forms import CancelForm, KeyForm
from portal.layouts import BillFacts, render_bill
from portal.programs import term_program_asked
from portal.queries.cards import card_of
from portal.queries.order_papers import invoice_of, receipt_of
from portal.queries.order_places import place_of
from portal.queries.orders import order_page, orders_of
from portal.queries.paging import page_number
from portal.queries.waiting import order_waits
from portal.views.bills import invoice_facts, receipt_facts
from portal.views.keys import fresh_key
from portal.views.paying import leading_to_provider
from portal.views.sending import send_paper


def list_orders(
    request: HttpRequest, payer: Practice | Member, **more: object
) -> HttpResponse:
    """List what a payer ordered; `more` is what else the page shows."""
    number = page_number(request.GET.get("page", "1"))
    today = clock.today(zone_of(term_program_asked(request)))
    page = orders_of(payer, number=number, today=today)
    context = {"page": page, "page_title": "Orders", **more}
    return render(request, "portal/orders.html", context)


def cancel_by_payer(
    request: HttpRequest, actor: Actor, found: Order
) -> HttpResponseBase:
    """Say what cancelling an unpaid order does; on POST cancel it."""
    form = CancelForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _cancel_page(request, found, form)
    try:
        cancel_order(
            actor=actor,
            order=found,
            reason=form.cleaned_data["reason"],
            today=clock.today(zone_of(found.program)),
            now=clock.now(),
            by_payer=True,
        )
    except Missing:
        raise
    except Refusal as refusal:
        form.add_error(None, refusal.text)
        return _cancel_page(request, found, form, refusal.status)
    messages.success(request, f"Cancelled order {found.number}.")
    return redirect(place_of(found))


def pay_with_credit(
    request: HttpRequest, actor: Actor, found: Order
) -> HttpResponseBase:
    """Pay what the payer's credit covers."""
    form = KeyForm(request.POST)
    if not form.is_valid():
        return show_order(request, found, RELOAD, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        payment = use_credit(
            actor=actor,
            order=found,
            key=f"credit:{found.pk.hex}:{form.cleaned_data['form_key']}",
            today=clock.today(zone_of(found.program)),
            now=clock.now(),
            by_payer=True,
        )
    except Missing:
        raise
    except Refusal as refusal:
        found.refresh_from_db()
        return show_order(request, found, refusal.text, refusal.status)
    amount = money_words(payment.amount, payment.currency)
    messages.success(request, f"Paid {amount} with your credit.")
    return redirect(place_of(found))


def send_invoice(
    request: HttpRequest, found: Order, invoice_id: UUID
) -> HttpResponseBase:
    """Send an invoice, or the credit note that takes one back."""
    paper = invoice_of(found, invoice_id)
    facts = invoice_facts(paper, demo=settings.DEMO)
    return _send(request, found, facts, paper.number)


def send_receipt(
    request: HttpRequest, found: Order, payment_id: UUID
) -> HttpResponseBase:
    """Send the receipt of a payment."""
    payment = receipt_of(found, payment_id)
    facts = receipt_facts(payment, demo=settings.DEMO)
    name = f"receipt-{found.number}-{payment.received_on.isoformat()}"
    return _send(request, found, facts, name)


def _send(
    request: HttpRequest, found: Order, facts: BillFacts, name: str
) -> HttpResponseBase:
    return send_paper(
        request,
        lambda: render_bill(facts, seconds=settings.CERTIFICATE_SECONDS),
        name=name,
        back=place_of(found),
    )


def show_order(
    request: HttpRequest, found: Order, problem: str = "", status: int = HTTPStatus.OK
) -> HttpResponse:
    """Show one order, and what its payer can do about it."""
    today = clock.today(zone_of(found.program))
    page, card = order_page(found, today=today), card_of(found)
    context = {
        "page": page,
        "key": fresh_key(),
        "card": card,
        "waits_text": order_waits(found, today=today),
        "cards": settings.CARDS,
        "errors": [{"text": problem, "href": "#pay"}] if problem else (),
        "page_title": f"Order {page.number}",
    }
    response = render(request, "portal/order.html", context, status=status)
    return leading_to_provider(response) if card else response


def _cancel_page(
    request: HttpRequest,
    found: Order,
    form: CancelForm,
    status: int = HTTPStatus.UNPROCESSABLE_ENTITY,
) -> HttpResponse:
    paid = money_words(found.settled, found.currency) if found.settled else ""
    context = {
        "number": found.number,
        "total_text": money_words(found.total, found.currency),
        "paid_text": paid,
        "back_url": place_of(found),
        "form": form,
        "page_title": f"Cancel order {found.number}",
    }
    status = status if form.errors else HTTPStatus.OK
    return render(request, "portal/order_cancel.html", context, status=status)
