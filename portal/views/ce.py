"""The holder's CE: one activity, what it gives, and why."""

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from accounts.access import OWN, OwnDoor
from accounts.routes import route
from core.failures import Missing
from portal.queries.activity import my_activity


@route(permission=OWN)
def activity(
    request: HttpRequest, door: OwnDoor, activity_id: UUID
) -> HttpResponseBase:
    """Show one activity with its history."""
    page = my_activity(door.member, activity_id)
    if page is None:
        raise Missing("Not found.")
    context = {"page": page, "page_title": page.title}
    return render(request, "portal/activity.html", context)
