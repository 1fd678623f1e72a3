"""A manager's decisions about money: a second person's word, an order cancelled."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from accounts.access import STAFF_MONEY, StaffDoor
from accounts.routes import route
from billing.models import Order, Payment
from billing.services import cancel_order, confirm_payment, refuse_payment
from core import clock
from core.failures import Missing, NotUsable, Refusal
from core.plain_forms import RELOAD, PlainForm
from core.problems import Forbidden
from core.showing import show_on
from portal.forms import CancelOrderForm, SecondPersonForm
from portal.queries.money_acts import (
    MoneyAct,
    cancel_page,
    order_url,
    payment_of,
    payment_page,
)
from portal.queries.staff_order import recorded_words, staff_order_of
from portal.sent import sent
from portal.views.bodies import body_today


@route(permission=STAFF_MONEY, methods=("GET", "POST"))
def decide(
    request: HttpRequest, door: StaffDoor, order_id: UUID, payment_id: UUID
) -> HttpResponseBase:
    """Say what confirming a large payment does; on POST confirm or refuse it."""
    body_today(door)
    order = staff_order_of(door.program, order_id)
    payment = payment_of(order, payment_id)
    form = SecondPersonForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _payment_page(request, door, payment, form)
    try:
        done = _decided(request, door, payment, form.cleaned_data["reason"])
    except NotUsable as refusal:
        show_on(form, refusal)
        return _payment_page(request, door, payment, form)
    except (Missing, Forbidden):
        raise
    except Refusal as refusal:
        payment.refresh_from_db()
        return _payment_page(request, door, payment, form, refusal)
    if done.state == Payment.State.REFUSED:
        messages.success(request, "Payment refused. It settled nothing.")
    else:
        messages.success(request, recorded_words(done).replace("recorded", "confirmed"))
    return redirect(order_url(order))


def _decided(
    request: HttpRequest, door: StaffDoor, payment: Payment, reason: str
) -> Payment:
    outcome, today, now = (
        sent(request.POST, "outcome", 10),
        body_today(door),
        clock.now(),
    )
    actor = door.actor
    if outcome == "confirm":
        return confirm_payment(actor=actor, payment=payment, today=today, now=now)
    if outcome == "refuse":
        return refuse_payment(
            actor=actor, payment=payment, reason=reason, today=today, now=now
        )
    raise NotUsable(RELOAD)


def _payment_page(
    request: HttpRequest,
    door: StaffDoor,
    payment: Payment,
    form: SecondPersonForm,
    refusal: Refusal | None = None,
) -> HttpResponse:
    order = staff_order_of(door.program, payment.order_id)
    page = payment_page(order, payment, reader=door.actor)
    return _answer(request, "staff_payment", page, form, refusal)


@route(permission=STAFF_MONEY, methods=("GET", "POST"))
def cancel(request: HttpRequest, door: StaffDoor, order_id: UUID) -> HttpResponseBase:
    """Say what cancelling an order does; on POST cancel it."""
    today = body_today(door)
    order = staff_order_of(door.program, order_id)
    form = CancelOrderForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _cancel_page(request, door, order, form)
    try:
        cancel_order(
            actor=door.actor,
            order=order,
            reason=form.cleaned_data["reason"],
            today=today,
            now=clock.now(),
        )
    except NotUsable as refusal:
        show_on(form, refusal)
        return _cancel_page(request, door, order, form)
    except (Missing, Forbidden):
        raise
    except Refusal as refusal:
        anew = staff_order_of(door.program, order_id)
        return _cancel_page(request, door, anew, form, refusal)
    messages.success(request, f"Order {order.number} is cancelled.")
    return redirect(order_url(order))


def _cancel_page(
    request: HttpRequest,
    door: StaffDoor,
    order: Order,
    form: CancelOrderForm,
    refusal: Refusal | None = None,
) -> HttpResponse:
    page = cancel_page(order, reader=door.actor)
    return _answer(request, "staff_cancel", page, form, refusal)


def _answer(
    request: HttpRequest,
    template: str,
    page: MoneyAct,
    form: PlainForm,
    refusal: Refusal | None,
) -> HttpResponse:
    errors = [{"text": refusal.text, "href": "#main"}] if refusal else []
    status = 422 if form.errors else 200
    title = "Payment of" if template == "staff_payment" else "Cancel"
    context = {
        "page": page,
        "form": form,
        "errors": errors,
        "page_title": f"{title} order {page.order_number}",
    }
    return render(
        request,
        f"portal/{template}.html",
        context,
        status=refusal.status if refusal else status,
    )
