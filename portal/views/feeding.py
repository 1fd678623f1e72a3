"""A body's staff: files of completions, and what matches nobody."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render

from accounts.access import STAFF_RECORD_CE, StaffDoor
from accounts.models import Member, StaffRole
from accounts.routes import route
from ce_credits.models import FeedRow
from ce_credits.services import (
    check_feed_file,
    receive_file,
    set_row_aside,
    settle_row,
)
from core import clock
from core.downloads import CSV, download
from core.failures import NotUsable, Refusal, Stale
from core.files import shown_name
from core.files.tables import read_table
from core.plain_forms import PlainForm
from core.showing import show_on
from core.spreadsheets import csv_lines
from portal.forms import AsideForm, FeedFileForm, SettleForm
from portal.programs import uuid_or_none
from portal.queries.fed import delivery_of, item_called, one_fed
from portal.queries.feed_pages import (
    STATES,
    feed_file_page,
    feed_page,
    feed_row_page,
    people_for,
    person_chosen,
    sample,
    settle_initial,
)
from portal.queries.paging import page_number
from portal.sent import sent
from portal.views.bodies import body_today

BOTH = ("GET", "POST")
WRONG = HTTPStatus.UNPROCESSABLE_ENTITY


@route(permission=STAFF_RECORD_CE, methods=BOTH)
def listed(request: HttpRequest, door: StaffDoor) -> HttpResponseBase:
    """List what was sent; on POST check a file, which changes nobody yet."""
    today = body_today(door)
    if request.method != "POST":
        return _list(request, door, FeedFileForm())
    form = FeedFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _list(request, door, form, WRONG)
    upload = form.cleaned_data["file"]
    try:
        file = check_feed_file(
            actor=door.actor,
            program=door.program,
            source=form.cleaned_data["sender"],
            name=shown_name(upload.name),
            rows=read_table(upload),
            today=today,
            now=clock.now(),
        )
    except NotUsable as refusal:
        show_on(form, refusal)
        return _list(request, door, form, WRONG)
    return redirect("staff_feed_file", program=door.program, file_id=file.pk)


@route(permission=STAFF_RECORD_CE, methods=BOTH)
def file(request: HttpRequest, door: StaffDoor, file_id: UUID) -> HttpResponseBase:
    """Show what a checked file would do; on POST take it in."""
    body_today(door)
    found = delivery_of(door.program, file_id)
    if request.method == "POST":
        try:
            count = receive_file(actor=door.actor, delivery=found, now=clock.now())
        except Stale as stale:
            messages.info(request, stale.text)
        else:
            noun = "row" if count == 1 else "rows"
            text = (
                f"Took {count:,} {noun} in from {found.name}. They count in a minute."
            )
            messages.success(request, text)
        return redirect("staff_feed", program=door.program)
    page = feed_file_page(found, number=page_number(request.GET.get("page", "1")))
    context = {"page": page, "page_title": f"Check {page.name}"}
    return render(request, "portal/staff_feed_file.html", context)


@route(permission=STAFF_RECORD_CE)
def sample_file(request: HttpRequest, door: StaffDoor) -> HttpResponseBase:
    """Hand out a file to begin from."""
    body_today(door)
    return download(csv_lines(sample()), CSV, "completions.csv")


@route(permission=STAFF_RECORD_CE, methods=BOTH)
def row(request: HttpRequest, door: StaffDoor, row_id: UUID) -> HttpResponseBase:
    """Show one row; on POST settle it or set it aside."""
    body_today(door)
    found = one_fed(door.program, row_id)
    if request.method != "POST":
        return _row(request, found, _settle_form(request, found))
    if request.POST.get("do") == "aside":
        return _aside(request, door, found)
    member = person_chosen(door.program, uuid_or_none(request.POST.get("member", "")))
    form = _settle_form(request, found, request.POST, member)
    if not form.is_valid() or member is None:
        return _row(request, found, form, status=WRONG)
    facts = form.cleaned_data
    try:
        settle_row(
            actor=door.actor,
            row=found,
            member=member,
            item=item_called(door.program, facts["activity_code"]),
            on=facts["completed_on"],
            minutes=facts["minutes"],
            reason=facts["reason"],
            today=body_today(door),
            now=clock.now(),
        )
    except Stale as stale:
        messages.info(request, stale.text)
    except Refusal as refusal:
        show_on(form, refusal)
        return _row(request, found, form, status=refusal.status)
    else:
        messages.success(request, f"It counts for {member.name}.")
    return redirect("staff_feed", program=door.program)


def _aside(request: HttpRequest, door: StaffDoor, found: FeedRow) -> HttpResponseBase:
    form = AsideForm(request.POST)
    settle = _settle_form(request, found)
    if not form.is_valid():
        return _row(request, found, settle, form, status=WRONG)
    try:
        set_row_aside(
            actor=door.actor,
            row=found,
            reason=form.cleaned_data["aside_reason"],
            now=clock.now(),
        )
    except NotUsable as refusal:
        show_on(form, refusal)
        return _row(request, found, settle, form, status=WRONG)
    except Stale as stale:
        messages.info(request, stale.text)
    else:
        messages.success(request, "Set aside. Nobody gets credit for it.")
    return redirect("staff_feed", program=door.program)


def _list(
    request: HttpRequest, door: StaffDoor, form: FeedFileForm, status: int = 200
) -> HttpResponse:
    state = sent(request.GET, "state", 20)
    page = feed_page(
        door.program,
        q=sent(request.GET, "q", 100),
        state=state if state in STATES else "",
        number=page_number(request.GET.get("page", "1")),
        manages=door.role == StaffRole.Role.MANAGER,
    )
    context = {"page": page, "form": form, "page_title": f"{page.body_name} feed"}
    return render(request, "portal/staff_feed.html", context, status=status)


def _row(
    request: HttpRequest,
    found: FeedRow,
    form: SettleForm,
    aside: PlainForm | None = None,
    status: int = 200,
) -> HttpResponse:
    page = feed_row_page(found, q=sent(request.GET, "q", 100))
    context = {
        "page": page,
        "form": form,
        "aside": aside or AsideForm(),
        "page_title": f"{page.row.named}: {page.row.code}",
    }
    return render(request, "portal/staff_feed_row.html", context, status=status)


def _settle_form(
    request: HttpRequest,
    found: FeedRow,
    data: QueryDict | None = None,
    chosen: Member | None = None,
) -> SettleForm:
    q = sent(request.GET, "q", 100)
    people = people_for(found, q=q, chosen=chosen)
    return SettleForm(people, data, initial=settle_initial(found))
