"""The test of a course's draft before whoever writes it: questions, figures, text."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from accounts.access import STAFF_CATALOGUE, StaffDoor
from accounts.routes import route
from core import clock
from core.failures import Missing, Refusal
from courses.models import CourseVersion
from courses.queries.written import seen_figures, seen_question, seen_test
from courses.queries.written_tests import question_pictures
from courses.rules import Bank, number_of
from courses.services import (
    drop_test,
    move_question,
    remove_question,
    save_figures,
    save_question,
    save_test_text,
)
from portal.forms.authoring import show_meanwhile
from portal.forms.staff_tests import FiguresForm, QuestionForm, TestTextForm
from portal.queries.staff_courses import version_of
from portal.queries.staff_tests import previewed, read_test, staff_test
from portal.sent import sent
from portal.views.bodies import body_today
from portal.views.thrown_away import keeps_typed

BOTH = ("GET", "POST")
GONE = (
    "Somebody removed this question since you opened it. Nothing was saved. What you "
    "wrote is still here: add it as a new question, or leave it."
)


@route(permission=STAFF_CATALOGUE, methods=BOTH)
@keeps_typed("figures")
def test(request: HttpRequest, door: StaffDoor, version_id: UUID) -> HttpResponseBase:
    """List a test's questions; on POST set its figures, or move or remove one."""
    body_today(door)
    row = version_of(door.program, version_id)
    if request.method == "POST" and sent(request.POST, "do", 10) != "figures":
        return _act(request, door, row)
    form = FiguresForm(request.POST if request.method == "POST" else None, version=row)
    if request.method == "POST" and form.is_valid():
        try:
            save_figures(
                actor=door.actor,
                version=row,
                figures=form.figures,
                seen=form.cleaned_data["seen"] or None,
                now=clock.now(),
            )
        except Refusal as refusal:
            row = version_of(door.program, version_id)
            show_meanwhile(form, refusal, seen_figures(row))
            return _test_page(request, row, form, refusal.status)
        messages.success(request, "Saved.")
        return _back(row)
    return _test_page(request, row, form)


@route(permission=STAFF_CATALOGUE, methods=BOTH)
@keeps_typed("text")
def text(request: HttpRequest, door: StaffDoor, version_id: UUID) -> HttpResponseBase:
    """Show a test as the text that a ZIP has; on POST write it anew."""
    body_today(door)
    row = version_of(door.program, version_id)
    if not row.bank and request.method != "POST":
        raise Missing("Not found.")
    form = TestTextForm(request.POST if request.method == "POST" else None, version=row)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                save_test_text(
                    actor=door.actor,
                    version=row,
                    text=form.text,
                    seen=form.cleaned_data["seen"] or None,
                    now=clock.now(),
                )
            except Refusal as refusal:
                row = version_of(door.program, version_id)
                show_meanwhile(form, refusal, seen_test(row))
                status = refusal.status
            else:
                messages.success(request, "Saved.")
                return _back(row)
    context = {"version": row, "form": form, "page_title": "The test as text"}
    return render(request, "portal/staff_test_text.html", context, status=status)


@route(permission=STAFF_CATALOGUE, methods=BOTH)
@keeps_typed("question")
def new_question(
    request: HttpRequest, door: StaffDoor, version_id: UUID
) -> HttpResponseBase:
    """Ask for a question; on POST add it at the test's end."""
    body_today(door)
    return _write(request, door, version_of(door.program, version_id), None)


@route(permission=STAFF_CATALOGUE, methods=BOTH)
@keeps_typed("question")
def question(
    request: HttpRequest, door: StaffDoor, version_id: UUID, code: str
) -> HttpResponseBase:
    """Show a question as it is written; on POST write it anew."""
    body_today(door)
    return _write(request, door, version_of(door.program, version_id), code)


@route(permission=STAFF_CATALOGUE)
def preview(
    request: HttpRequest, door: StaffDoor, version_id: UUID
) -> HttpResponseBase:
    """Show a test's questions as whoever sits it sees them."""
    body_today(door)
    row = version_of(door.program, version_id)
    context = {
        "version": row,
        "questions": previewed(row),
        "page_title": "Preview of the test",
    }
    return render(request, "portal/staff_test_preview.html", context)


