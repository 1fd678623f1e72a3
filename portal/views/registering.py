"""A body's managers register somebody who stands nowhere yet."""

from http import HTTPStatus
from urllib.parse import urlencode
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.access import STAFF_CERTIFY, StaffDoor
from accounts.routes import route
from core import clock
from core.failures import Refusal, Stale
from core.once import only_once
from core.showing import show_on
from credentials.models import Certification
from credentials.policy import policy_for
from credentials.services import Earned, register_certificant
from portal.forms.registering import RegisterForm
from portal.programs import check_cycles
from portal.queries.places import body_name
from portal.views.bodies import body_today


@route(permission=STAFF_CERTIFY, methods=("GET", "POST"))
def register(request: HttpRequest, door: StaffDoor) -> HttpResponseBase:
    """Ask who it is and what they earned; on POST register them and write to them."""
    check_cycles(door.program)
    policy = policy_for(door.program, on=body_today(door))
    if request.method != "POST":
        return _page(request, door, RegisterForm(policy, key=uuid4().hex))
    form = RegisterForm(policy, request.POST)
    if not form.is_valid():
        return _page(request, door, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        made = _registered(door, form)
    except Stale as stale:
        messages.info(request, stale.text)
    except Refusal as refusal:
        show_on(form, refusal)
        return _page(request, door, form, refusal.status)
    else:
        text = f"Registered {made.member.name}, {made}. A mail tells them."
        messages.success(request, text)
    found = urlencode({"q": form.cleaned_data["email"]})
    home = reverse("staff_home", kwargs={"program": door.program})
    return redirect(f"{home}?{found}")


def _registered(door: StaffDoor, form: RegisterForm) -> Certification:
    facts = form.cleaned_data
    with only_once(door.actor, "register", facts["form_key"], clock.now()):
        return register_certificant(
            actor=door.actor,
            first_name=facts["first_name"],
            last_name=facts["last_name"],
            email=facts["email"],
            earned=Earned(
                program=door.program,
                code=facts["code"],
                earned_on=facts["earned_on"],
                proof=facts["proof"],
                number=facts["number"],
            ),
            today=body_today(door),
            now=clock.now(),
        )


def _page(
    request: HttpRequest,
    door: StaffDoor,
    form: RegisterForm,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context = {
        "form": form,
        "back_url": reverse("staff_home", kwargs={"program": door.program}),
        "body_name": body_name(door.program),
        "page_title": "Register a certificant",
    }
    return render(request, "portal/staff_register.html", context, status=status)
