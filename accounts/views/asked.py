"""A practice asks somebody who is signed in to join: what follows, and their answer."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import date as spelled

from accounts.access import OWN, OwnDoor
from accounts.models import Invitation
from accounts.queries import sponsor_besides
from accounts.routes import route
from accounts.services import accept_as, decline
from accounts.views.bodies import today_in, zone_of
from accounts.views.invitations import declined_page
from core.clock import now
from core.failures import FieldProblem, Missing, NotUsable, Refusal
from core.scope import Scope, scoped
from core.shown import ending

UNSURE = HTTPStatus.UNPROCESSABLE_ENTITY


@route(permission=OWN, methods=("GET", "POST"))
def asked(request: HttpRequest, door: OwnDoor, invitation: UUID) -> HttpResponseBase:
    """Say what joining means; on POST join, or say no."""
    questions = Invitation.objects.visible_to(door.person).open(now())
    found = get_object_or_404(questions.select_related("practice"), pk=invitation)
    errors: list[dict[str, str]] = []
    status = HTTPStatus.OK
    if request.method == "POST":
        try:
            return _answer(request, door, found)
        except Missing:
            raise
        except NotUsable as refusal:
            errors, status = [{"text": refusal.text, "href": "#join"}], UNSURE
        except Refusal as refusal:
            errors, status = [{"text": refusal.text}], HTTPStatus.CONFLICT
    ends = ending(found.expires_at, found.created_at, zone_of(found.program))
    context = {
        "page_title": "Asked to join",
        "practice_name": found.practice.name,
        "former": sponsor_besides(door.person, found),
        "expires_text": spelled(ends, "M j, Y"),
        "errors": errors,
    }
    return render(request, "accounts/asked.html", context, status=status)


def _answer(request: HttpRequest, door: OwnDoor, found: Invitation) -> HttpResponseBase:
    said = request.POST.get("do")
    if said not in {"join", "no"}:
        text = f"Choose “Join {found.practice.name}” or “No, thank you”."
        raise NotUsable(text, [FieldProblem("do", text)])
    if said == "no":
        with scoped(Scope.joining(found.pk)):
            decline(invitation=found, now=now())
        return declined_page(request, found)
    with scoped(Scope.joining(found.pk)):
        accept_as(
            invitation=found,
            user=door.person,
            today=today_in(found.program),
            keep=str(request.session.session_key),
            now=now(),
        )
    messages.success(request, f"You are on the list of {found.practice.name} now.")
    return redirect("home")
