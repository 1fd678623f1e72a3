"""A manager's rare acts: waive what a certificate waits for, revoke one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from accounts.access import STAFF_REVOKE, STAFF_WAIVE, StaffDoor
from accounts.routes import route
from certificates.models import Certificate
from certificates.services import revoke as revoke_certificate
from core import clock
from core.failures import Missing, NotUsable, Refusal
from core.showing import show_on
from portal.forms import RevokeForm, WaiveForm
from portal.queries.revoking import certificate_of, revoke_page
from portal.queries.staff import member_of
from portal.queries.waiving import term_certificate_of, waive_page
from portal.views.bodies import body_today
from renewals.models import TermCertificate
from renewals.services import waive as waive_credit


@route(permission=STAFF_WAIVE, methods=("GET", "POST"))
def waive(
    request: HttpRequest, door: StaffDoor, member_id: UUID, held_id: UUID
) -> HttpResponseBase:
    """Say what waiving a term's missing credit does; on POST waive it."""
    today = body_today(door)
    member = member_of(door.program, member_id)
    held = term_certificate_of(member, door.program, held_id)
    form = WaiveForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _waive_page(request, door, held, form)
    try:
        freed = waive_credit(
            actor=door.actor,
            held=held,
            reason=form.cleaned_data["reason"],
            today=today,
            now=clock.now(),
        )
    except NotUsable as refusal:
        show_on(form, refusal)
        return _waive_page(request, door, held, form)
    except Missing:
        raise
    except Refusal as refusal:
        held.refresh_from_db()
        return _waive_page(request, door, held, form, refusal)
    issued = freed.state == TermCertificate.State.ISSUED
    then = "The certificate is issued." if issued else "It waits for the credential."
    messages.success(request, f"Waived the missing credit of {member.name}. {then}")
    return redirect("staff_member", program=door.program, member_id=member.pk)


def _waive_page(
    request: HttpRequest,
    door: StaffDoor,
    held: TermCertificate,
    form: WaiveForm,
    refusal: Refusal | None = None,
) -> HttpResponse:
    page = waive_page(held, reader_id=door.person.pk)
    context = {
        "page": page,
        "form": form,
        "page_title": f"Waive missing credit of {page.member}",
    }
    return _answer(request, "portal/staff_waive.html", context, form, refusal)


@route(permission=STAFF_REVOKE, methods=("GET", "POST"))
def revoke(
    request: HttpRequest, door: StaffDoor, certificate_id: UUID
) -> HttpResponseBase:
    """Say what revoking a certificate does; on POST revoke it, named by its number."""
    certificate = certificate_of(door.program, certificate_id)
    posted = request.POST if request.method == "POST" else None
    form = RevokeForm(certificate.number, posted)
    if request.method != "POST" or not form.is_valid():
        return _revoke_page(request, door, certificate, form)
    try:
        revoke_certificate(
            actor=door.actor,
            certificate=certificate,
            reason=form.cleaned_data["reason"],
            today=body_today(door),
            now=clock.now(),
        )
    except NotUsable as refusal:
        show_on(form, refusal)
        return _revoke_page(request, door, certificate, form)
    except Missing:
        raise
    except Refusal as refusal:
        certificate = certificate_of(door.program, certificate_id)
        return _revoke_page(request, door, certificate, form, refusal)
    messages.success(
        request,
        f"Revoked certificate {certificate.number} of {certificate.member.name}. "
        "They are told by e-mail.",
    )
    member_id = certificate.member_id
    return redirect("staff_member", program=door.program, member_id=member_id)


def _revoke_page(
    request: HttpRequest,
    door: StaffDoor,
    certificate: Certificate,
    form: RevokeForm,
    refusal: Refusal | None = None,
) -> HttpResponse:
    page = revoke_page(certificate, reader_id=door.person.pk, today=body_today(door))
    context = {
        "page": page,
        "form": form,
        "page_title": f"Revoke certificate {page.number}",
    }
    return _answer(request, "portal/staff_revoke.html", context, form, refusal)


def _answer(
    request: HttpRequest,
    template: str,
    context: dict[str, object],
    form: WaiveForm | RevokeForm,
    refusal: Refusal | None,
) -> HttpResponse:
    status = 422 if form.errors else 200
    if refusal is not None:
        context["errors"] = [{"text": refusal.text, "href": "#main"}]
        status = refusal.status
    return render(request, template, context, status=status)
