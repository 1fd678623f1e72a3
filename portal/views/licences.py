"""A holder's licences: entered, changed, and what each registration lacks."""

from collections.abc import Mapping
from datetime import date
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from accounts.access import OWN, OwnDoor
from accounts.routes import route
from core import clock
from core.failures import Missing, NotUsable, Refusal, Stale
from core.showing import show_on
from credentials.policy import licence_programs, zone_of
from portal.forms.licences import LicenceForm, RemovingForm
from portal.queries.licence_waiting import waiting_for
from portal.queries.licence_ways import Learning
from portal.queries.relicensure import licence_card, licence_cards
from portal.sent import sent
from renewals.models import Licence
from renewals.services import change_licence, enter_licence, remove_licence


@route(permission=OWN, methods=("GET", "POST"))
def licences(request: HttpRequest, door: OwnDoor) -> HttpResponseBase:
    """List them; on POST enter another one."""
    if request.method != "POST":
        return _list(request, door, LicenceForm())
    form = LicenceForm(request.POST)
    if not form.is_valid():
        return _list(request, door, form)
    try:
        entered = enter_licence(
            actor=door.actor,
            member=door.member,
            program=form.cleaned_data["program"],
            details=form.details,
            now=clock.now(),
        )
    except NotUsable as refusal:
        show_on(form, refusal)
        return _list(request, door, form)
    messages.success(request, f"Licence {entered} is entered.")
    return redirect("my_licence", licence_id=entered.pk)


@route(permission=OWN, methods=("GET", "POST"))
def licence(request: HttpRequest, door: OwnDoor, licence_id: UUID) -> HttpResponseBase:
    """Show what a registration has and lacks; on POST change it, or take it away."""
    if sent(request.POST, "do", 10) == "remove":
        return _removed(request, door, licence_id)
    found = own_licence(door, licence_id)
    if request.method != "POST":
        return _one(request, found, LicenceForm(licence=found))
    form = LicenceForm(request.POST, licence=found)
    if not form.is_valid():
        return _one(request, found, form)
    try:
        change_licence(
            actor=door.actor,
            licence=found,
            details=form.details,
            seen=form.cleaned_data.get("seen") or 0,
            now=clock.now(),
        )
    except NotUsable as refusal:
        show_on(form, refusal)
        return _one(request, found, form)
    messages.success(request, f"Licence {found} is changed.")
    return redirect("my_licence", licence_id=found.pk)


def _removed(request: HttpRequest, door: OwnDoor, licence_id: UUID) -> HttpResponseBase:
    """Take away a licence that was entered by mistake, once its holder is sure."""
    found = own_licence_to_remove(door, licence_id)
    form = RemovingForm(request.POST)
    if not form.is_valid():
        return _one(request, found, LicenceForm(licence=found), form)
    try:
        remove_licence(
            actor=door.actor,
            licence=found,
            seen=form.cleaned_data.get("seen") or 0,
            today=days()[found.program],
            now=clock.now(),
        )
    except Stale:
        raise
    except Refusal as refusal:
        form.add_error("sure", refusal.text)
        return _one(request, found, LicenceForm(licence=found), form)
    messages.success(request, f"Licence {found} is taken away.")
    return redirect("my_licences")


def own_licence_to_remove(door: OwnDoor, licence_id: UUID) -> Licence:
    """Find one of a holder's licences, also one that they took away already.

    Raises:
        Missing: it is somebody else's, or nobody's.
    """
    mine = Licence.objects.of(door.member).filter(pk=licence_id)
    found = mine.select_related("member").first()
    if found is None:
        raise Missing("Not found.")
    return found


def own_licence(door: OwnDoor, licence_id: UUID) -> Licence:
    """Find one of a holder's licences.

    Raises:
        Missing: it is somebody else's, or nobody's.
    """
    mine = Licence.objects.visible_to(door.member).filter(pk=licence_id)
    found = mine.select_related("member").first()
    if found is None:
        raise Missing("Not found.")
    return found


def days() -> Mapping[str, date]:
    """Say which day it is in each body's zone."""
    return {each: clock.today(zone_of(each)) for each in licence_programs()}


def _list(request: HttpRequest, door: OwnDoor, form: LicenceForm) -> HttpResponse:
    context = {
        "cards": licence_cards(door.member, days()),
        "form": form,
        "page_title": "Your licences",
    }
    return render(request, "portal/my_licences.html", context, status=_status(form))


def _one(
    request: HttpRequest,
    found: Licence,
    form: LicenceForm,
    removing: RemovingForm | None = None,
) -> HttpResponse:
    learning = Learning(found.member, found.program, days()[found.program])
    found.refresh_from_db()
    context = {
        "card": licence_card(found, learning),
        "waiting": waiting_for(found),
        "form": form,
        "removing": removing or RemovingForm(initial={"seen": found.version}),
        "errors": removing.problems if removing else [],
        "page_title": f"Licence {found}",
    }
    status = _status(removing or form)
    return render(request, "portal/my_licence.html", context, status=status)


def _status(form: LicenceForm | RemovingForm) -> HTTPStatus:
    bad = form.is_bound and bool(form.errors)
    return HTTPStatus.UNPROCESSABLE_ENTITY if bad else HTTPStatus.OK
