"""Claiming a live activity with its code: the name, the evaluation, the paper (H9)."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from accounts.access import OWN, OwnDoor
from accounts.models import Member
from accounts.routes import route
from core import clock
from core.failures import Refusal
from core.showing import show_on
from core.throttle import too_many_codes
from courses.models import LiveRegistration
from courses.services import claim_live, find_claim
from courses.services.live_claiming import claim_rules
from credentials.policy import zone_of
from portal.forms.courses import EvaluationForm
from portal.forms.live import ClaimForm
from portal.queries.live import claim_key, claim_opened, live_url, was_claimed
from portal.queries.live_limits import wait_words

BOTH = ("GET", "POST")
ONCE = "You claimed this activity before. Nothing was added."


@route(permission=OWN, methods=BOTH)
def claim(request: HttpRequest, door: OwnDoor) -> HttpResponseBase:
    """Ask for the code and the name; on POST open the evaluation."""
    if request.method != "POST":
        return _page(request, ClaimForm())
    form = ClaimForm(request.POST)
    if not form.is_valid():
        return _page(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    seconds = too_many_codes(request, door.actor.user_id)
    if seconds:
        form.add_error(None, wait_words(seconds))
        return _page(request, form, HTTPStatus.TOO_MANY_REQUESTS)
    try:
        row = found_claim(door.member, form.cleaned_data)
    except Refusal as refusal:
        show_on(form, refusal)
        return _page(request, form, refusal.status)
    if was_claimed(row):
        messages.info(request, ONCE)
        return redirect(live_url(row.live))
    return redirect("my_claim_evaluation", signed=claim_key(row.pk))


@route(permission=OWN, methods=BOTH)
def evaluation(request: HttpRequest, door: OwnDoor, signed: str) -> HttpResponseBase:
    """Ask about an activity; on POST keep that without a name, and give its credit."""
    row = claim_opened(door.member, signed)
    today = clock.today(zone_of(row.program))
    if was_claimed(row):
        messages.info(request, ONCE)
        return redirect(live_url(row.live))
    asked = claim_rules(row.live, today).evaluation
    form = EvaluationForm(asked, request.POST if request.method == "POST" else None)
    status = HTTPStatus.OK
    if request.method == "POST" and form.is_valid():
        try:
            claim_live(
                actor=door.actor,
                registration=row,
                answers=form.answers,
                today=today,
                now=clock.now(),
            )
        except Refusal as refusal:
            show_on(form, refusal)
            status = HTTPStatus(refusal.status)
        else:
            return redirect(live_url(row.live))
    if form.errors and status == HTTPStatus.OK:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    context = {
        "form": form,
        "course": row.live.title,
        "contents_url": live_url(row.live),
        "rule": asked.basis.rule,
        "page_title": "Evaluation",
    }
    return render(request, "portal/course_evaluation.html", context, status=status)


def found_claim(member: Member, typed: dict[str, str]) -> LiveRegistration:
    """Find what a code opens, on the day of the body whose activity it may be.

    Raises:
        Refusal: as `find_claim`.
    """
    return find_claim(
        member=member,
        typed=typed["code"],
        name=(typed["first_name"], typed["last_name"]),
        today_in=lambda program: clock.today(zone_of(program)),
    )


def _page(
    request: HttpRequest, form: ClaimForm, status: int = HTTPStatus.OK
) -> HttpResponse:
    context = {"form": form, "page_title": "Claim a live activity"}
    return render(request, "portal/live_claim.html", context, status=status)
