"""A body's managers: drawing a sample for audit, with a preview first."""

from http import HTTPStatus
from secrets import token_hex
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.access import STAFF_AUDITS, StaffDoor
from accounts.routes import route
from ce_credits.models import AuditDraw
from ce_credits.services import Draw, Preview, audit_of, due_day, words_of
from core import clock
from core.failures import Missing, Refusal
from core.showing import show_on
from credentials.policy import day_words
from portal.forms.drawing import DrawForm
from portal.programs import uuid_or_none
from portal.queries.audit_draws import draw_of, one_draw
from portal.queries.places import body_name
from portal.sent import sent
from portal.services import draw_of_kind, preview_of
from portal.views.bodies import body_today

BOTH = ("GET", "POST")


@route(permission=STAFF_AUDITS, methods=BOTH)
def draw(request: HttpRequest, door: StaffDoor) -> HttpResponseBase:
    """Ask what to draw from; on POST show the preview, then draw."""
    today = body_today(door)
    earlier = _earlier(request, door)
    form = DrawForm(
        audit_of(program=door.program, today=today),
        request.POST if request.method == "POST" else None,
        due_on=due_day(program=door.program, today=today),
        today=today,
        again=earlier.of if earlier else "",
    )
    if request.method != "POST":
        return _page(request, door, form, earlier)
    if not form.is_valid():
        return _page(
            request, door, form, earlier, status=HTTPStatus.UNPROCESSABLE_ENTITY
        )
    try:
        if sent(request.POST, "act", 10) != "draw":
            found = preview_of(
                of=form.drawn, program=door.program, sample=form.sample, today=today
            )
            return _page(request, door, form, earlier, found)
        reason = form.cleaned_data.get("reason", "")
        drawn = draw_of_kind(
            of=form.drawn,
            actor=door.actor,
            program=door.program,
            sample=form.sample,
            draw=Draw(form.key, token_hex(8), earlier, reason),
            today=today,
            now=clock.now(),
        )
    except Refusal as refusal:
        show_on(form, refusal)
        return _page(request, door, form, earlier, status=refusal.status)
    messages.success(request, f"Drew {len(drawn.drawn):,}. The letters go out now.")
    return redirect("staff_audit_drawn", program=door.program, draw_id=drawn.pk)


@route(permission=STAFF_AUDITS)
def drawn(request: HttpRequest, door: StaffDoor, draw_id: UUID) -> HttpResponseBase:
    """Show one draw: its seed, what it was drawn from, and its cases."""
    page = one_draw(draw_of(door.program, draw_id), today=body_today(door))
    context = {"page": page, "page_title": page.title}
    return render(request, "portal/staff_audit_drawn.html", context)


def _earlier(request: HttpRequest, door: StaffDoor) -> AuditDraw | None:
    """Find the draw that a redraw follows, as the address or the form names it."""
    named = request.POST.get("again", "") or request.GET.get("again", "")
    if not named:
        return None
    draw_id = uuid_or_none(named)
    if draw_id is None:
        raise Missing("Not found.")
    return draw_of(door.program, draw_id)


def _page(
    request: HttpRequest,
    door: StaffDoor,
    form: DrawForm,
    earlier: AuditDraw | None,
    preview: Preview | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context = {
        "form": form,
        "earlier": earlier,
        "preview": preview,
        "of_words": AuditDraw.Of(form.drawn).label if preview else "",
        "holds": preview is not None and form.drawn == AuditDraw.Of.APPLICATIONS,
        "letter": _letter(door.program, form) if preview else "",
        "due_text": day_words(form.sample.due_on) if preview else "",
        "back_url": reverse("staff_audits", kwargs={"program": door.program}),
        "body_name": body_name(door.program),
        "page_title": "Draw a sample",
    }
    return render(request, "portal/staff_audit_draw.html", context, status=status)


def _letter(program: str, form: DrawForm) -> str:
    """Write the letter as it will read; a preview names nobody."""
    what = "that was drawn"
    if form.drawn == AuditDraw.Of.APPLICATIONS:
        what = "that counts for the application"
    words = words_of(
        body=body_name(program),
        name="(first name)",
        titles=[f"(each submission {what}, with its day)"],
        due_on=form.sample.due_on,
        url="(the page to answer on)",
    )
    return render_to_string("mail/audit_selected.txt", words).strip()
