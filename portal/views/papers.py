"""Certificates' PDFs for those who may open them."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.access import OWN, PRACTICE_SEE, Door, OwnDoor, PracticeDoor
from accounts.routes import route
from certificates.models import Certificate, Opening
from certificates.services import open_paper, restore_paper
from core import clock
from core.files import hand_out, is_kept
from portal.queries.papers import latest_certificate, why_none


@route(permission=PRACTICE_SEE)
def practice_certificate(
    request: HttpRequest, door: PracticeDoor, certificate_id: UUID
) -> HttpResponseBase:
    """Open a certificate that was issued to the practice's people."""
    mine = Certificate.objects.of(door.practice)
    back = reverse("assignments", kwargs={"practice": door.practice.slug})
    return paper(request, door, get_object_or_404(mine, pk=certificate_id), back)


@route(permission=OWN)
def my_certificate(
    request: HttpRequest, door: OwnDoor, certificate_id: UUID
) -> HttpResponseBase:
    """Open one's own certificate."""
    mine = Certificate.objects.visible_to(door.member)
    found = get_object_or_404(mine, pk=certificate_id)
    return paper(request, door, found, reverse("me"))


@route(permission=PRACTICE_SEE)
def member_certificate(
    request: HttpRequest, door: PracticeDoor, member_id: UUID
) -> HttpResponseBase:
    """Open somebody's newest certificate; without one, say why there is none."""
    found = latest_certificate(door.practice, member_id)
    slug = door.practice.slug
    if found:
        return redirect("practice_certificate", practice=slug, certificate_id=found.pk)
    context = {
        "reason": why_none(door.practice, member_id),
        "back_url": reverse("assignments", kwargs={"practice": slug}),
        "page_title": "No certificate yet",
    }
    return render(request, "certificates/none.html", context, status=404)


def paper(
    request: HttpRequest, door: Door, certificate: Certificate, back: str
) -> HttpResponseBase:
    """Send the PDF, or a page that waits for it; a file that is gone is made again.

    Who is sent it first is written down.

    Raises:
        NotEligible: what it was issued for was undone before anybody opened it.
    """
    if certificate.paper != Certificate.Paper.READY:
        failed = certificate.paper == Certificate.Paper.FAILED
        return _no_paper(request, certificate, back, failed=failed)
    if not is_kept(certificate.file_key):
        restore_paper(actor=door.actor, certificate=certificate, now=clock.now())
        return _no_paper(request, certificate, back, gone=True)
    giving = partial(
        open_paper,
        actor=door.actor,
        certificate=certificate,
        way=Opening.Way.PAGE,
        now=clock.now(),
    )
    return hand_out(request, certificate.file, person=door.actor.user_id, giving=giving)


def _no_paper(
    request: HttpRequest,
    certificate: Certificate,
    back: str,
    *,
    failed: bool = False,
    gone: bool = False,
) -> HttpResponseBase:
    context = {
        "failed": failed,
        "gone": gone,
        "number": certificate.number,
        "back_url": back,
        "page_title": "PDF not made" if failed else "Preparing your certificate",
    }
    return render(request, "certificates/preparing.html", context)
