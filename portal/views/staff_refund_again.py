"""What its card did not take: sent to it again, or noted as sent another way."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from accounts.access import STAFF_MONEY, StaffDoor
from accounts.routes import route
from billing.models import Order, Payment, Refund
from billing.services import send_refund_again, settle_refund_otherwise
from core import clock
from core.failures import Missing, NotUsable, Refusal
from core.problems import Forbidden
from core.showing import show_on
from portal.forms import FailedRefundForm
from portal.queries.money_acts import order_url
from portal.queries.refund_again import failed_refund, refund_of, settled_words
from portal.queries.staff_order import staff_order_of
from portal.views.bodies import body_today


@route(permission=STAFF_MONEY, methods=("GET", "POST"))
def settle(
    request: HttpRequest, door: StaffDoor, order_id: UUID, refund_id: UUID
) -> HttpResponseBase:
    """Say how a refund that failed can go now; on POST do it."""
    body_today(door)
    order = staff_order_of(door.program, order_id)
    refund = refund_of(order, refund_id)
    if request.method != "POST":
        return _page(request, door, order, refund)
    card = failed_refund(order, refund, reader=door.actor).card
    # Pressed twice, the card's choice is gone from the page, and is no other's fault.
    form = FailedRefundForm(request.POST, card=card or FailedRefundForm.AGAIN)
    if not form.is_valid():
        return _page(request, door, order, refund, form)
    try:
        done = _done(door, refund, form)
    except NotUsable as refusal:
        show_on(form, refusal)
        return _page(request, door, order, refund, form)
    except (Missing, Forbidden):
        raise
    except Refusal as refusal:
        anew = refund_of(order, refund_id)
        return _page(request, door, order, anew, refusal=refusal)
    messages.success(request, settled_words(done))
    return redirect(order_url(order))


def _done(door: StaffDoor, refund: Refund, form: FailedRefundForm) -> Refund:
    facts, now = form.cleaned_data, clock.now()
    if facts["way"] == form.AGAIN:
        return send_refund_again(
            actor=door.actor, refund=refund, seen=facts["seen"], now=now
        )
    return settle_refund_otherwise(
        actor=door.actor,
        refund=refund,
        method=Payment.Method(facts["way"]),
        reference=facts["reference"],
        seen=facts["seen"],
        now=now,
    )


def _page(
    request: HttpRequest,
    door: StaffDoor,
    order: Order,
    refund: Refund,
    form: FailedRefundForm | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    page = failed_refund(order, refund, reader=door.actor)
    status = 422 if form is not None else 200
    form = form or FailedRefundForm(seen=refund.resent)
    form.offer(page.card)
    context = {
        "page": page.act,
        "form": form,
        "errors": [{"text": refusal.text, "href": "#main"}] if refusal else [],
        "page_title": f"Refund of order {order.number}",
    }
    return render(
        request,
        "portal/staff_refund_again.html",
        context,
        status=refusal.status if refusal else status,
    )
