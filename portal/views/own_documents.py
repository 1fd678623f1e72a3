"""A practice's own documents: filing one, a new version, its file, removing it."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from accounts.access import PRACTICE_DOCUMENTS, PracticeDoor
from accounts.routes import route
from core import clock
from core.failures import Missing, Refusal
from core.files import hand_out
from core.showing import show_on
from credentials.models import OwnDocumentVersion
from credentials.services import Filing, file_own_document, remove_own_document
from portal.forms import FilingForm, SetAsideForm
from portal.queries.own_documents import newest_of, own_version_of


@route(permission=PRACTICE_DOCUMENTS, methods=("GET", "POST"))
def new(request: HttpRequest, door: PracticeDoor) -> HttpResponseBase:
    """File a document of the practice's own."""
    return _file(request, door, None)


@route(permission=PRACTICE_DOCUMENTS, methods=("GET", "POST"))
def replace(
    request: HttpRequest, door: PracticeDoor, document_id: UUID
) -> HttpResponseBase:
    """File a new version of one; the versions before it are kept."""
    return _file(request, door, newest_of(door.practice, document_id))


@route(permission=PRACTICE_DOCUMENTS)
def file(
    request: HttpRequest, door: PracticeDoor, version_id: UUID
) -> HttpResponseBase:
    """Give a file back, to be saved."""
    version = own_version_of(door.practice, version_id)
    return hand_out(request, version.file, person=door.actor.user_id)


@route(permission=PRACTICE_DOCUMENTS, methods=("GET", "POST"))
def remove(
    request: HttpRequest, door: PracticeDoor, document_id: UUID
) -> HttpResponseBase:
    """Say what removing a document does; on POST set it aside."""
    newest = newest_of(door.practice, document_id)
    form = SetAsideForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        remove_own_document(
            actor=door.actor,
            practice=door.practice,
            document=document_id,
            reason=form.cleaned_data["reason"],
            now=clock.now(),
        )
        messages.success(request, f"Removed {newest.title}.")
        return _back(door)
    context = {"document": newest, "form": form, "page_title": f"Remove {newest.title}"}
    return _answer(request, "portal/own_document_remove.html", context, form)


def _file(
    request: HttpRequest, door: PracticeDoor, newest: OwnDocumentVersion | None
) -> HttpResponseBase:
    if request.method != "POST":
        return _form_page(request, FilingForm(newest=newest), newest)
    form = FilingForm(request.POST, request.FILES, newest=newest)
    if not form.is_valid():
        return _form_page(request, form, newest)
    asked = form.cleaned_data
    try:
        filed = file_own_document(
            actor=door.actor,
            practice=door.practice,
            document=newest.document if newest else None,
            filing=Filing(
                title=asked["title"],
                kind=asked["kind"],
                covers_from=asked["covers_from"],
                covers_until=asked["covers_until"],
            ),
            upload=asked["file"],
            now=clock.now(),
        )
    except Missing:
        raise
    except Refusal as refusal:
        show_on(form, refusal)
        return _form_page(request, form, newest, refusal.status)
    if filed.is_new:
        messages.success(request, f"Filed {filed.version}.")
    else:
        text = f"This file is here already: {filed.version}. Nothing was changed."
        messages.info(request, text)
    return _back(door)


def _form_page(
    request: HttpRequest,
    form: FilingForm,
    newest: OwnDocumentVersion | None,
    status: int = 0,
) -> HttpResponse:
    title = f"New version of {newest.title}" if newest else "File a document"
    context = {"form": form, "newest": newest, "page_title": title}
    return _answer(request, "portal/own_document.html", context, form, status)


def _answer(
    request: HttpRequest,
    template: str,
    context: Mapping[str, object],
    form: FilingForm | SetAsideForm,
    status: int = 0,
) -> HttpResponse:
    status = status or (422 if form.errors else 200)
    return render(request, template, dict(context), status=status)


def _back(door: PracticeDoor) -> HttpResponseBase:
    return redirect("documents", practice=door.practice.slug)
