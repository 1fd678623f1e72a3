"""One activity of a holder: what it gives, and why; and taking it back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.access import OWN, OwnDoor
from accounts.routes import route
from ce_credits.models import Activity
from ce_credits.services import withdraw as take_back
from core import clock
from core.failures import Missing, Stale
from credentials.policy import zone_of
from portal.queries.activity import my_activity
from portal.queries.activity_withdrawing import withdrawing
from portal.queries.places import in_program
from portal.sent import number_sent
from portal.views.ce_writing import own_activity


@route(permission=OWN)
def activity(
    request: HttpRequest, door: OwnDoor, activity_id: UUID
) -> HttpResponseBase:
    """Show one activity with its history."""
    found = own_activity(door, activity_id)
    today = clock.today(zone_of(found.program))
    page = my_activity(door.member, activity_id, today=today)
    if page is None:
        raise Missing("Not found.")
    context = {"page": page, "page_title": page.title}
    return render(request, "portal/activity.html", context)


@route(permission=OWN, methods=("GET", "POST"))
def withdraw(
    request: HttpRequest, door: OwnDoor, activity_id: UUID
) -> HttpResponseBase:
    """Ask before an activity is taken back, naming it; then take it back."""
    found = own_activity(door, activity_id)
    today = clock.today(zone_of(found.program))
    if request.method != "POST":
        page = withdrawing(door.member, found, today=today)
        context = {"page": page, "page_title": page.heading}
        return render(request, "portal/ce_withdraw.html", context)
    draft = found.state == Activity.State.DRAFT
    try:
        take_back(
            actor=door.actor,
            activity=found,
            seen=number_sent(request.POST, "seen"),
            today=today,
            now=clock.now(),
        )
    except Stale as stale:
        messages.warning(request, stale.text)
        return redirect("my_activity", activity_id=found.pk)
    done = "Discarded" if draft else "Withdrawn"
    messages.success(request, f"{done}: {found}.")
    return redirect(in_program(reverse("me"), found.program))
