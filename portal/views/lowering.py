"""Fewer renewals: how many, whom, then check and confirm; a practice, or its body."""

from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.access import PRACTICE_MONEY, STAFF_SEATS, PracticeDoor, StaffDoor
from accounts.models import Practice
from accounts.routes import route
from billing.queries import Catalogue
from core import clock
from core.actor import Actor
from core.failures import Missing, NotUsable, Refusal, Stale
from core.plain_forms import RELOAD
from core.showing import show_on
from credentials.policy import zone_of
from credentials.queries import on_sale
from credentials.services import Decrease, lower_seats
from portal.forms import LoweringForm
from portal.programs import term_program_asked, uuid_or_none
from portal.queries.lowering import (
    LoweringPage,
    Plan,
    lowered_before,
    lowered_words,
    lowering_page,
    lowering_plan,
    practice_of_body,
)
from portal.sent import number_sent, sent
from portal.views.bodies import body_today
from portal.views.keys import fresh_key

ANOTHER = "This is not what you checked. Look at it again, then lower the number."


@dataclass(frozen=True)
class Desk:
    """Who lowers whose number, and where they go on; staff say why."""

    actor: Actor
    practice: Practice
    program: str
    today: date
    catalogue: Catalogue | None
    back_url: str
    on_request: bool = False


@route(permission=PRACTICE_MONEY, methods=("GET", "POST"))
def lower(request: HttpRequest, door: PracticeDoor) -> HttpResponseBase:
    """Let a practice renew fewer."""
    program = term_program_asked(request)
    today = clock.today(zone_of(program))
    back = reverse("seats", kwargs={"practice": door.practice.slug})
    desk = Desk(
        actor=door.actor,
        practice=door.practice,
        program=program,
        today=today,
        catalogue=on_sale(program, today),
        back_url=f"{back}?program={program}",
    )
    return _lower(request, desk)


@route(permission=STAFF_SEATS, methods=("GET", "POST"))
def lower_on_request(
    request: HttpRequest, door: StaffDoor, practice_id: UUID
) -> HttpResponseBase:
    """Let staff do it for a practice that asked, with the reason."""
    today = body_today(door)
    desk = Desk(
        actor=door.actor,
        practice=practice_of_body(door.program, practice_id),
        program=door.program,
        today=today,
        catalogue=on_sale(door.program, today),
        back_url=reverse("staff_seats", kwargs={"program": door.program}),
        on_request=True,
    )
    return _lower(request, desk)


def _lower(request: HttpRequest, desk: Desk) -> HttpResponse:
    page = lowering_page(desk.practice, desk.program, desk.catalogue)
    if request.method != "POST":
        asked = request.GET if "to" in request.GET else None
        return _page(request, desk, page, _form(desk, page, asked))
    try:
        return _press(request, desk, page)
    except Missing:
        raise
    except Refusal as refusal:
        anew = lowering_page(desk.practice, desk.program, desk.catalogue)
        if not isinstance(refusal, NotUsable):
            form = _form(desk, anew, None)
            return _page(request, desk, anew, form, refusal=refusal)
        form = _form(desk, anew, request.POST)
        show_on(form, refusal)
        return _page(request, desk, anew, form)


def _press(request: HttpRequest, desk: Desk, page: LoweringPage) -> HttpResponse:
    """Say what follows, or do what was looked at."""
    lowers = sent(request.POST, "outcome", 10) == "lower"
    key = sent(request.POST, "form_key", 64)
    form = _form(desk, page, request.POST)
    plan = _plan(desk, page, form) if form.is_valid() else None
    if plan is not None and not lowers:
        return _page(request, desk, page, form, plan)
    looked_at = plan is not None and sent(request.POST, "checked", 60) == plan.seen
    stale = number_sent(request.POST, "seen") != page.next.found.sequence
    # Pressed twice: the first press did it, and says so again. Asked only now, as it
    # may have done it since the page was read.
    if lowers and (looked_at or stale or lowered_before(desk.practice, key)):
        if not key:
            raise Stale(RELOAD)
        return _do(request, desk, key)
    if plan is None:
        return _page(request, desk, page, form)
    return _page(request, desk, page, form, plan, Stale(ANOTHER))


def _form(desk: Desk, page: LoweringPage, data: QueryDict | None) -> LoweringForm:
    return LoweringForm(
        page.next.seats,
        page.people,
        data,
        on_request=desk.on_request,
    )


def _plan(desk: Desk, page: LoweringPage, form: LoweringForm) -> Plan:
    return lowering_plan(
        desk.practice,
        page,
        form.cleaned_data["to"],
        form.out,
        catalogue=desk.catalogue,
        today=desk.today,
    )


def _do(request: HttpRequest, desk: Desk, key: str) -> HttpResponse:
    """Lower it to what was sent.

    Raises:
        NotUsable: it can't be that, or not with these people.
        Stale: somebody lowered it meanwhile, or the form did something else before.
    """
    named = [uuid_or_none(each) for each in request.POST.getlist("leave_out")]
    change = lower_seats(
        actor=desk.actor,
        practice=desk.practice,
        wanted=Decrease(
            program=desk.program,
            to=number_sent(request.POST, "to"),
            leave_out=frozenset(each for each in named if each),
            form_key=key,
            seen=number_sent(request.POST, "seen"),
            reason=sent(request.POST, "reason", 400) if desk.on_request else "",
        ),
        today=desk.today,
        now=clock.now(),
    )
    messages.success(request, lowered_words(change))
    return redirect(desk.back_url)


def _page(
    request: HttpRequest,
    desk: Desk,
    page: LoweringPage,
    form: LoweringForm,
    plan: Plan | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    if plan is None and refusal is None and form.is_bound and form.is_valid():
        plan = _plan(desk, page, form)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    context = {
        "page": page,
        "plan": plan,
        "form": form,
        "program": desk.program,
        "key": sent(request.POST, "form_key", 64) or fresh_key(),
        "on_request": desk.on_request,
        "back_url": desk.back_url,
        "errors": [{"text": refusal.text, "href": "#main"}] if refusal else [],
        "page_title": f"Lower the number of {page.next.product.nouns}",
    }
    return render(
        request,
        "portal/seats_lower.html",
        context,
        status=refusal.status if refusal else status,
    )
