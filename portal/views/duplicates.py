"""A holder's second account: reporting it, and proving it by the link."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from accounts.access import OWN, OwnDoor
from accounts.routes import route
from accounts.services import (
    duplicate_in,
    prove_duplicate,
    report_duplicate,
    withdraw_duplicate,
)
from core import clock
from core.failures import Missing, Refusal
from core.showing import show_on
from credentials.policy import programs
from portal.forms.merging import DuplicateForm
from portal.queries.merging import own_report
from portal.queries.own_programs import own_programs
from portal.queries.places import body_name
from portal.sent import sent

BOTH = ("GET", "POST")
SENT = "If an account signs in with this address, a link is on its way to it."


@route(permission=OWN, methods=BOTH)
def report(request: HttpRequest, door: OwnDoor) -> HttpResponseBase:
    """Show what was reported; on POST report another account, or take it back."""
    form = DuplicateForm(_bodies(door), request.POST or None)
    if request.method != "POST":
        return _page(request, door, form)
    if sent(request.POST, "act", 10) == "withdraw":
        return _withdraw(request, door)
    if not form.is_valid():
        return _page(request, door, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        report_duplicate(
            actor=door.actor,
            member=door.member,
            program=form.cleaned_data["program"],
            email=form.cleaned_data["email"],
            now=clock.now(),
        )
    except Refusal as refusal:
        show_on(form, refusal)
        return _page(request, door, form, refusal.status)
    messages.success(request, SENT)
    return redirect("my_duplicate")


@route(permission=OWN, methods=BOTH)
def proof(request: HttpRequest, door: OwnDoor, signed: str) -> HttpResponseBase:
    """Ask whether the other account is theirs too; on POST take it as proved."""
    duplicate_id = duplicate_in(signed=signed)
    shown = own_report(door.member)
    if shown is None or shown.duplicate_id != duplicate_id:
        raise Missing("Not found.")
    context = {"report": shown, "page_title": "Is this account yours too?"}
    status: int = HTTPStatus.OK
    if request.method == "POST":
        try:
            prove_duplicate(
                actor=door.actor,
                member=door.member,
                duplicate_id=duplicate_id,
                now=clock.now(),
            )
        except Missing:
            raise
        except Refusal as refusal:
            context["errors"] = [{"text": refusal.text}]
            status = refusal.status
        else:
            messages.success(request, "Thank you. Staff compare the two accounts now.")
            return redirect("my_duplicate")
    return render(request, "portal/my_duplicate_proof.html", context, status=status)


def _withdraw(request: HttpRequest, door: OwnDoor) -> HttpResponse:
    shown = own_report(door.member)
    if shown is not None and shown.may_withdraw:
        withdraw_duplicate(
            actor=door.actor,
            member=door.member,
            duplicate_id=shown.duplicate_id,
            now=clock.now(),
        )
    messages.success(request, "Taken back. Both accounts stay as they are.")
    return redirect("my_duplicate")


def _bodies(door: OwnDoor) -> list[tuple[str, str]]:
    mine = own_programs(door.member) or programs()
    return [(each, body_name(each)) for each in mine]


def _page(
    request: HttpRequest,
    door: OwnDoor,
    form: DuplicateForm,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context = {
        "report": own_report(door.member),
        "form": form,
        "page_title": "Another account of yours",
    }
    return render(request, "portal/my_duplicate.html", context, status=status)