def _act(request: HttpRequest, door: StaffDoor, row: CourseVersion) -> HttpResponseBase:
    """Move or remove a question, or take the test away."""
    do, code = sent(request.POST, "do", 10), sent(request.POST, "code", 80)
    seen = sent(request.POST, "seen", 64) or None
    doing: dict[str, Callable[..., object]] = {
        "up": partial(move_question, code=code, up=True),
        "down": partial(move_question, code=code, up=False),
        "remove": partial(remove_question, code=code, seen=seen),
        "drop": partial(drop_test, seen=seen),
    }
    if do not in doing:
        raise Missing("Not found.")
    try:
        doing[do](actor=door.actor, version=row, now=clock.now())
    except Missing:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.text)
    return _back(row)


def _write(
    request: HttpRequest, door: StaffDoor, row: CourseVersion, code: str | None
) -> HttpResponseBase:
    if request.method == "POST":
        return _save(request, door, row, code)
    bank, _ = read_test(row)
    if bank is None or row.published_at:
        return _back(row)
    if code is not None and not _is_there(bank, code):
        raise Missing("Not found.")
    form = QuestionForm(pictures=_pictures(row), bank=bank, code=code)
    return _question_page(request, row, form, code)


def _save(
    request: HttpRequest, door: StaffDoor, row: CourseVersion, code: str | None
) -> HttpResponseBase:
    form, status = QuestionForm(request.POST, pictures=_pictures(row)), 422
    if form.is_valid():
        try:
            save_question(
                actor=door.actor,
                version=row,
                code=code,
                written=form.written,
                seen=form.cleaned_data["seen"] or None,
                now=clock.now(),
            )
        except Missing as gone:
            # The draft itself may be gone with it.
            row = version_of(door.program, row.pk)
            form.add_error(None, GONE)
            status = gone.status
        except Refusal as refusal:
            row = version_of(door.program, row.pk)
            show_meanwhile(form, refusal, _seen(row, code))
            status = refusal.status
        else:
            messages.success(request, "Saved.")
            return _back(row)
    return _question_page(request, row, form, code, status)


def _question_page(
    request: HttpRequest,
    row: CourseVersion,
    form: QuestionForm,
    code: str | None,
    status: int = 200,
) -> HttpResponse:
    bank, _ = read_test(row)
    there = bank is not None and (code is None or _is_there(bank, code))
    title = f"Question {number_of(bank, code)}" if bank and there else "Question"
    context = {
        "version": row,
        "form": form,
        "topics": [words for _, words in bank.topics] if bank else [],
        "picture": _shown(row, form),
        # Its own address has no question any more: it can be added as a new one.
        "is_gone": not there,
        "page_title": title,
    }
    return render(request, "portal/staff_test_question.html", context, status=status)


def _test_page(
    request: HttpRequest, row: CourseVersion, form: FiguresForm, status: int = 0
) -> HttpResponse:
    context = {
        "page": staff_test(row),
        "form": form,
        "page_title": f"Test of {row.course.title}",
    }
    status = status or (422 if form.errors else 200)
    return render(request, "portal/staff_test.html", context, status=status)


def _seen(row: CourseVersion, code: str | None) -> str:
    bank, _ = read_test(row)
    if code is None or bank is None or not _is_there(bank, code):
        return ""
    return seen_question(bank, code)


def _shown(row: CourseVersion, form: QuestionForm) -> str:
    """Name the picture that is chosen, where it is there."""
    chosen = form["picture"].value()
    return str(chosen) if chosen in _pictures(row) else ""


def _pictures(row: CourseVersion) -> list[str]:
    return list(question_pictures(row).values_list("name", flat=True))


def _is_there(bank: Bank, code: str) -> bool:
    return any(each.code == code for each in bank.questions)


def _back(row: CourseVersion) -> HttpResponseBase:
    return redirect("staff_test", program=row.course.program, version_id=row.pk)
