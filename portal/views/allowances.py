"""A body's managers allow somebody more time, or another try of a course's test."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from accounts.access import OWN_RECORD, STAFF_CERTIFY, StaffDoor, is_own_record
from accounts.models import Member
from accounts.routes import route
from core import clock
from core.failures import Missing, Refusal
from core.showing import show_on
from courses.services import allow_another_try, extend_time
from portal.forms.allowances import TimeForm, TryForm
from portal.programs import uuid_or_none
from portal.queries.allowances import (
    allowances_page,
    allowed_words,
    enrolment_to_allow,
    learner_of,
)
from portal.sent import sent
from portal.views.bodies import body_today

BOTH = ("GET", "POST")
Form = TimeForm | TryForm


@route(permission=STAFF_CERTIFY, methods=BOTH)
def allowances(
    request: HttpRequest, door: StaffDoor, member_id: UUID
) -> HttpResponseBase:
    """Show what somebody was allowed; on POST allow another try, or more time."""
    body_today(door)
    member = learner_of(door.program, member_id)
    if request.method != "POST":
        return _page(request, door, member)
    act = sent(request.POST, "act", 10)
    if act not in {"time", "try"}:
        raise Missing("Not found.")
    form: Form = (TimeForm if act == "time" else TryForm)(request.POST)
    if not form.is_valid():
        return _page(request, door, member, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        said = _allow(request, door, member, form)
    except Missing:
        raise
    except Refusal as refusal:
        show_on(form, refusal)
        return _page(request, door, member, form, refusal.status)
    messages.success(request, said)
    return redirect("staff_allowances", program=door.program, member_id=member.pk)


def _allow(request: HttpRequest, door: StaffDoor, member: Member, form: Form) -> str:
    today, now, said = body_today(door), clock.now(), form.cleaned_data
    if isinstance(form, TimeForm):
        made = extend_time(
            actor=door.actor,
            member=member,
            program=door.program,
            percent=said["percent"],
            reason=said["reason"],
            today=today,
            now=now,
        )
        return (
            "Saved. It holds from the next exam or test on." if made else "As it was."
        )
    enrolment = enrolment_to_allow(
        member, door.program, uuid_or_none(request.POST.get("enrolment", ""))
    )
    allow_another_try(
        actor=door.actor,
        enrolment=enrolment,
        reason=said["reason"],
        today=today,
        now=now,
    )
    return allowed_words(enrolment, today)


def _page(
    request: HttpRequest,
    door: StaffDoor,
    member: Member,
    form: Form | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    page = allowances_page(member, door.program)
    time = form if isinstance(form, TimeForm) else TimeForm()
    context = {
        "page": page,
        "form": form,
        "time_form": time,
        "try_form": form if isinstance(form, TryForm) else TryForm(),
        "blocked": OWN_RECORD if is_own_record(door.actor.user_id, member) else "",
        "page_title": f"Exams of {page.name}",
    }
    return render(request, "portal/staff_allowances.html", context, status=status)
