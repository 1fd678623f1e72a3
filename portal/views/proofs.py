"""A proof before its reviewer: a page as a picture, or the file to be saved."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from accounts.access import STAFF_DECIDE, StaffDoor
from accounts.routes import route
from core.files import hand_out, page_picture
from portal.queries.paging import page_number
from portal.queries.proofs import DRAWN, proof_of


@route(permission=STAFF_DECIDE)
def picture(
    request: HttpRequest, door: StaffDoor, proof_id: UUID, page: int
) -> HttpResponseBase:
    """Draw one page of a proof; nothing of the file itself reaches the browser."""
    proof = proof_of(door.program, proof_id)
    asked = request.GET.get("width", "")
    width = page_number(asked) if asked else DRAWN
    drawn = page_picture(key=proof.file_key, kind=proof.kind, page=page, width=width)
    return HttpResponse(drawn, content_type="image/png")


@route(permission=STAFF_DECIDE)
def download(request: HttpRequest, door: StaffDoor, proof_id: UUID) -> HttpResponseBase:
    """Hand out a proof to be saved, as it was cleaned when it came in."""
    proof = proof_of(door.program, proof_id)
    return hand_out(request, proof.file, person=door.actor.user_id)
