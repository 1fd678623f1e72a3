"""A body's managers: two accounts side by side, merging them, undoing it."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from accounts.access import OWN_RECORD, STAFF_MERGE, StaffDoor
from accounts.models import Duplicate
from accounts.routes import route
from core import clock
from core.failures import Missing, Refusal
from core.showing import show_on
from portal.forms.merging import MergeForm, NotMergedForm
from portal.programs import uuid_or_none
from portal.queries.merging import (
    duplicate_of,
    duplicates,
    is_ones_own,
    one_duplicate,
)
from portal.queries.paging import page_number
from portal.sent import sent
from portal.views.bodies import body_today
from renewals.services import merge_accounts, refuse_merge, undo_merge

BOTH = ("GET", "POST")
Form = MergeForm | NotMergedForm
SAID = {
    "merge": "Merged. A mail goes to both addresses.",
    "refuse": "Not merged. A mail says why.",
    "undo": "Undone. Both accounts are as they were.",
}


@route(permission=STAFF_MERGE)
def listed(request: HttpRequest, door: StaffDoor) -> HttpResponseBase:
    """List who reported that another account is theirs too."""
    number = page_number(request.GET.get("page", "1"))
    page = duplicates(door.program, number=number)
    context = {"page": page, "page_title": f"{page.body_name} two accounts"}
    return render(request, "portal/staff_duplicates.html", context)


@route(permission=STAFF_MERGE, methods=BOTH)
def duplicate(
    request: HttpRequest, door: StaffDoor, duplicate_id: UUID
) -> HttpResponseBase:
    """Compare two accounts; on POST merge them, refuse to, or undo it."""
    row = duplicate_of(door.program, duplicate_id)
    if request.method != "POST":
        return _page(request, door, row, uuid_or_none(request.GET.get("keep", "")))
    act = sent(request.POST, "act", 10)
    if act not in SAID:
        raise Missing("Not found.")
    keep = uuid_or_none(request.POST.get("keep", "")) or row.member_id
    form: Form = (MergeForm if act == "merge" else NotMergedForm)(request.POST)
    if not form.is_valid():
        return _page(request, door, row, keep, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        _act(door, row, act, keep, form)
    except Refusal as refusal:
        show_on(form, refusal)
        row = duplicate_of(door.program, duplicate_id)
        return _page(request, door, row, keep, form, refusal.status)
    messages.success(request, SAID[act])
    return redirect("staff_duplicate", program=door.program, duplicate_id=row.pk)


def _act(door: StaffDoor, row: Duplicate, act: str, keep: UUID, form: Form) -> None:
    now, today = clock.now(), body_today(door)
    if act == "merge":
        merge_accounts(
            actor=door.actor,
            duplicate=row,
            keep=keep,
            ground=form.cleaned_data["ground"],
            today=today,
            now=now,
        )
        return
    reason = form.cleaned_data["reason"]
    if act == "refuse":
        refuse_merge(actor=door.actor, duplicate=row, reason=reason, now=now)
        return
    undo_merge(actor=door.actor, duplicate=row, reason=reason, today=today, now=now)


def _page(
    request: HttpRequest,
    door: StaffDoor,
    row: Duplicate,
    keep: UUID | None,
    form: Form | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    page = one_duplicate(row, keep, now=clock.now())
    context = {
        "page": page,
        "form": form,
        "merging": form if isinstance(form, MergeForm) else MergeForm(),
        "ending": form if isinstance(form, NotMergedForm) else NotMergedForm(),
        "blocked": OWN_RECORD if is_ones_own(row, door.person.pk) else "",
        "page_title": f"Two accounts of {page.name}",
    }
    return render(request, "portal/staff_duplicate.html", context, status=status)
