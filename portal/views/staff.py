"""A body's staff: find a member, record what they earned, grant seats."""

from collections.abc import Callable
from functools import partial
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.access import (
    OWN_RECORD,
    STAFF_CERTIFY,
    STAFF_RECORD_CE,
    STAFF_SEATS,
    STAFF_SEE,
    StaffDoor,
    is_own_record,
)
from accounts.models import Member, StaffRole
from accounts.routes import route
from ce_credits.services import record_accepted_activity
from core import clock
from core.failures import NotUsable, Stale
from core.once import only_once
from core.showing import show_on
from credentials.policy import cycle_programs, policy_for
from credentials.services import grant_seats, record_certification, take_back_seats
from portal.forms import ActivityForm, CertificationForm, GrantForm
from portal.queries.lowering import practices_of_body
from portal.queries.paging import page_number
from portal.queries.staff import (
    grant_choices,
    member_of,
    staff_member,
    staff_seats,
)
from portal.queries.staff_members import staff_home
from portal.queries.standing_report import standing_url
from portal.sent import sent
from portal.views.bodies import body_today


@route(permission=STAFF_SEE)
def home(request: HttpRequest, door: StaffDoor) -> HttpResponseBase:
    """Search the body's members."""
    page = staff_home(
        door.program,
        q=sent(request.GET, "q", 100),
        number=page_number(request.GET.get("page", "1")),
        today=body_today(door),
    )
    manages = door.role == StaffRole.Role.MANAGER
    context = {
        "page": page,
        "standing_url": standing_url(door.program) if manages else "",
        "report_url": reverse("staff_good_standing", kwargs={"program": door.program})
        if manages
        else "",
        "register_url": reverse("staff_register", kwargs={"program": door.program})
        if manages and door.program in cycle_programs()
        else "",
        "page_title": f"{page.body_name} members",
    }
    return render(request, "portal/staff_home.html", context)


@route(permission=STAFF_SEE)
def member(request: HttpRequest, door: StaffDoor, member_id: UUID) -> HttpResponseBase:
    """Show one member, with the forms to record what they earned."""
    return _member_page(request, door, member_of(door.program, member_id))


@route(permission=STAFF_RECORD_CE, methods=("POST",))
def record_activity(
    request: HttpRequest, door: StaffDoor, member_id: UUID
) -> HttpResponseBase:
    """Record an activity staff accept."""
    found = member_of(door.program, member_id)
    today = body_today(door)
    form = ActivityForm(policy_for(door.program, on=today), request.POST)
    if form.is_valid():
        facts = form.cleaned_data
        record = partial(
            record_accepted_activity,
            actor=door.actor,
            member=found,
            program=door.program,
            kind=facts["kind"],
            title=facts["title"],
            on=facts["on"],
            minutes=form.typed_minutes,
            inputs=form.typed_inputs,
            proof=facts["proof"],
            reason=facts["reason"],
            determined=facts["credits"],
            today=today,
            now=clock.now(),
        )
        said = f"Recorded for {found.name}."
        if _recorded(request, door, form, "record_activity", record, said):
            return _to_member(door, found)
    return _member_page(request, door, found, activity_form=form, status=422)


@route(permission=STAFF_CERTIFY, methods=("POST",))
def certify(request: HttpRequest, door: StaffDoor, member_id: UUID) -> HttpResponseBase:
    """Record a credential somebody earned elsewhere."""
    found = member_of(door.program, member_id)
    today = body_today(door)
    form = CertificationForm(policy_for(door.program, on=today), request.POST)
    if form.is_valid():
        facts = form.cleaned_data
        record = partial(
            record_certification,
            actor=door.actor,
            member=found,
            program=door.program,
            code=facts["code"],
            earned_on=facts["earned_on"],
            proof=facts["proof"],
            number=facts["number"],
            today=today,
            now=clock.now(),
        )
        said = f"Recorded {facts['code']} for {found.name}."
        if _recorded(request, door, form, "certify", record, said):
            return _to_member(door, found)
    return _member_page(request, door, found, certification_form=form, status=422)


@route(permission=STAFF_SEATS, methods=("GET", "POST"))
def seats(request: HttpRequest, door: StaffDoor) -> HttpResponseBase:
    """Grant a practice seats, beside the ledger."""
    body_today(door)
    choices = grant_choices(door.program)
    lowers = sent(request.GET, "lower", 60)
    if lowers:
        practice = get_object_or_404(practices_of_body(door.program), slug=lowers)
        return redirect("staff_seats_lower", door.program, practice.pk)
    if request.method != "POST":
        form = GrantForm(choices, key=uuid4().hex)
        return _seats_page(request, door, form)
    form = GrantForm(choices, request.POST)
    if form.is_valid():
        facts = form.cleaned_data
        try:
            act = take_back_seats if facts["way"] == "back" else grant_seats
            pool = act(
                actor=door.actor,
                practice=facts["practice"],
                product=facts["product"],
                count=facts["count"],
                reason=facts["reason"],
                key=facts["form_key"],
                now=clock.now(),
            )
        except NotUsable as refusal:
            show_on(form, refusal)
        else:
            text = f"{facts['practice']} now has {pool.available} to assign."
            messages.success(request, text)
            return redirect("staff_seats", program=door.program)
    return _seats_page(request, door, form, status=422)


def _recorded(
    request: HttpRequest,
    door: StaffDoor,
    form: ActivityForm | CertificationForm,
    act: str,
    record: Callable[[], object],
    said: str,
) -> bool:
    """Record what a form says, once for its key; False where the form is shown again.

    Args:
        act: what the form is for; its key is of that alone.
        said: what is said where it was recorded now, not by the same form before.
    """
    try:
        with only_once(door.actor, act, form.cleaned_data["form_key"], clock.now()):
            record()
    except NotUsable as refusal:
        show_on(form, refusal)
        return False
    except Stale as stale:
        messages.info(request, stale.text)
    else:
        messages.success(request, said)
    return True


def _member_page(
    request: HttpRequest,
    door: StaffDoor,
    found: Member,
    *,
    activity_form: ActivityForm | None = None,
    certification_form: CertificationForm | None = None,
    status: int = 200,
) -> HttpResponse:
    today = body_today(door)
    policy = policy_for(door.program, on=today)
    key = uuid4().hex
    manages = door.role == StaffRole.Role.MANAGER
    if certification_form is None and manages and policy.credentials:
        certification_form = CertificationForm(policy, key=key)
    context = {
        "page": staff_member(found, door.program, today=today),
        "activity_form": activity_form or ActivityForm(policy, key=key),
        "certification_form": certification_form,
        "manages": manages,
        "blocked": OWN_RECORD if is_own_record(door.person.pk, found) else "",
        "page_title": found.name,
    }
    return render(request, "portal/staff_member.html", context, status=status)


def _seats_page(
    request: HttpRequest, door: StaffDoor, form: GrantForm, status: int = 200
) -> HttpResponse:
    number = page_number(request.GET.get("page", "1"))
    page = staff_seats(door.program, number=number)
    context = {
        "page": page,
        "form": form,
        "practices": [
            {"value": each.slug, "label": each.name}
            for each in practices_of_body(door.program)
        ],
        "page_title": f"{page.body_name} seats",
    }
    return render(request, "portal/staff_seats.html", context, status=status)


def _to_member(door: StaffDoor, found: Member) -> HttpResponse:
    return redirect("staff_member", program=door.program, member_id=found.pk)
