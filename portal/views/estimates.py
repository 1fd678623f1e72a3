"""Estimates: anybody asks what something costs; an administrator orders it."""

from datetime import timedelta
from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.access import PRACTICE_MONEY, PUBLIC, Door, PracticeDoor
from accounts.routes import route
from billing.queries import Catalogue
from billing.services import place_order
from core import clock
from core.errors import answer
from core.failures import Missing, Refusal
from core.throttle import too_many_lookups
from credentials.policy import zone_of
from credentials.queries import on_list, on_sale
from portal.forms import KeyForm, NumbersForm
from portal.layouts import render_bill
from portal.programs import term_program_asked
from portal.queries.estimates import (
    PREFIX,
    again_url,
    bodies,
    estimate_page,
    order_check,
    ways_to_order,
)
from portal.queries.estimating import (
    Ended,
    Estimate,
    estimate_for,
    program_of_estimate,
    read_estimate,
    sellers,
)
from portal.sent import sent
from portal.views.bills import estimate_facts
from portal.views.keys import fresh_key
from portal.views.sending import send_paper

NOTHING_SOLD = "This body publishes no prices here. Write to it for an estimate."
DAYS_OVER = "These prices are no longer valid"
NONE_OF_OURS = "No estimate at this address"


@route(permission=PUBLIC)
def estimate(request: HttpRequest, door: Door) -> HttpResponseBase:
    """Ask for numbers; with numbers in the address, go to what they cost."""
    program = term_program_asked(request)
    today = clock.today(zone_of(program))
    catalogue = on_sale(program, today)
    if catalogue is None:
        return _form_page(request, program, None)
    if request.GET.get("do") != "price":
        numbers = {
            code: sent(request.GET, f"{PREFIX}-{code}", 20) for code in catalogue.offers
        }
        form = NumbersForm(catalogue, numbers=numbers)
        return _form_page(request, program, form)
    form = NumbersForm(catalogue, request.GET)
    if not form.is_valid():
        return _form_page(request, program, form)
    found = estimate_for(catalogue, form.asked, today)
    return redirect("estimate_shown", signed=found.signed)


@route(permission=PUBLIC)
def shown(request: HttpRequest, door: Door, signed: str) -> HttpResponseBase:
    """Show an estimate, and to an administrator the way to order it."""
    try:
        found, catalogue = _read(signed)
    except (Missing, Ended) as gone:
        return _gone(request, gone)
    context = {
        "page": estimate_page(found, catalogue),
        "ways": ways_to_order(door.user, signed),
        "sign_in_url": "" if door.user else reverse("account_login"),
        "next": request.path,
        "page_title": "Estimate",
    }
    return render(request, "portal/estimate_shown.html", context)


@route(permission=PUBLIC)
def pdf(request: HttpRequest, door: Door, signed: str) -> HttpResponseBase:
    """Send an estimate on paper."""
    if too_many_lookups(request):
        return answer(request, HTTPStatus.TOO_MANY_REQUESTS)
    try:
        found, catalogue = _read(signed)
    except (Missing, Ended) as gone:
        return _gone(request, gone)
    facts = estimate_facts(found, catalogue, demo=settings.DEMO)
    return send_paper(
        request,
        lambda: render_bill(facts, seconds=settings.CERTIFICATE_SECONDS),
        name=f"estimate-{found.day.isoformat()}",
        back=reverse("estimate_shown", kwargs={"signed": signed}),
    )


@route(permission=PRACTICE_MONEY, methods=("GET", "POST"))
def order_estimate(
    request: HttpRequest, door: PracticeDoor, signed: str
) -> HttpResponseBase:
    """Show what is about to be ordered, for whom and until when it is due; order it."""
    try:
        found, catalogue = _read(signed)
    except (Missing, Ended) as gone:
        return _gone(request, gone)
    if request.method != "POST":
        form = KeyForm(initial={"form_key": fresh_key()})
        return _check_page(request, door, found, catalogue, form)
    form = KeyForm(request.POST)
    if not form.is_valid():
        return _check_page(request, door, found, catalogue, form)
    try:
        order = place_order(
            actor=door.actor,
            payer=door.practice,
            told=door.user.email if door.user else "",
            sale=found.sale,
            form_key=form.cleaned_data["form_key"],
            today=clock.today(zone_of(found.program)),
            now=clock.now(),
        )
    except Refusal as refusal:
        form.add_error(None, refusal.text)
        return _check_page(request, door, found, catalogue, form, refusal.status)
    messages.success(request, f"Placed order {order.number}.")
    return redirect("order", practice=door.practice.slug, order_id=order.pk)


def _read(signed: str) -> tuple[Estimate, Catalogue]:
    today = clock.today(zone_of(program_of_estimate(signed)))
    found = read_estimate(signed, today=today)
    catalogue = on_list(found.program, found.price_list.effective_on)
    assert catalogue is not None
    return found, catalogue


def _form_page(
    request: HttpRequest, program: str, form: NumbersForm | None
) -> HttpResponse:
    found = sellers(clock.today(zone_of(program)))
    context = {
        "form": form,
        "program": program,
        "bodies": bodies(found, program) if len(found) > 1 or form is None else (),
        "nothing": "" if form else NOTHING_SOLD,
        "page_title": "Estimate",
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form and form.errors else HTTPStatus.OK
    return render(request, "portal/estimate.html", context, status=status)


def _gone(request: HttpRequest, gone: Missing | Ended) -> HttpResponse:
    ended = isinstance(gone, Ended)
    context = {
        "text": gone.text,
        "again_url": (
            again_url(gone.program, gone.asked)
            if isinstance(gone, Ended)
            else reverse("estimate")
        ),
        "ended": ended,
        "page_title": DAYS_OVER if ended else NONE_OF_OURS,
    }
    status = HTTPStatus.GONE if ended else HTTPStatus.NOT_FOUND
    return render(request, "portal/estimate_gone.html", context, status=status)


def _check_page(
    request: HttpRequest,
    door: PracticeDoor,
    found: Estimate,
    catalogue: Catalogue,
    form: KeyForm,
    status: int = HTTPStatus.UNPROCESSABLE_ENTITY,
) -> HttpResponse:
    today = clock.today(zone_of(found.program))
    due_on = today + timedelta(days=found.price_list.due_days)
    page = estimate_page(found, catalogue)
    told = door.user.email if door.user else ""
    if form.errors:
        # A key that was refused would be refused again.
        form.data = {"form_key": fresh_key()}
    context = {
        "check": order_check(door.practice, page, due_on, told),
        "form": form,
        "page_title": f"Order for {door.practice.name}",
    }
    status = status if form.errors else HTTPStatus.OK
    return render(request, "portal/estimate_order.html", context, status=status)
