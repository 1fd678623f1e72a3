"""Changing a practice's Practice Administrator: a panel, or a page of its own."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.access import PRACTICE_HAND_OVER, PracticeDoor
from accounts.forms import HandOverForm, show
from accounts.queries import named_administration
from accounts.routes import route
from accounts.services import hand_over, successors_of
from core.clock import now
from core.failures import Refusal


@route(permission=PRACTICE_HAND_OVER, methods=("GET", "POST"), fresh=("GET", "POST"))
def administrator(request: HttpRequest, door: PracticeDoor) -> HttpResponseBase:
    """Show who it is and who could be it; hand over."""
    practice = door.practice
    former = named_administration(practice)
    people = [(str(each.pk), each.name) for each in successors_of(practice=practice)]
    form = HandOverForm(
        request.POST or None,
        people=people,
        seen=str(former.pk) if former else "",
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = hand_over(
                actor=door.actor,
                practice=practice,
                former_id=_id(form.cleaned_data["seen"]),
                user_id=_id(form.cleaned_data["person"]),
                keep=str(request.session.session_key),
                now=now(),
            )
        except Refusal as refusal:
            show(refusal, form)
        else:
            messages.success(
                request,
                f"{made.user.name} is now Practice Administrator of {practice.name}. "
                "Both of you get a mail.",
            )
            return _back(door, former.user_id if former else None)
    return _page(request, door, form, former.user.name if former else "")


def _back(door: PracticeDoor, former: UUID | None) -> HttpResponse:
    """Lead back; whoever handed their own role over has no way back there."""
    if door.user is not None and door.user.pk == former:
        return redirect("home")
    return redirect("assignments", practice=door.practice.slug)


def _page(
    request: HttpRequest, door: PracticeDoor, form: HandOverForm, present: str
) -> HttpResponse:
    place = {"practice": door.practice.slug}
    context = {
        "page_title": "Change Practice Administrator",
        "form": form,
        "page": {
            "practice_name": door.practice.name,
            "present": present,
            "anybody": bool(form.fields["person"].widget.choices),
            "here_url": reverse("administrator", kwargs=place),
            "back_url": reverse("assignments", kwargs=place),
            "people_url": reverse("people", kwargs=place),
        },
    }
    bad = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "accounts/administrator.html", context, status=bad)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
