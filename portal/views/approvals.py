"""An outside sponsor applies to have an activity approved, and reports attendance."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render

from accounts.access import SIGNED_IN, PersonDoor
from accounts.routes import route
from ce_credits.models import ApprovalApplication
from ce_credits.rules import kept_typed
from ce_credits.services import (
    change_approved,
    check_attendance,
    read_attendance,
    save_application,
    send_application,
    start_application,
    withdraw_application,
)
from core import clock
from core.failures import NotUsable, Refusal, Stale
from core.files import shown_name
from core.files.tables import read_table
from core.showing import show_on
from credentials.policy import approval_programs, policy_for, zone_of
from portal.forms.approvals import AttendanceForm, ProgrammeForm, typed_programme
from portal.programs import uuid_or_none
from portal.queries.approvals import (
    approval_page,
    approval_rules,
    approvals_page,
    own_approval,
)
from portal.queries.paging import page_number
from portal.queries.places import body_name
from portal.sent import number_sent, sent
from portal.views.keys import fresh_key

BOTH = ("GET", "POST")
WRONG = HTTPStatus.UNPROCESSABLE_ENTITY
# The buttons that add a row, each with what it adds a row to.
ADDS = {"add_day": "days", "add_part": "parts", "add_speaker": "speakers"}
State = ApprovalApplication.State


@route(permission=SIGNED_IN)
def listed(request: HttpRequest, door: PersonDoor) -> HttpResponseBase:
    """List what somebody applied for, and the bodies that approve activities."""
    page = approvals_page(door.person, number=page_number(request.GET.get("page", "1")))
    context = {"page": page, "page_title": "Activity approval"}
    return render(request, "portal/approvals.html", context)


@route(permission=SIGNED_IN, methods=BOTH)
def new(request: HttpRequest, door: PersonDoor) -> HttpResponseBase:
    """Ask for the programme; on POST begin a draft, and send it where that is meant."""
    asked = request.POST if request.method == "POST" else request.GET
    program = sent(asked, "program", 20) or approval_programs()[0]
    today = clock.today(zone_of(program)) if program in approval_programs() else None
    # A body that approves nothing is one that isn't there.
    approval_rules(program, today or clock.now().date())
    if request.method != "POST":
        return _form(request, program, kept_typed({}))
    assert today is not None
    draft = start_application(
        actor=door.actor,
        user=door.person,
        program=program,
        typed=typed_programme(request.POST),
        key=uuid_or_none(sent(request.POST, "form_key", 64)),
        today=today,
        now=clock.now(),
    )
    return _goes_on(request, door, draft)


@route(permission=SIGNED_IN, methods=BOTH)
def edit(
    request: HttpRequest, door: PersonDoor, application_id: UUID
) -> HttpResponseBase:
    """Show what is written; on POST keep it, add a row, or send it."""
    found = own_approval(door.person, application_id)
    if found.state not in ApprovalApplication.OPEN:
        return redirect("approval", application_id=found.pk)
    if request.method != "POST":
        return _form(request, found.program, found.typed, found)
    return _goes_on(request, door, found)


@route(permission=SIGNED_IN, methods=BOTH)
def approval(
    request: HttpRequest, door: PersonDoor, application_id: UUID
) -> HttpResponseBase:
    """Show an application; on POST withdraw it, change it, or check who attended."""
    found = own_approval(door.person, application_id)
    if request.method != "POST":
        return _page(request, found, AttendanceForm())
    if request.POST.get("do") == "withdraw":
        return _withdrawn(request, door, found)
    if request.POST.get("do") == "change":
        return _changed(request, door, found)
    form = AttendanceForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, found, form, WRONG)
    upload = form.cleaned_data["file"]
    try:
        made = check_attendance(
            actor=door.actor,
            user=door.person,
            application=found,
            name=shown_name(upload.name),
            sent=read_attendance(rows=read_table(upload)),
            today=clock.today(zone_of(found.program)),
            now=clock.now(),
        )
    except Refusal as refusal:
        show_on(form, refusal)
        return _page(request, found, form, refusal.status)
    return redirect("approval_list", application_id=found.pk, list_id=made.pk)


def _withdrawn(
    request: HttpRequest, door: PersonDoor, found: ApprovalApplication
) -> HttpResponseBase:
    try:
        withdraw_application(
            actor=door.actor,
            application=found,
            seen=number_sent(request.POST, "seen"),
            today=clock.today(zone_of(found.program)),
            now=clock.now(),
        )
    except Refusal as refusal:
        messages.info(request, refusal.text)
    else:
        messages.success(request, "Withdrawn. Nothing comes of it.")
    return redirect("approval", application_id=found.pk)


def _changed(
    request: HttpRequest, door: PersonDoor, found: ApprovalApplication
) -> HttpResponseBase:
    try:
        change = change_approved(
            actor=door.actor,
            user=door.person,
            application=found,
            seen=number_sent(request.POST, "seen"),
            now=clock.now(),
        )
    except Refusal as refusal:
        messages.info(request, refusal.text)
        return redirect("approval", application_id=found.pk)
    return redirect("approval_edit", application_id=change.pk)


def _goes_on(
    request: HttpRequest, door: PersonDoor, draft: ApprovalApplication
) -> HttpResponseBase:
    """Keep what was typed, and do what the button says."""
    typed, do = typed_programme(request.POST), sent(request.POST, "do", 20)
    if do == "send":
        return _sent(request, door, draft, typed)
    try:
        _saved(request, draft, typed)
    except Stale as stale:
        kept = kept_typed(typed)
        return _form(request, draft.program, kept, draft, refusal=stale)
    if do in ADDS:
        return _form(request, draft.program, draft.typed, draft, {ADDS[do]: 1})
    messages.success(request, "Saved. Nobody but you sees it before you send it.")
    return redirect("approval_edit", application_id=draft.pk)


def _sent(
    request: HttpRequest,
    door: PersonDoor,
    draft: ApprovalApplication,
    typed: Mapping[str, Any],
) -> HttpResponseBase:
    try:
        send_application(
            actor=door.actor,
            user=door.person,
            application=draft,
            typed=typed,
            answer=sent(request.POST, "answer", 5000),
            seen=_seen(request.POST, draft),
            today=clock.today(zone_of(draft.program)),
            now=clock.now(),
        )
    except NotUsable as refusal:
        return _not_sent(request, draft, typed, refusal)
    except Refusal as refusal:
        messages.info(request, refusal.text)
    else:
        name = body_name(draft.program)
        messages.success(request, f"Sent. {name} looks at it; you get a mail.")
    return redirect("approval", application_id=draft.pk)


def _not_sent(
    request: HttpRequest,
    draft: ApprovalApplication,
    typed: Mapping[str, Any],
    refusal: Refusal,
) -> HttpResponse:
    """Keep what can't be sent yet as it was typed, and say what stands in the way."""
    try:
        _saved(request, draft, typed)
    except Stale as stale:
        refusal = stale
    kept = kept_typed(typed)
    return _form(request, draft.program, kept, draft, refusal=refusal)


