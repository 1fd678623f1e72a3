"""A body's staff: orders found, and the payments that come in for them."""

from dataclasses import replace
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from accounts.access import STAFF_MONEY, STAFF_MONEY_SEE, StaffDoor
from accounts.models import StaffRole
from accounts.routes import route
from billing.models import Order, Payment
from billing.services import PaymentFacts, record_payment, use_credit
from core import clock
from core.failures import Missing, NotUsable, Refusal
from core.plain_forms import RELOAD
from core.problems import Forbidden
from core.showing import show_on
from portal.forms import PaymentForm
from portal.queries.paging import page_number
from portal.queries.refunding import refund_rows
from portal.queries.staff_order import recorded_words, staff_order, staff_order_of
from portal.queries.staff_orders import Filters, staff_orders, states_on
from portal.sent import sent
from portal.views.bodies import body_today


@route(permission=STAFF_MONEY_SEE)
def orders(request: HttpRequest, door: StaffDoor) -> HttpResponseBase:
    """Find the body's orders."""
    today = body_today(door)
    filters = Filters(q=sent(request.GET, "q", 100))
    state = sent(request.GET, "state", 12)
    if state in states_on(today):
        filters = replace(filters, state=state)
    number = page_number(request.GET.get("page", "1"))
    page = staff_orders(door.program, filters, number=number, today=today)
    context = {"page": page, "page_title": f"{page.body_name} orders"}
    return render(request, "portal/staff_orders.html", context)


@route(permission=STAFF_MONEY_SEE)
def order(request: HttpRequest, door: StaffDoor, order_id: UUID) -> HttpResponseBase:
    """Show one order; a manager is offered what can be done about it."""
    body_today(door)
    return _page(request, door, staff_order_of(door.program, order_id))


@route(permission=STAFF_MONEY, methods=("POST",))
def payment(request: HttpRequest, door: StaffDoor, order_id: UUID) -> HttpResponseBase:
    """Record a payment that came in."""
    today = body_today(door)
    found = staff_order_of(door.program, order_id)
    form = PaymentForm(request.POST)
    if not form.is_valid():
        return _page(request, door, found, form)
    facts = form.cleaned_data
    try:
        made = record_payment(
            actor=door.actor,
            order=found,
            facts=PaymentFacts(
                method=Payment.Method(facts["method"]),
                amount=facts["amount"],
                received_on=facts["received_on"],
                dated_on=facts["dated_on"],
                reference=facts["reference"],
            ),
            key=facts["form_key"],
            today=today,
            now=clock.now(),
        )
    except NotUsable as refusal:
        show_on(form, refusal)
        return _page(request, door, found, form)
    except (Missing, Forbidden):
        raise
    except Refusal as refusal:
        return _page(request, door, _anew(found), form, refusal)
    messages.success(request, recorded_words(made))
    return _to_order(found)


@route(permission=STAFF_MONEY, methods=("POST",))
def credit(request: HttpRequest, door: StaffDoor, order_id: UUID) -> HttpResponseBase:
    """Pay with what the payer has as credit."""
    today = body_today(door)
    found = staff_order_of(door.program, order_id)
    key = sent(request.POST, "form_key", 64)
    if not key:
        return _page(request, door, found, refusal=NotUsable(RELOAD))
    try:
        made = use_credit(
            actor=door.actor,
            order=found,
            key=key,
            today=today,
            now=clock.now(),
        )
    except (Missing, Forbidden):
        raise
    except Refusal as refusal:
        return _page(request, door, _anew(found), refusal=refusal)
    messages.success(request, recorded_words(made))
    return _to_order(found)


def _anew(found: Order) -> Order:
    return staff_order_of(found.program, found.pk)


def _page(
    request: HttpRequest,
    door: StaffDoor,
    found: Order,
    form: PaymentForm | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    manages, today = door.role == StaffRole.Role.MANAGER, body_today(door)
    page = staff_order(found, reader=door.actor, manages=manages, today=today)
    status, errors = 200, []
    if refusal is not None:
        status, errors = refusal.status, [{"text": refusal.text, "href": "#main"}]
    elif form is not None:
        status = 422
    if page.pay_url:
        form = form or PaymentForm(key=uuid4().hex, today=today)
    context = {
        "page": page,
        "form": form if page.pay_url else None,
        "credit_key": uuid4().hex,
        "refunds": refund_rows(found, acts=manages and not page.own_words),
        "errors": errors,
        "page_title": f"Order {page.order.number}",
    }
    return render(request, "portal/staff_order.html", context, status=status)


def _to_order(found: Order) -> HttpResponse:
    return redirect("staff_order", program=found.program, order_id=found.pk)
