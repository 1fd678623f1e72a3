"""A list of who attended an approved activity, before its sponsor sends it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render

from accounts.access import SIGNED_IN, PersonDoor
from accounts.routes import route
from ce_credits.services import send_attendance
from core import clock
from core.failures import Refusal
from portal.queries.approvals import own_approval
from portal.queries.attendance import list_tag, own_list
from portal.queries.places import body_name


@route(permission=SIGNED_IN, methods=("GET", "POST"))
def attendance(
    request: HttpRequest, door: PersonDoor, application_id: UUID, list_id: UUID
) -> HttpResponseBase:
    """Show a checked list; on POST send it to the body."""
    found = own_approval(door.person, application_id)
    listed = own_list(found, list_id)
    if request.method == "POST":
        try:
            send_attendance(actor=door.actor, attendance=listed, now=clock.now())
        except Refusal as refusal:
            messages.info(request, refusal.text)
        else:
            name = body_name(found.program)
            messages.success(request, f"Sent. It waits for {name}.")
        return redirect("approval", application_id=found.pk)
    context = {
        "attendance": listed,
        "application": found,
        "tag": list_tag(listed),
        "may_send": listed.sent_at is None and not listed.problems,
        "page_title": f"Check {listed}",
    }
    return render(request, "portal/approval_list.html", context)
