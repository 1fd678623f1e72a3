"""A practice's own pages."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.access import PRACTICE_ASSIGN, PRACTICE_SEE, PracticeDoor
from accounts.models import Sponsorship
from accounts.routes import route
from accounts.services import switch_renewal_mode
from core import clock
from core.failures import NotUsable
from credentials.policy import zone_of
from portal.programs import term_program_asked
from portal.queries.practice_home import practice_home
from portal.queries.record import member_record
from portal.sent import sent


@route(permission=PRACTICE_SEE)
def home(request: HttpRequest, door: PracticeDoor) -> HttpResponseBase:
    """Show what needs the administrator today."""
    program = term_program_asked(request)
    today = clock.today(zone_of(program))
    page = practice_home(door.practice, program, today=today)
    context = {"page": page, "page_title": door.practice.name}
    return render(request, "portal/practice_home.html", context)


@route(permission=PRACTICE_SEE)
def record(
    request: HttpRequest, door: PracticeDoor, member_id: UUID
) -> HttpResponseBase:
    """Show one person's record."""
    program = term_program_asked(request)
    today = clock.today(zone_of(program))
    found = member_record(
        door.practice,
        program,
        member_id,
        today=today,
        now=clock.now(),
    )
    context = {"record": found, "page_title": f"Member Record: {found.name}"}
    return render(request, "portal/member_record.html", context)


@route(permission=PRACTICE_ASSIGN, methods=("POST",))
def renewal_mode(
    request: HttpRequest, door: PracticeDoor, member_id: UUID
) -> HttpResponseBase:
    """Switch a member between auto-renewal and manual renewal (A11)."""
    held = get_object_or_404(
        Sponsorship.objects.of(door.practice).open().select_related("member"),
        member=member_id,
        program=term_program_asked(request),
    )
    mode = sent(request.POST, "mode", 10)
    name, now = held.member.name, clock.now()
    try:
        switched = switch_renewal_mode(
            actor=door.actor, sponsorship=held, mode=mode, now=now
        )
    except NotUsable as refusal:
        messages.error(request, f"{refusal.text} Nothing was changed.")
    else:
        label = Sponsorship.Mode(mode).label.lower()
        done = "is on" if switched else "was on"
        end = "now" if switched else "already"
        messages.success(request, f"{name} {done} {label} {end}.")
    place = reverse("member_record", args=[door.practice.slug, member_id])
    return redirect(f"{place}?{urlencode({'program': held.program})}")
