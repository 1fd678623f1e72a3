"""A holder says that a credit is missing, and reads what came of it."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.access import OWN, OwnDoor
from accounts.routes import route
from ce_credits.services import ask_missing
from core import clock
from core.failures import NotUsable
from core.showing import show_on
from credentials.policy import zone_of
from portal.forms import MissingForm
from portal.programs import own_program_asked
from portal.queries.missing import answered, choices, missing_page, offered
from portal.queries.own_programs import own_programs
from portal.queries.places import in_program
from portal.sent import sent

LONGEST = 100


@route(permission=OWN, methods=("GET", "POST"))
def missing(request: HttpRequest, door: OwnDoor) -> HttpResponseBase:
    """Ask which credit is missing; on POST say at once what is known of it."""
    program = own_program_asked(request, own_programs(door.member))
    if request.method != "POST":
        return _page(request, door, program)
    q, code = sent(request.POST, "q", LONGEST), sent(request.POST, "item", 40)
    found = offered(program, q, code)
    form = MissingForm(choices(found), request.POST)
    if not form.is_valid():
        return _page(request, door, program, form)
    chosen = next(each for each in found if each.code == form.cleaned_data["item"])
    try:
        said = ask_missing(
            actor=door.actor,
            member=door.member,
            item=chosen,
            on=form.cleaned_data["on"],
            today=clock.today(zone_of(program)),
            now=clock.now(),
        )
    except NotUsable as refusal:
        show_on(form, refusal)
        return _page(request, door, program, form)
    messages.info(request, answered(said).text)
    return redirect(in_program(reverse("my_missing"), program))


def _page(
    request: HttpRequest, door: OwnDoor, program: str, form: MissingForm | None = None
) -> HttpResponse:
    asked = request.POST if form else request.GET
    q, code = sent(asked, "q", LONGEST), sent(asked, "item", 40)
    found = offered(program, q, code)
    page = missing_page(door.member, program, q=q, found=found)
    initial: dict[str, object] = {"on": sent(asked, "on", 10), "item": code}
    context = {
        "page": page,
        "form": form or MissingForm(choices(found), initial=initial),
        "page_title": "A credit is missing",
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form else HTTPStatus.OK
    return render(request, "portal/my_missing.html", context, status=status)
