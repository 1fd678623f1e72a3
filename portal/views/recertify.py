"""Applying in one's cycle: the task list, keeping a draft, submitting, withdrawing."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from accounts.access import OWN, OwnDoor
from accounts.routes import route
from core import clock
from core.failures import Missing, NotUsable, Refusal, Stale
from core.showing import show_on
from credentials.policy import zone_of
from portal.forms import ApplicationForm, SeenForm
from portal.programs import cycle_program_named
from portal.queries.recertify import (
    ROUTES,
    application_of,
    application_page,
    living_of,
)
from portal.queries.recertify_withdrawing import withdrawing
from portal.sent import sent
from portal.services import submit_own
from renewals.models import Recertification
from renewals.rules.cycles import ApplicationKind
from renewals.services import (
    Written,
    keep_application,
    withdraw_application,
)

BOTH = ("GET", "POST")
State = Recertification.State


@route(permission=OWN, methods=BOTH)
def recertify(request: HttpRequest, door: OwnDoor) -> HttpResponseBase:
    """Show the application for recertification; on POST keep or submit it."""
    return _application(request, door, "recertification")


@route(permission=OWN, methods=BOTH)
def extension(request: HttpRequest, door: OwnDoor) -> HttpResponseBase:
    """Show the request for more time; on POST keep or submit it."""
    return _application(request, door, "extension")


@route(permission=OWN, methods=BOTH)
def reinstatement(request: HttpRequest, door: OwnDoor) -> HttpResponseBase:
    """Show the application for reinstatement; on POST keep or submit it."""
    return _application(request, door, "reinstatement")


@route(permission=OWN, methods=BOTH)
def withdraw(
    request: HttpRequest, door: OwnDoor, application_id: UUID
) -> HttpResponseBase:
    """Say what withdrawing an application does; on POST withdraw it."""
    program = cycle_program_named(request)
    row = application_of(door.member, application_id, program=program)
    errors: list[dict[str, str]] = []
    form = SeenForm(request.POST if request.method == "POST" else None)
    status = HTTPStatus.OK
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_application(
                actor=door.actor,
                application=row,
                seen=form.cleaned_data["seen"],
                today=clock.today(zone_of(program)),
                now=clock.now(),
            )
        except Missing:
            raise
        except Refusal as refusal:
            errors = [{"text": refusal.text, "href": "#main"}]
            status = HTTPStatus(refusal.status)
            row = application_of(door.member, application_id, program=program)
        else:
            messages.success(request, "Withdrawn.")
            return redirect(ROUTES[row.kind], program=program)
    elif request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    page = withdrawing(row)
    context = {
        "page": page,
        "form": form,
        "errors": errors,
        "page_title": page.heading,
    }
    return render(request, "portal/recertify_withdraw.html", context, status=status)


def _application(
    request: HttpRequest, door: OwnDoor, kind: ApplicationKind
) -> HttpResponseBase:
    program = cycle_program_named(request)
    if request.method != "POST":
        return _page(request, door, kind, None)
    form = ApplicationForm(request.POST)
    if not form.is_valid():
        return _page(request, door, kind, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    submits = sent(request.POST, "act", 10) == "submit"
    try:
        row = _keep(door, program, kind, form)
        if submits:
            today = clock.today(zone_of(program))
            row = submit_own(door=door, application=row, today=today, now=clock.now())
    except NotUsable as refusal:
        show_on(form, refusal)
        return _again(request, door, kind, form, refusal.status)
    except Missing:
        raise
    except Refusal as refusal:
        if (
            isinstance(refusal, Stale)
            and submits
            and _sent_already(door, program, kind)
        ):
            # Pressed twice: the first press did it.
            return redirect(ROUTES[kind], program=program)
        form.add_error(None, refusal.text)
        return _again(request, door, kind, form, refusal.status)
    messages.success(request, _done(row, submits=submits))
    return redirect(ROUTES[kind], program=program)


def _keep(
    door: OwnDoor, program: str, kind: ApplicationKind, form: ApplicationForm
) -> Recertification:
    row = living_of(door.member, program, kind)
    if row is not None and row.needs_order:
        # What was sent stays as it was written; only its order is placed anew.
        return row
    facts = form.cleaned_data
    return keep_application(
        actor=door.actor,
        member=door.member,
        program=program,
        kind=kind,
        seen=facts["seen"],
        written=Written(facts["name"], facts["declared"]),
        today=clock.today(zone_of(program)),
        now=clock.now(),
    )


def _sent_already(door: OwnDoor, program: str, kind: ApplicationKind) -> bool:
    row = living_of(door.member, program, kind)
    return row is not None and row.state in {State.AWAITING, State.OPEN}


def _done(row: Recertification, *, submits: bool) -> str:
    if not submits:
        return "Kept. You can go on with it until its window closes."
    if row.order is None:
        return "Submitted. It is under review."
    return f"Submitted. Order {row.order.number} waits for your payment."


def _again(
    request: HttpRequest,
    door: OwnDoor,
    kind: ApplicationKind,
    form: ApplicationForm,
    status: int,
) -> HttpResponse:
    """Show what was typed once more, to be sent over what is there now."""
    row = living_of(door.member, cycle_program_named(request), kind)
    data = request.POST.copy()
    data["seen"] = str(row.version if row and row.lives else 0)
    form.data = data
    return _page(request, door, kind, form, status)


def _page(
    request: HttpRequest,
    door: OwnDoor,
    kind: ApplicationKind,
    form: ApplicationForm | None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    program = cycle_program_named(request)
    today = clock.today(zone_of(program))
    page = application_page(door.member, program, kind, today=today, now=clock.now())
    row = living_of(door.member, program, kind)
    if form is None:
        kept = row if row and row.lives else None
        initial = {
            "seen": page.version,
            "name": kept.name if kept else page.name,
            "declared": kept.declared if kept else False,
        }
        form = ApplicationForm(initial=initial)
    context = {"page": page, "form": form, "page_title": page.title}
    return render(request, "portal/recertify.html", context, status=status)
