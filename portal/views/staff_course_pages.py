"""Writing a page of a draft: what was typed is kept, whatever happened meanwhile."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.access import StaffDoor
from core import clock
from core.failures import Missing, Refusal
from courses.models import CourseVersion, Page
from courses.queries.written import seen_page
from courses.services import save_page
from portal.forms.authoring import PageForm, show_meanwhile
from portal.queries.staff_courses import version_of

GONE = (
    "Somebody removed this {what} since you opened it. Nothing was saved. What you "
    "wrote is still here: add it as a new page, or leave it."
)
NO_MODULE = "The draft has no module any more: add one in another tab first."


def save_written(
    request: HttpRequest,
    door: StaffDoor,
    row: CourseVersion,
    module_id: UUID | None,
    page_id: UUID | None,
) -> HttpResponseBase:
    """Write a page, or add one to a module, and show it as its readers see it.

    Where the page or the module is gone, what was typed comes back with the modules
    that it can be added to.
    """
    found = row.pages.filter(pk=page_id).first() if page_id else None
    form = PageForm(request.POST, version=row, page=found)
    status = 422
    if form.is_valid():
        try:
            saved = _saved(door, row, module_id, found, page_id, form)
        except Missing as gone:
            # The draft itself may be gone with it.
            row = version_of(door.program, row.pk)
            _say_gone(form, row, "module" if page_id is None else "page")
            return show_written(request, row, form, None, gone.status)
        except Refusal as refusal:
            if found:
                found.refresh_from_db()
            show_meanwhile(form, refusal, seen_page(found) if found else "")
            status = refusal.status
        else:
            place = {"program": row.course.program, "version_id": row.pk}
            shown = place | {"page_id": saved.pk}
            return redirect(reverse("staff_page_preview", kwargs=shown))
    return show_written(request, row, form, found, status)


def show_written(
    request: HttpRequest,
    row: CourseVersion,
    form: PageForm,
    found: Page | None,
    status: int = 200,
) -> HttpResponse:
    """Show a page as it is written."""
    gone = status == Missing.status
    context = {
        "version": row,
        "page": found,
        "form": form,
        "is_gone": gone,
        "modules": row.modules.order_by("place") if gone else (),
        "page_title": found.title if found else "New page",
    }
    return render(request, "portal/staff_course_page.html", context, status=status)


def _saved(
    door: StaffDoor,
    row: CourseVersion,
    module_id: UUID | None,
    found: Page | None,
    page_id: UUID | None,
    form: PageForm,
) -> Page:
    if page_id is not None and found is None:
        raise Missing("Not found.")
    module = found.module_id if found else module_id
    assert module is not None
    return save_page(
        actor=door.actor,
        version=row,
        module_id=module,
        page_id=page_id,
        facts=form.facts,
        seen=form.cleaned_data["seen"] or None,
        now=clock.now(),
    )


def _say_gone(form: PageForm, row: CourseVersion, what: str) -> None:
    form.add_error(None, GONE.format(what=what))
    if not row.modules.exists():
        form.add_error(None, NO_MODULE)
