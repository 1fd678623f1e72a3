"""A body's documents before its staff: publish, open, withdraw, see who read them."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from accounts.access import STAFF_DOCUMENTS, STAFF_SEE, StaffDoor
from accounts.models import StaffRole
from accounts.routes import route
from core import clock
from core.failures import Refusal, Stale
from core.files import hand_out
from core.showing import show_on
from credentials.models import SecureDocument
from credentials.services import (
    NewVersion,
    note_original_opened,
    publish_version,
    withdraw_version,
)
from portal.forms import PublishForm, WithdrawForm
from portal.queries.paging import page_number
from portal.queries.places import body_name
from portal.queries.readers import Filters, readers_page
from portal.queries.staff_documents import (
    staff_document_of,
    staff_documents_page,
    staff_version_of,
)
from portal.sent import sent
from portal.views.bodies import body_today


@route(permission=STAFF_SEE)
def documents(request: HttpRequest, door: StaffDoor) -> HttpResponseBase:
    """List the documents with all their versions."""
    manages = door.role == StaffRole.Role.MANAGER
    page = staff_documents_page(door.program, manages=manages, today=body_today(door))
    context = {"page": page, "page_title": f"{page.body_name} documents"}
    return render(request, "portal/staff_documents.html", context)


@route(permission=STAFF_DOCUMENTS, methods=("GET", "POST"))
def new(request: HttpRequest, door: StaffDoor) -> HttpResponseBase:
    """Publish a document that is not there yet."""
    return _publish(request, door, None)


@route(permission=STAFF_DOCUMENTS, methods=("GET", "POST"))
def publish(
    request: HttpRequest, door: StaffDoor, document_id: UUID
) -> HttpResponseBase:
    """Publish the next version of one."""
    return _publish(request, door, staff_document_of(door.program, document_id))


@route(permission=STAFF_SEE)
def readers(
    request: HttpRequest, door: StaffDoor, document_id: UUID
) -> HttpResponseBase:
    """List who of which practice has read and acknowledged a document."""
    today = body_today(door)
    document = staff_document_of(door.program, document_id)
    filters = Filters(
        q=sent(request.GET, "q", 100), missing=request.GET.get("show") == "missing"
    )
    number = page_number(request.GET.get("page", "1"))
    page = readers_page(document, filters, number=number, today=today)
    context = {"page": page, "page_title": f"Readers of {document.title}"}
    return render(request, "portal/staff_document_readers.html", context)


@route(permission=STAFF_SEE)
def file(request: HttpRequest, door: StaffDoor, version_id: UUID) -> HttpResponseBase:
    """Give out the file as it was published, to be saved, and note who has it."""
    version = staff_version_of(door.program, version_id)
    noting = partial(
        note_original_opened, actor=door.actor, version=version, now=clock.now()
    )
    return hand_out(request, version.file, person=door.actor.user_id, giving=noting)


@route(permission=STAFF_DOCUMENTS, methods=("GET", "POST"))
def withdraw(
    request: HttpRequest, door: StaffDoor, version_id: UUID
) -> HttpResponseBase:
    """Say what withdrawing a version does; on POST withdraw it."""
    body_today(door)
    version = staff_version_of(door.program, version_id)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_version(
                actor=door.actor,
                version=version,
                reason=form.cleaned_data["reason"],
                now=clock.now(),
            )
        except Stale as stale:
            messages.info(request, stale.text)
        else:
            messages.success(request, f"{version} is withdrawn: nobody can open it.")
        return redirect("staff_documents", program=door.program)
    context = {
        "version": version,
        "form": form,
        "body_name": body_name(door.program),
        "page_title": f"Withdraw {version}",
    }
    status = 422 if form.errors else 200
    template = "portal/staff_document_withdraw.html"
    return render(request, template, context, status=status)


def _publish(
    request: HttpRequest, door: StaffDoor, document: SecureDocument | None
) -> HttpResponseBase:
    today = body_today(door)
    newest = document.versions.order_by("-number").first() if document else None
    if request.method != "POST":
        form = PublishForm(newest=newest, today=today)
        return _page(request, door, document, form)
    form = PublishForm(request.POST, request.FILES, newest=newest)
    if not form.is_valid():
        return _page(request, door, document, form)
    asked = form.cleaned_data
    try:
        done = publish_version(
            actor=door.actor,
            program=door.program,
            document=document,
            seen=asked["seen"],
            wanted=NewVersion(asked["title"], asked["effective_on"], asked["changes"]),
            upload=asked["file"],
            now=clock.now(),
        )
    except Refusal as refusal:
        show_on(form, refusal)
        return _page(request, door, document, form, refusal.status)
    if done.is_new:
        text = f"Published {done.version}. Administrators get a letter."
        messages.success(request, text)
    else:
        text = f"This file is {done.version} already. Nothing was changed."
        messages.info(request, text)
    return redirect("staff_documents", program=door.program)


def _page(
    request: HttpRequest,
    door: StaffDoor,
    document: SecureDocument | None,
    form: PublishForm,
    status: int = 0,
) -> HttpResponse:
    title = f"New version of {document.title}" if document else "Publish a document"
    context = {
        "form": form,
        "body_name": body_name(door.program),
        "page_title": title,
    }
    status = status or (422 if form.errors else 200)
    return render(request, "portal/staff_document.html", context, status=status)
