"""A practice's people: who has an account, who is invited, and inviting."""

from http import HTTPStatus
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import date as spelled
from django.urls import reverse

from accounts.access import PRACTICE_PEOPLE, PracticeDoor
from accounts.forms import InviteForm, show
from accounts.models import Invitation, Member, Practice
from accounts.queries import (
    AccountState,
    Person,
    main_program,
    people_of,
    program_of,
)
from accounts.routes import route
from accounts.services import invite, send_again
from accounts.views.bodies import programs, zone_of
from accounts.views.tabs import settings_tabs
from core.clock import now
from core.failures import Refusal
from core.shown import ending

TONES = {
    AccountState.ACTIVE: ("ok", "Active"),
    AccountState.SWITCHED_OFF: ("neutral", "Switched off"),
    AccountState.NONE: ("neutral", "No account"),
    AccountState.DECLINED: ("neutral", "Not accepted"),
}
NO_ACCOUNT = (AccountState.NONE, AccountState.DECLINED)


@route(permission=PRACTICE_PEOPLE, methods=("GET", "POST"))
def people(request: HttpRequest, door: PracticeDoor) -> HttpResponse:
    """Show who can sign in; invite somebody."""
    program = main_program(door.practice)
    form = InviteForm(request.POST or None, programs=programs(), program=program)
    status = HTTPStatus.OK
    if request.method == "POST":
        status = _invite(request, door, form)
        if status is HTTPStatus.OK:
            return redirect("people", practice=door.practice.slug)
    return _page(request, door.practice, form, program, status)


@route(permission=PRACTICE_PEOPLE, methods=("POST",))
def resend(request: HttpRequest, door: PracticeDoor, invitation: UUID) -> HttpResponse:
    """Send an invitation again; the link sent before stops working."""
    found = get_object_or_404(Invitation.objects.of(door.practice), pk=invitation)
    try:
        send_again(actor=door.actor, invitation=found, now=now())
    except Refusal as refusal:
        messages.error(request, refusal.text)
    else:
        messages.success(request, f"Invitation sent to {found.email}.")
    return redirect("people", practice=door.practice.slug)


@route(permission=PRACTICE_PEOPLE, methods=("POST",))
def invite_member(
    request: HttpRequest, door: PracticeDoor, member: UUID
) -> HttpResponse:
    """Invite somebody who is on the list but has no account."""
    found = get_object_or_404(Member.objects.of(door.practice), pk=member)
    try:
        invite(
            actor=door.actor,
            practice=door.practice,
            program=program_of(found, door.practice),
            first_name=found.first_name,
            last_name=found.last_name,
            email=found.email,
            member=found,
            now=now(),
        )
    except Refusal as refusal:
        messages.error(request, refusal.text)
    else:
        messages.success(request, f"Invitation sent to {found.email}.")
    return redirect("people", practice=door.practice.slug)


def _invite(request: HttpRequest, door: PracticeDoor, form: InviteForm) -> HTTPStatus:
    if not form.is_valid():
        return HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        invitation = invite(
            actor=door.actor,
            practice=door.practice,
            program=form.program_code,
            first_name=form.cleaned_data["first_name"],
            last_name=form.cleaned_data["last_name"],
            email=form.cleaned_data["email"],
            now=now(),
        )
    except Refusal as refusal:
        show(refusal, form)
        return HTTPStatus(refusal.status)
    messages.success(request, f"Invitation sent to {invitation.email}.")
    return HTTPStatus.OK


def _page(
    request: HttpRequest,
    practice: Practice,
    form: InviteForm,
    program: str,
    status: HTTPStatus,
) -> HttpResponse:
    found = people_of(practice, page=request.GET.get("page", "1"), now=now())
    zone = zone_of(program if program in programs() else programs()[0])
    page = {
        "practice_name": practice.name,
        "tabs": settings_tabs(practice, "people"),
        "verdict": _verdict(found.members, found.waiting),
        "people": [_line(person, practice, zone) for person in found.people],
        "page_obj": {
            "number": found.number,
            "pages": found.pages,
            "total": found.members,
            "prev_url": f"?page={found.number - 1}" if found.number > 1 else "",
            "next_url": f"?page={found.number + 1}"
            if found.number < found.pages
            else "",
        },
    }
    context = {"page_title": "People", "page": page, "form": form}
    return render(request, "accounts/people.html", context, status=status)


def _verdict(members: int, waiting: int) -> str:
    on_list = "1 person is" if members == 1 else f"{members} people are"
    invited = "1 invitation waits" if waiting == 1 else f"{waiting} invitations wait"
    return f"{on_list} on your list. {invited} for an answer."


def _line(person: Person, practice: Practice, zone: ZoneInfo) -> dict[str, Any]:
    send_url, label = "", ""
    if person.invitation_id:
        label = "Send again"
        send_url = reverse(
            "resend_invitation",
            kwargs={"practice": practice.slug, "invitation": person.invitation_id},
        )
    elif person.member_id and person.state in NO_ACCOUNT:
        label = "Send invitation"
        send_url = reverse(
            "invite_member",
            kwargs={"practice": practice.slug, "member": person.member_id},
        )
    return {
        "name": person.name,
        "email": person.email,
        "role": person.role,
        "tag": _tag(person, zone),
        "resend_url": send_url,
        "send_label": label,
    }


def _tag(person: Person, zone: ZoneInfo) -> dict[str, str]:
    if person.expires_at is None or person.invited_at is None:
        tone, word = TONES[person.state]
        return {"tone": tone, "word": word}
    ends = ending(person.expires_at, person.invited_at, zone)
    day = spelled(ends, "M j, Y")
    if person.state is AccountState.INVITED:
        return {"tone": "info", "word": f"Invited until {day}"}
    return {"tone": "warn", "word": f"Invitation ended {day}"}
