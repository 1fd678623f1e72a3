"""A body's courses before its managers: listed, begun, taken in, given out."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from accounts.access import STAFF_CATALOGUE, StaffDoor
from accounts.routes import route
from core import clock
from core.failures import Refusal, Stale
from core.files import shown_name
from core.showing import show_on
from core.zips import zip_pieces
from courses.queries.written import seen_facts
from courses.services import (
    begin_draft,
    change_course,
    create_course,
    export_course,
    import_course,
    withdraw_course,
)
from credentials.policy import policy_for
from portal.forms.authoring import CourseForm, CourseZipForm, show_meanwhile
from portal.queries.paging import page_number
from portal.queries.staff_courses import (
    course_page,
    courses_page,
    staff_course_of,
    version_of,
)
from portal.sent import sent
from portal.views.bodies import body_today

BOTH = ("GET", "POST")


@route(permission=STAFF_CATALOGUE, methods=BOTH)
def courses(request: HttpRequest, door: StaffDoor) -> HttpResponseBase:
    """List the courses; on POST take one in from a ZIP, as a draft."""
    today = body_today(door)
    form = CourseZipForm()
    status = 200
    if request.method == "POST":
        form, status = CourseZipForm(request.POST, request.FILES), 422
        if form.is_valid():
            try:
                draft = import_course(
                    actor=door.actor,
                    program=door.program,
                    upload=form.cleaned_data["file"],
                    seen=form.cleaned_data["seen"],
                    today=today,
                    now=clock.now(),
                )
            except Refusal as refusal:
                show_meanwhile(form, refusal, refusal.extra.get("seen", ""))
                status = refusal.status
            else:
                text = (
                    f"Took in “{draft.course}” as a draft. Look at it, then publish it."
                )
                messages.success(request, text)
                return redirect(
                    "staff_version", program=door.program, version_id=draft.pk
                )
    page = courses_page(door.program, today)
    context = {"page": page, "form": form, "page_title": f"{page.body_name} courses"}
    return render(request, "portal/staff_courses.html", context, status=status)


@route(permission=STAFF_CATALOGUE, methods=BOTH)
def new(request: HttpRequest, door: StaffDoor) -> HttpResponseBase:
    """Ask for a course's facts; on POST begin it."""
    today = body_today(door)
    policy = policy_for(door.program, on=today)
    form = CourseForm(request.POST if request.method == "POST" else None, policy=policy)
    if request.method == "POST" and form.is_valid():
        try:
            made = create_course(
                actor=door.actor,
                program=door.program,
                facts=form.facts,
                today=today,
                now=clock.now(),
            )
        except Refusal as refusal:
            show_on(form, refusal)
        else:
            return redirect("staff_course", program=door.program, course_id=made.pk)
    return _facts_page(request, form, "New course")


@route(permission=STAFF_CATALOGUE, methods=BOTH)
def course(request: HttpRequest, door: StaffDoor, course_id: UUID) -> HttpResponseBase:
    """Show a course and its versions; on POST begin a draft of it, or withdraw it."""
    today, row = body_today(door), staff_course_of(door.program, course_id)
    if request.method == "POST":
        if sent(request.POST, "do", 10) == "draft":
            draft = begin_draft(actor=door.actor, course=row, now=clock.now())
            return redirect("staff_version", program=door.program, version_id=draft.pk)
        try:
            withdraw_course(actor=door.actor, course=row, today=today, now=clock.now())
        except Stale as stale:
            messages.info(request, stale.text)
        else:
            text = f"“{row}” is withdrawn. Who began it goes on with it."
            messages.success(request, text)
        return redirect("staff_course", program=door.program, course_id=row.pk)
    context = {
        "page": course_page(row, today, page_number(request.GET.get("page", "1"))),
        "course": row,
        "page_title": row.title,
    }
    return render(request, "portal/staff_course.html", context)


@route(permission=STAFF_CATALOGUE, methods=BOTH)
def facts(request: HttpRequest, door: StaffDoor, course_id: UUID) -> HttpResponseBase:
    """Show a course's facts; on POST change them."""
    today, row = body_today(door), staff_course_of(door.program, course_id)
    policy = policy_for(door.program, on=today)
    data = request.POST if request.method == "POST" else None
    form = CourseForm(data, policy=policy, course=row)
    if request.method == "POST" and form.is_valid():
        try:
            change_course(
                actor=door.actor,
                course=row,
                facts=form.facts,
                seen=form.cleaned_data["seen"] or None,
                today=today,
                now=clock.now(),
            )
        except Refusal as refusal:
            row = staff_course_of(door.program, course_id)
            show_meanwhile(form, refusal, seen_facts(row))
            return _facts_page(request, form, f"Facts of {row.title}", refusal.status)
        else:
            messages.success(request, "Saved.")
            return redirect("staff_course", program=door.program, course_id=row.pk)
    return _facts_page(request, form, f"Facts of {row.title}")


@route(permission=STAFF_CATALOGUE)
def packed(request: HttpRequest, door: StaffDoor, version_id: UUID) -> HttpResponseBase:
    """Give a version out as a ZIP that can be taken in again."""
    body_today(door)
    version = version_of(door.program, version_id)
    name = shown_name(f"{version.course.slug}-{version.number}.zip")
    # All of it is read here: the door is shut once the answer leaves.
    content = b"".join(zip_pieces(export_course(version=version)))
    response = HttpResponse(content, content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _facts_page(
    request: HttpRequest, form: CourseForm, title: str, status: int = 0
) -> HttpResponse:
    context = {"form": form, "page_title": title}
    status = status or (422 if form.errors else 200)
    return render(request, "portal/staff_course_facts.html", context, status=status)
