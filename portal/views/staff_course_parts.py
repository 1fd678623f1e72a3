"""A version of a course before whoever writes it: its parts, a preview, publishing."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString

from accounts.access import STAFF_CATALOGUE, StaffDoor
from accounts.routes import route
from core import clock
from core.failures import Missing, NotUsable, Refusal
from core.files import hand_out
from core.showing import show_on
from courses.models import CourseFile, CourseVersion, Module, Page
from courses.queries.written import seen_version
from courses.rules import html_of
from courses.services import (
    add_file,
    change_version,
    discard_draft,
    move_part,
    publish_version,
    remove_part,
    save_module,
)
from portal.forms.authoring import (
    CourseFileForm,
    ModuleForm,
    PageForm,
    VersionForm,
    show_meanwhile,
)
from portal.programs import uuid_or_none
from portal.queries.course_words import files_at
from portal.queries.staff_courses import outline, part_of, version_of
from portal.sent import sent
from portal.views.bodies import body_today
from portal.views.staff_course_pages import save_written, show_written
from portal.views.thrown_away import keeps_typed

BOTH = ("GET", "POST")
PARTS: dict[str, type[Module | Page | CourseFile]] = {
    "module": Module,
    "page": Page,
    "file": CourseFile,
}


@route(permission=STAFF_CATALOGUE, methods=BOTH)
@keeps_typed("objectives")
def version(
    request: HttpRequest, door: StaffDoor, version_id: UUID
) -> HttpResponseBase:
    """Show a version's outline; on POST write what it is about, and its test."""
    body_today(door)
    row = version_of(door.program, version_id)
    form = VersionForm(request.POST if request.method == "POST" else None, version=row)
    if request.method == "POST" and form.is_valid():
        try:
            change_version(actor=door.actor, version=row, now=clock.now(), **form.said)
        except Refusal as refusal:
            row = version_of(door.program, version_id)
            show_meanwhile(form, refusal, seen_version(row))
            return _version_page(request, row, form, refusal.status)
        messages.success(request, "Saved.")
        return _back(row)
    return _version_page(request, row, form)


@route(permission=STAFF_CATALOGUE, methods=("POST",))
@keeps_typed("module")
def act(request: HttpRequest, door: StaffDoor, version_id: UUID) -> HttpResponseBase:
    """Publish a draft or throw it away, or add, move or remove a part of it."""
    today, row = body_today(door), version_of(door.program, version_id)
    do = sent(request.POST, "do", 10)
    doing: dict[str, Callable[[], object]] = {
        "publish": partial(
            publish_version,
            version=row,
            files_at=files_at(row.course_id),
            seen=_seen(request),
            today=today,
        ),
        "discard": partial(discard_draft, version=row, seen=_seen(request)),
        "module": partial(_module, request, row),
        "up": partial(_moved, request, row, up=True),
        "down": partial(_moved, request, row, up=False),
        "remove": partial(_removed, request, row),
    }
    if do not in doing:
        raise Missing("Not found.")
    try:
        doing[do](actor=door.actor, now=clock.now())  # type: ignore[call-arg]
    except Missing:
        raise
    except Refusal as refusal:
        for said in [each.text for each in refusal.problems] or [refusal.text]:
            messages.error(request, said)
        return _back(row)
    if do == "publish":
        text = f"Published {row.course}, {row}. Who begins now gets it."
        messages.success(request, text)
    if do in {"publish", "discard"}:
        return redirect("staff_course", program=door.program, course_id=row.course_id)
    return _back(row)


@route(permission=STAFF_CATALOGUE, methods=BOTH)
@keeps_typed("file")
def files(request: HttpRequest, door: StaffDoor, version_id: UUID) -> HttpResponseBase:
    """List a version's files; on POST add one, in place of one of the same name."""
    body_today(door)
    row = version_of(door.program, version_id)
    form, status = CourseFileForm(), 200
    if request.method == "POST":
        form, status = CourseFileForm(request.POST, request.FILES), 422
        if form.is_valid():
            try:
                added = add_file(
                    actor=door.actor,
                    version=row,
                    upload=form.cleaned_data["file"],
                    asked=form.cleaned_data["asked"],
                    now=clock.now(),
                )
            except Refusal as refusal:
                show_on(form, refusal)
                status = refusal.status
            else:
                messages.success(request, f"{added} is among the files.")
                return _to("staff_version_files", row)
    context = {"page": outline(row), "form": form, "page_title": "Files"}
    return render(request, "portal/staff_course_files.html", context, status=status)


