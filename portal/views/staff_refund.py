"""Giving money of an order back: looked at first, then done."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from accounts.access import STAFF_MONEY, StaffDoor
from accounts.routes import route
from billing.models import Order, Payment
from billing.services import refund_order, refund_parts
from core import clock
from core.failures import Missing, NotEligible, NotUsable, Refusal, Stale
from core.problems import Forbidden
from core.showing import show_on
from portal.forms import RefundForm
from portal.queries.money_acts import order_url
from portal.queries.refunding import (
    Plan,
    card_words,
    refund_page,
    refund_plan,
    refunded_before,
    refunded_words,
    returnable,
)
from portal.queries.staff_order import staff_order_of
from portal.sent import sent
from portal.views.bodies import body_today

ANOTHER = "This is not what you checked. Look at it again, then give it back."


@route(permission=STAFF_MONEY, methods=("GET", "POST"))
def refund(request: HttpRequest, door: StaffDoor, order_id: UUID) -> HttpResponseBase:
    """Ask what goes back; on POST say what that does, and do what was looked at."""
    body_today(door)
    order = staff_order_of(door.program, order_id)
    if request.method != "POST":
        form = RefundForm(returnable(order), key=uuid4().hex, card=card_words(order))
        return _page(request, door, order, form)
    before = refunded_before(order, sent(request.POST, "form_key", 64))
    if before is not None:
        # Pressed twice: the first press did it.
        messages.success(request, refunded_words(before))
        return redirect(order_url(order))
    form = RefundForm(returnable(order), request.POST, card=card_words(order))
    if not form.is_valid():
        return _page(request, door, order, form)
    try:
        plan = _plan(order, form)
        if sent(request.POST, "outcome", 10) != "give":
            return _page(request, door, order, form, plan)
        return _give(request, door, order, form, plan)
    except NotUsable as refusal:
        show_on(form, refusal)
        return _page(request, door, order, form)
    except (Missing, Forbidden):
        raise
    except Refusal as refusal:
        anew = staff_order_of(door.program, order_id)
        return _page(request, door, anew, form, refusal=refusal)


def _plan(order: Order, form: RefundForm) -> Plan:
    method = Payment.Method(form.cleaned_data["method"])
    parts = refund_parts(order=order, quantities=form.quantities())
    return refund_plan(order, parts, method)


def _give(
    request: HttpRequest, door: StaffDoor, order: Order, form: RefundForm, plan: Plan
) -> HttpResponse:
    """Give back what was looked at.

    Raises:
        Stale: it is something else now.
        NotEligible: what was bought is in use.
    """
    if plan.blocked:
        raise NotEligible(plan.blocked)
    if sent(request.POST, "seen", 400) != plan.seen:
        return _page(request, door, order, form, plan, Stale(ANOTHER))
    facts = form.cleaned_data
    made = refund_order(
        actor=door.actor,
        order=order,
        quantities=form.quantities(),
        method=Payment.Method(facts["method"]),
        reason=facts["reason"],
        key=facts["form_key"],
        today=body_today(door),
        now=clock.now(),
    )
    messages.success(request, refunded_words(made))
    return redirect(order_url(order))


def _page(
    request: HttpRequest,
    door: StaffDoor,
    order: Order,
    form: RefundForm,
    plan: Plan | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    page = refund_page(order, reader=door.actor)
    status = 422 if form.errors else 200
    context = {
        "page": page,
        "plan": plan,
        "form": form,
        "errors": [{"text": refusal.text, "href": "#main"}] if refusal else [],
        "page_title": f"Give money back of order {page.order_number}",
    }
    return render(
        request,
        "portal/staff_refund.html",
        context,
        status=refusal.status if refusal else status,
    )
