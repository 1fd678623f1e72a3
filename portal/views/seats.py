"""A practice's seats, and ordering more of them."""

from collections.abc import Mapping
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from accounts.access import PRACTICE_MONEY, PracticeDoor
from accounts.routes import route
from core import clock
from credentials.policy import zone_of
from credentials.queries import on_sale
from portal.forms import NumbersForm
from portal.programs import term_program_asked
from portal.queries.estimates import order_url
from portal.queries.estimating import estimate_for
from portal.queries.exports import export_links
from portal.queries.seats_page import seats_page


@route(permission=PRACTICE_MONEY)
def seats(request: HttpRequest, door: PracticeDoor) -> HttpResponseBase:
    """Show the seats; with numbers in the address, go on to what more of them cost."""
    program = term_program_asked(request)
    today = clock.today(zone_of(program))
    catalogue = on_sale(program, today)
    form = None
    if catalogue is not None:
        asked = request.GET.get("do") == "order"
        form = NumbersForm(catalogue, request.GET if asked else None)
        if asked and form.is_valid():
            found = estimate_for(catalogue, form.asked, today)
            return redirect(order_url(door.practice, found.signed))
    context = {
        "page": seats_page(door.practice, program, catalogue),
        "form": form,
        "export": export_links(door.practice, program, "seats", {}),
        "program": program,
        "page_title": "Seats",
    }
    return _answer(request, context, form)


def _answer(
    request: HttpRequest, context: Mapping[str, object], form: NumbersForm | None
) -> HttpResponse:
    wrong = form is not None and bool(form.errors)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return render(request, "portal/seats.html", dict(context), status=status)