def _saved(
    request: HttpRequest, draft: ApprovalApplication, typed: Mapping[str, Any]
) -> None:
    # The form that begins a draft has not seen it saved.
    saves = number_sent(request.POST, "saves") if "saves" in request.POST else 0
    save_application(application=draft, typed=typed, seen_saves=saves, now=clock.now())


def _seen(data: QueryDict, draft: ApprovalApplication) -> int:
    """Tell which version the page showed; a form that began it showed the first."""
    return number_sent(data, "seen") if "seen" in data else draft.version


def _form(
    request: HttpRequest,
    program: str,
    typed: Mapping[str, Any],
    draft: ApprovalApplication | None = None,
    more: Mapping[str, int] | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    today = clock.today(zone_of(program))
    asked = draft is not None and draft.state == State.ASKED
    form = ProgrammeForm(
        typed,
        policy_for(program, on=today),
        approval_rules(program, today),
        more,
        asked=asked,
        answer=sent(request.POST, "answer", 5000),
    )
    if refusal is not None:
        show_on(form, refusal)
    step = draft.steps.last() if draft and asked else None
    context = {
        "form": form,
        "draft": draft,
        "program": program,
        "body_name": body_name(program),
        "question": step.words if step else "",
        "form_key": fresh_key(),
        "page_title": "Apply for approval",
    }
    status = refusal.status if refusal else HTTPStatus.OK
    return render(request, "portal/approval_edit.html", context, status=status)


def _page(
    request: HttpRequest,
    found: ApprovalApplication,
    form: AttendanceForm,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    page = approval_page(found)
    context = {"page": page, "form": form, "page_title": page.row.title}
    return render(request, "portal/approval.html", context, status=status)