@route(permission=STAFF_CATALOGUE)
def file(
    request: HttpRequest, door: StaffDoor, version_id: UUID, name: str
) -> HttpResponseBase:
    """Give out a file of a version to whoever writes it."""
    body_today(door)
    row = version_of(door.program, version_id)
    rows = CourseFile.objects.of_program(door.program)
    found = rows.filter(version=row, name=name).first()
    if found is None:
        raise Missing("Not found.")
    return hand_out(request, found.file, person=door.actor.user_id)


@route(permission=STAFF_CATALOGUE, methods=BOTH)
@keeps_typed("page")
def new_page(
    request: HttpRequest, door: StaffDoor, version_id: UUID, module_id: UUID
) -> HttpResponseBase:
    """Ask for a page; on POST add it at its module's end."""
    body_today(door)
    row = version_of(door.program, version_id)
    if request.method == "POST":
        return save_written(request, door, row, module_id, None)
    part_of(row, Module, module_id)
    return show_written(request, row, PageForm(version=row), None)


@route(permission=STAFF_CATALOGUE, methods=BOTH)
@keeps_typed("page")
def page(
    request: HttpRequest, door: StaffDoor, version_id: UUID, page_id: UUID
) -> HttpResponseBase:
    """Show a page as it is written; on POST write it anew."""
    body_today(door)
    row = version_of(door.program, version_id)
    if request.method == "POST":
        return save_written(request, door, row, None, page_id)
    found = part_of(row, Page, page_id)
    assert isinstance(found, Page)
    return show_written(request, row, PageForm(version=row, page=found), found)


@route(permission=STAFF_CATALOGUE)
def preview(
    request: HttpRequest, door: StaffDoor, version_id: UUID, page_id: UUID
) -> HttpResponseBase:
    """Show a page as its readers would see it."""
    body_today(door)
    row = version_of(door.program, version_id)
    found = part_of(row, Page, page_id)
    assert isinstance(found, Page)
    at = reverse("staff_version_files", kwargs=_place(row))
    context = {
        "version": row,
        "page": found,
        # Cleaned: nothing that staff write is let through as it is.
        "html": SafeString(html_of(found.markdown, files_at=at)),
        "files_at": at,
        "page_title": f"Preview of {found.title}",
    }
    return render(request, "portal/staff_course_preview.html", context)


def _seen(request: HttpRequest) -> str | None:
    return sent(request.POST, "seen", 64) or None


def _version_page(
    request: HttpRequest, row: CourseVersion, form: VersionForm, status: int = 0
) -> HttpResponse:
    context = {
        "page": outline(row),
        "form": form,
        "module_form": ModuleForm(),
        "page_title": f"{row.course.title}, {row}",
    }
    status = status or (422 if form.errors else 200)
    return render(request, "portal/staff_version.html", context, status=status)


def _module(request: HttpRequest, row: CourseVersion, **who: object) -> None:
    form = ModuleForm(request.POST)
    if not form.is_valid():
        raise NotUsable("Enter the title of the module, at most 200 characters.")
    module_id = uuid_or_none(request.POST.get("module_id", ""))
    title = form.cleaned_data["title"]
    save_module(version=row, module_id=module_id, title=title, **who)  # type: ignore[arg-type]


def _moved(
    request: HttpRequest, row: CourseVersion, *, up: bool, **who: object
) -> None:
    part = _asked(request, row)
    if isinstance(part, CourseFile):
        raise Missing("Not found.")
    move_part(version=row, part=part, up=up, **who)  # type: ignore[arg-type]


def _removed(request: HttpRequest, row: CourseVersion, **who: object) -> None:
    part = _asked(request, row)
    remove_part(version=row, part=part, seen=_seen(request), **who)  # type: ignore[arg-type]


def _asked(request: HttpRequest, row: CourseVersion) -> Module | Page | CourseFile:
    kind = PARTS.get(sent(request.POST, "part", 10))
    if kind is None:
        raise Missing("Not found.")
    return part_of(row, kind, uuid_or_none(request.POST.get("id", "")))


def _place(row: CourseVersion) -> dict[str, Any]:
    return {"program": row.course.program, "version_id": row.pk}


def _back(row: CourseVersion) -> HttpResponseBase:
    return _to("staff_version", row)


def _to(name: str, row: CourseVersion, **more: object) -> HttpResponseBase:
    return HttpResponseRedirect(reverse(name, kwargs=_place(row) | more))
