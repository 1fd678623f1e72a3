"""A body's managers: applications to decide on, and who is in the society."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from accounts.access import (
    OWN_RECORD,
    STAFF_APPLICATIONS,
    STAFF_CERTIFY,
    StaffDoor,
    is_own_record,
)
from accounts.models import Member
from accounts.routes import route
from core import clock
from core.failures import FieldProblem, Missing, NotUsable, Refusal
from core.showing import show_on
from credentials.policy import zone_of
from credentials.services import end_society, record_society
from portal.forms import SocietyForm, VerdictForm
from portal.programs import check_cycles
from portal.queries.applications import (
    one_application,
    sent_application,
    society_page,
)
from portal.queries.staff import member_of
from portal.sent import sent
from portal.services import Act, act_on
from portal.views.bodies import body_today
from renewals.models import Recertification

BOTH = ("GET", "POST")


@route(permission=STAFF_APPLICATIONS, methods=BOTH)
def application(
    request: HttpRequest, door: StaffDoor, application_id: UUID
) -> HttpResponseBase:
    """Show one application; on POST approve, ask, refuse, hold or release it."""
    check_cycles(door.program)
    row = sent_application(door.program, application_id)
    if request.method != "POST":
        return _page(request, door, row, VerdictForm(seen=row.version))
    form = VerdictForm(request.POST, seen=row.version)
    if not form.is_valid():
        return _page(request, door, row, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        act = Act(
            sent(request.POST, "outcome", 10),
            form.cleaned_data["reason"],
            form.cleaned_data["seen"],
        )
        said = act_on(
            actor=door.actor,
            application=row,
            act=act,
            today=clock.today(zone_of(door.program)),
            now=clock.now(),
        )
    except Missing:
        raise
    except Refusal as refusal:
        show_on(form, refusal)
        row = sent_application(door.program, application_id)
        data = request.POST.copy()
        data["seen"] = str(row.version)
        form.data = data
        return _page(request, door, row, form, refusal.status)
    messages.success(request, said)
    return redirect("staff_applications", program=door.program)


@route(permission=STAFF_CERTIFY, methods=BOTH)
def society(request: HttpRequest, door: StaffDoor, member_id: UUID) -> HttpResponseBase:
    """Show somebody's society membership; on POST record that it begins or ends."""
    check_cycles(door.program)
    member = member_of(door.program, member_id)
    runs = society_page(member, door.program, today=body_today(door)).runs
    form = SocietyForm(request.POST if request.method == "POST" else None, runs=runs)
    if request.method != "POST":
        return _society_page(request, door, member, form)
    if not form.is_valid():
        return _society_page(
            request, door, member, form, HTTPStatus.UNPROCESSABLE_ENTITY
        )
    try:
        _record(door, member, form, ends=sent(request.POST, "act", 10) == "end")
    except Missing:
        raise
    except Refusal as refusal:
        show_on(form, refusal)
        return _society_page(request, door, member, form, refusal.status)
    messages.success(request, f"Recorded for {member.name}.")
    return redirect("staff_society", program=door.program, member_id=member.pk)


def _record(door: StaffDoor, member: Member, form: SocietyForm, *, ends: bool) -> None:
    """Record what the page's button said; the field is called `day` there."""
    day = form.cleaned_data["day"]
    try:
        if ends:
            end_society(
                actor=door.actor,
                member=member,
                program=door.program,
                until_on=day,
                now=clock.now(),
            )
        else:
            record_society(
                actor=door.actor,
                member=member,
                program=door.program,
                from_on=day,
                today=clock.today(zone_of(door.program)),
                now=clock.now(),
            )
    except NotUsable as refusal:
        text = refusal.text
        raise NotUsable(text, [FieldProblem("day", text)]) from refusal


def _page(
    request: HttpRequest,
    door: StaffDoor,
    row: Recertification,
    form: VerdictForm,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context = {
        "page": one_application(row, today=body_today(door)),
        "form": form,
        "blocked": OWN_RECORD if is_own_record(door.person.pk, row.member) else "",
        "page_title": f"{row.get_kind_display()} of {row.member.name}",
    }
    return render(request, "portal/staff_application.html", context, status=status)


def _society_page(
    request: HttpRequest,
    door: StaffDoor,
    member: Member,
    form: SocietyForm,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context = {
        "page": society_page(member, door.program, today=body_today(door)),
        "form": form,
        "blocked": OWN_RECORD if is_own_record(door.person.pk, member) else "",
        "page_title": f"Society membership of {member.name}",
    }
    return render(request, "portal/staff_society.html", context, status=status)
