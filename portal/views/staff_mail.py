"""A body's staff: what mail was sent, what work failed, and once more."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render

from accounts.access import STAFF_RETRY, STAFF_SEE, StaffDoor
from accounts.models import StaffRole
from accounts.routes import route
from certificates.services import retry_paper
from core import clock
from core.failures import Missing, Refusal
from credentials.policy import programs
from notifications.services import send_again
from portal.queries.paging import page_number
from portal.queries.staff_jobs import failed_paper, staff_jobs
from portal.queries.staff_mail import (
    TAGS,
    Filters,
    letter_of,
    staff_letter,
    staff_mail,
)
from portal.sent import sent


@route(permission=STAFF_SEE)
def mail(request: HttpRequest, door: StaffDoor) -> HttpResponseBase:
    """List the mail that was written in the body's name."""
    _known(door)
    state = sent(request.GET, "state", 11)
    filters = Filters(
        state=state if state in set(TAGS) else "",
        kind=sent(request.GET, "kind", 40),
        q=sent(request.GET, "q", 100),
    )
    number = page_number(request.GET.get("page", "1"))
    page = staff_mail(door.program, filters, number=number)
    context = {"page": page, "page_title": f"{page.body_name} mail"}
    return render(request, "portal/staff_mail.html", context)


@route(permission=STAFF_SEE)
def letter(request: HttpRequest, door: StaffDoor, message_id: UUID) -> HttpResponseBase:
    """Show one message with its words."""
    _known(door)
    message = letter_of(door.program, message_id)
    page = staff_letter(message, door.program, acts=_acts(door))
    context = {"page": page, "acts": _acts(door), "page_title": page.row.subject}
    return render(request, "portal/staff_letter.html", context)


@route(permission=STAFF_RETRY, methods=("POST",))
def again(request: HttpRequest, door: StaffDoor, message_id: UUID) -> HttpResponseBase:
    """Have a message sent again."""
    _known(door)
    message = letter_of(door.program, message_id)
    seen = sent(request.POST, "seen", 40)
    try:
        send_again(actor=door.actor, message=message, seen=seen, now=clock.now())
    except Refusal as refusal:
        messages.info(request, refusal.text)
    else:
        text = f"The message to {message.recipient} will be sent again in a moment."
        messages.success(request, text)
    return redirect("staff_letter", program=door.program, message_id=message.pk)


@route(permission=STAFF_SEE)
def jobs(request: HttpRequest, door: StaffDoor) -> HttpResponseBase:
    """Show the work that failed, and what waits."""
    _known(door)
    page = staff_jobs(
        door.program,
        acts=_acts(door),
        number=page_number(request.GET.get("page", "1")),
        now=clock.now(),
    )
    context = {"page": page, "page_title": f"{page.body_name} jobs"}
    return render(request, "portal/staff_jobs.html", context)


@route(permission=STAFF_RETRY, methods=("POST",))
def retry(
    request: HttpRequest, door: StaffDoor, certificate_id: UUID
) -> HttpResponseBase:
    """Have a PDF that could not be made tried again."""
    _known(door)
    found = failed_paper(door.program, certificate_id)
    try:
        retry_paper(actor=door.actor, certificate=found, now=clock.now())
    except Refusal as refusal:
        messages.info(request, refusal.text)
    else:
        messages.success(request, f"The PDF of {found.number} is being made again.")
    return redirect("staff_jobs", program=door.program)


def _acts(door: StaffDoor) -> bool:
    return door.role == StaffRole.Role.MANAGER


def _known(door: StaffDoor) -> None:
    """Make sure that the body has a policy.

    Raises:
        Missing: it has none, so there is nothing here yet.
    """
    if door.program not in programs():
        raise Missing("Not found.")
