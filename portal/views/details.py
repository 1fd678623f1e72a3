"""Changing how a member is reached, and taking one off the list."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.access import PRACTICE_PEOPLE, PracticeDoor
from accounts.details import details_of
from accounts.models import Sponsorship
from accounts.routes import route
from accounts.services import (
    change_details,
    end_sponsorship,
)
from core import clock
from core.failures import NotUsable, Refusal, Stale
from core.showing import show_on
from credentials.policy import zone_of
from portal.forms import JOB_ROLES, DetailsForm, RemoveForm
from portal.programs import term_program_asked
from portal.queries.removing import removing

BOTH = ("GET", "POST")


@route(permission=PRACTICE_PEOPLE, methods=BOTH)
def edit(request: HttpRequest, door: PracticeDoor, member_id: UUID) -> HttpResponseBase:
    """Show a member's contact details in a form; on POST change them."""
    held = _sponsorship(request, door, member_id)
    posted = request.POST if request.method == "POST" else None
    has_account = held.member.user_id is not None
    form = DetailsForm(details_of(held), posted, own_address=has_account)
    if posted is not None and form.is_valid():
        try:
            changed = change_details(
                actor=door.actor,
                sponsorship=held,
                details=form.typed(),
                seen=form.cleaned_data["seen"],
                now=clock.now(),
            )
        except Stale as refusal:
            held = _sponsorship(request, door, member_id)
            form = DetailsForm(
                details_of(held), posted, own_address=has_account, again=True
            )
            return _edit_page(request, door, held, form, refusal)
        except NotUsable as refusal:
            show_on(form, refusal)
        else:
            said = "Saved." if changed else "Nothing to save: all of it stood there."
            messages.success(request, said)
            return redirect(_record_url(door, held))
    return _edit_page(request, door, held, form)


@route(permission=PRACTICE_PEOPLE, methods=BOTH)
def remove(
    request: HttpRequest, door: PracticeDoor, member_id: UUID
) -> HttpResponseBase:
    """Say what taking a member off the list means; on POST do it."""
    held = _sponsorship(request, door, member_id)
    form = RemoveForm(request.POST if request.method == "POST" else None)
    today = clock.today(zone_of(held.program))
    if request.method == "POST" and form.is_valid():
        try:
            end_sponsorship(
                actor=door.actor,
                sponsorship=held,
                reason=form.cleaned_data["reason"],
                today=today,
                now=clock.now(),
            )
        except Refusal as refusal:
            form.add_error(None, refusal.text)
        else:
            text = f"{held.member.name} is off your list. What was issued stays here."
            messages.success(request, text)
            return redirect("assignments", practice=door.practice.slug)
    page = removing(held, _record_url(door, held), today=today)
    context = {"page": page, "form": form, "page_title": f"Remove {page.name}"}
    status = 422 if form.errors else 200
    return render(request, "portal/member_remove.html", context, status=status)


def _sponsorship(
    request: HttpRequest, door: PracticeDoor, member_id: UUID
) -> Sponsorship:
    return get_object_or_404(
        Sponsorship.objects.of(door.practice)
        .open()
        .select_related("member", "practice"),
        member=member_id,
        program=term_program_asked(request),
    )


def _record_url(door: PracticeDoor, held: Sponsorship) -> str:
    place = reverse("member_record", args=[door.practice.slug, held.member_id])
    return f"{place}?{urlencode({'program': held.program})}"


def _edit_page(
    request: HttpRequest,
    door: PracticeDoor,
    held: Sponsorship,
    form: DetailsForm,
    refusal: Stale | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "name": held.member.name,
        "program": held.program,
        "job_roles": JOB_ROLES,
        "record_url": _record_url(door, held),
        "page_title": f"Edit details of {held.member.name}",
    }
    return _answer(request, "portal/member_edit.html", context, form, refusal)


def _answer(
    request: HttpRequest,
    template: str,
    context: dict[str, object],
    form: DetailsForm,
    refusal: Stale | None,
) -> HttpResponse:
    status = 422 if form.errors else 200
    if refusal is not None:
        first = form.visible_fields()[0].id_for_label
        context["errors"] = [{"text": refusal.text, "href": f"#{first}"}]
        status = refusal.status
    return render(request, template, context, status=status)
