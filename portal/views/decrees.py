"""A body's managers: more time for many at once, with a preview first."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.access import STAFF_APPLICATIONS, StaffDoor
from accounts.routes import route
from core import clock
from core.failures import FieldProblem, NotUsable, Refusal, Stale
from core.files.tables import read_table
from core.showing import show_on
from credentials.policy import policy_for
from portal.forms.decrees import DecreeForm
from portal.programs import check_cycles
from portal.queries.decrees import (
    Preview,
    cycles_to_choose,
    decree_of,
    decrees,
    one_decree,
    preview_of,
)
from portal.queries.paging import page_number
from portal.queries.places import body_name
from portal.sent import sent
from portal.views.bodies import body_today
from renewals.queries import MOST_DECREED
from renewals.services import decree_more_time, preview_decree

BOTH = ("GET", "POST")


@route(permission=STAFF_APPLICATIONS)
def listed(request: HttpRequest, door: StaffDoor) -> HttpResponseBase:
    """List the decrees of a body."""
    check_cycles(door.program)
    number = page_number(request.GET.get("page", "1"))
    page = decrees(door.program, number=number)
    context = {"page": page, "page_title": f"{page.body_name} decrees"}
    return render(request, "portal/staff_decrees.html", context)


@route(permission=STAFF_APPLICATIONS, methods=BOTH)
def new(request: HttpRequest, door: StaffDoor) -> HttpResponseBase:
    """Ask whom, until when and why; on POST show the preview, then decree."""
    check_cycles(door.program)
    form = _form(request, door)
    if request.method != "POST":
        return _page(request, door, form)
    if not form.is_valid():
        return _page(request, door, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        form = _with_file(request, door, form)
        if sent(request.POST, "act", 10) != "decree":
            return _page(request, door, form, _preview(door, form))
        made = decree_more_time(
            actor=door.actor,
            program=door.program,
            asked=form.asked,
            seen=form.cleaned_data["seen"],
            key=form.key,
            today=body_today(door),
            now=clock.now(),
        )
    except Stale as stale:
        show_on(form, stale)
        return _page(request, door, form, _preview(door, form), stale.status)
    except Refusal as refusal:
        show_on(form, refusal)
        return _page(request, door, form, status=refusal.status)
    messages.success(request, f"Decree {made.number} is made. The mails go out now.")
    return redirect("staff_decree", program=door.program, decree_id=made.pk)


@route(permission=STAFF_APPLICATIONS)
def decree(request: HttpRequest, door: StaffDoor, decree_id: UUID) -> HttpResponseBase:
    """Show one decree: how far it is, and whom it gave what."""
    check_cycles(door.program)
    number = page_number(request.GET.get("page", "1"))
    page = one_decree(decree_of(door.program, decree_id), number=number)
    context = {"page": page, "page_title": page.title}
    return render(request, "portal/staff_decree.html", context)


def _form(request: HttpRequest, door: StaffDoor, numbers: str = "") -> DecreeForm:
    today = body_today(door)
    held = policy_for(door.program, on=today).credentials
    data, files = None, None
    if request.method == "POST":
        data, files = request.POST.copy(), request.FILES
    if data is not None and numbers:
        data["numbers"], files = numbers, None
    return DecreeForm(
        cycles_to_choose(door.program, today),
        [(each.code, f"{each.title} ({each.code})") for each in held],
        data,
        files,
    )


def _with_file(request: HttpRequest, door: StaffDoor, form: DecreeForm) -> DecreeForm:
    """Write the numbers of a file into the form, where the confirmation sends them.

    Raises:
        NotUsable: the file can't be read, or names more than a decree may.
    """
    upload = form.cleaned_data["file"]
    if not upload:
        return form
    rows = read_table(upload)[1:]
    if len(rows) > MOST_DECREED:
        text = f"This file has {len(rows):,} rows, more than {MOST_DECREED:,}."
        raise NotUsable(text, [FieldProblem("file", text)])
    found = _form(request, door, "\n".join(cells[0].strip() for _, cells in rows))
    if not found.is_valid():
        text = "The numbers of this file can't be used."
        raise NotUsable(text, [FieldProblem("file", text)])
    return found


def _preview(door: StaffDoor, form: DecreeForm) -> Preview:
    plan = preview_decree(
        actor=door.actor,
        program=door.program,
        asked=form.asked,
        today=body_today(door),
    )
    return preview_of(plan)


def _page(
    request: HttpRequest,
    door: StaffDoor,
    form: DecreeForm,
    preview: Preview | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    if preview is not None:
        assert isinstance(form.data, QueryDict)
        # A QueryDict that is unpacked gives lists, which a form would show as such.
        form.data = {**form.data.dict(), "seen": preview.digest}
    context = {
        "form": form,
        "preview": preview,
        "back_url": reverse("staff_decrees", kwargs={"program": door.program}),
        "body_name": body_name(door.program),
        "page_title": "More time for many",
    }
    return render(request, "portal/staff_decree_new.html", context, status=status)
