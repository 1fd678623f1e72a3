"""What a practice is called, and how it is reached."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.access import PRACTICE_PEOPLE, PracticeDoor
from accounts.details import PracticeDetails, practice_details
from accounts.details_form import PracticeForm
from accounts.forms import show
from accounts.models import Practice
from accounts.routes import route
from accounts.services import change_practice
from accounts.views.tabs import settings_tabs
from core.clock import now
from core.failures import Refusal, Stale


@route(permission=PRACTICE_PEOPLE, methods=("GET", "POST"))
def details(request: HttpRequest, door: PracticeDoor) -> HttpResponse:
    """Show the practice's own details in a form; on POST change them."""
    posted = request.POST if request.method == "POST" else None
    form = PracticeForm(_present(door), posted)
    if posted is None:
        return _page(request, door, form)
    if form.is_valid():
        try:
            change_practice(
                actor=door.actor,
                practice=door.practice,
                details=form.typed(),
                seen=form.cleaned_data["seen"],
                now=now(),
            )
        except Stale as refusal:
            form = PracticeForm(_present(door), posted, again=True)
            show(refusal, form)
            return _page(request, door, form, refusal.status)
        except Refusal as refusal:
            show(refusal, form)
        else:
            messages.success(request, "Saved.")
            return redirect("practice_details", practice=door.practice.slug)
    return _page(request, door, form, HTTPStatus.UNPROCESSABLE_ENTITY)


def _present(door: PracticeDoor) -> PracticeDetails:
    assert door.user is not None, "no token comes in here"
    mine = Practice.objects.visible_to(door.user)
    return practice_details(mine.get(pk=door.practice.pk))


def _page(
    request: HttpRequest,
    door: PracticeDoor,
    form: PracticeForm,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    page = {
        "tabs": settings_tabs(door.practice, "practice_details"),
        "practice_name": door.practice.name,
    }
    context = {"page": page, "form": form, "page_title": "Practice details"}
    return render(request, "accounts/practice_details.html", context, status=status)
