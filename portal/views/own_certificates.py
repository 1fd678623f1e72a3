"""One's own certificates, and the badges that one shares."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render

from accounts.access import OWN, OwnDoor
from accounts.routes import route
from certificates.services import share_badge as share
from certificates.services import withdraw_badge as withdraw
from core import clock
from credentials.policy import zone_of
from portal.queries.my_certificates import (
    my_certificates,
    own_badge,
    own_certification,
)


@route(permission=OWN)
def certificates(request: HttpRequest, door: OwnDoor) -> HttpResponseBase:
    """List what was issued to somebody."""
    page = my_certificates(
        door.member, today=lambda program: clock.today(zone_of(program))
    )
    context = {"page": page, "page_title": "Your certificates"}
    return render(request, "portal/my_certificates.html", context)


@route(permission=OWN, methods=("POST",))
def share_badge(
    request: HttpRequest, door: OwnDoor, certification_id: UUID
) -> HttpResponseBase:
    """Share the badge of a credential."""
    found = own_certification(door.member, certification_id)
    share(actor=door.actor, certification=found, now=clock.now())
    messages.success(request, f"Anybody with the address sees your {found.code} badge.")
    return redirect("my_certificates")


@route(permission=OWN, methods=("POST",))
def withdraw_badge(
    request: HttpRequest, door: OwnDoor, badge_id: UUID
) -> HttpResponseBase:
    """Withdraw a badge: its address shows nothing from now on."""
    found = own_badge(door.member, badge_id)
    withdraw(actor=door.actor, badge=found, now=clock.now())
    code = found.certification.code
    messages.success(request, f"Withdrawn. The address of your {code} badge is dead.")
    return redirect("my_certificates")
