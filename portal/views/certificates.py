"""A practice's certificates: the list, and all of them in one file."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from accounts.access import PRACTICE_SEE, PracticeDoor
from accounts.routes import route
from certificates.models import Opening
from certificates.services import open_papers
from core import clock
from core.downloads import ZIP, download
from core.zips import zip_pieces
from credentials.policy import zone_of
from portal.programs import term_program_asked
from portal.queries.certificates import (
    STATES,
    Asked,
    archive,
    certificates_page,
    wanted,
)
from portal.queries.exports import export_links
from portal.queries.paging import page_number
from portal.sent import sent


@route(permission=PRACTICE_SEE)
def certificates(request: HttpRequest, door: PracticeDoor) -> HttpResponseBase:
    """List what was issued to the practice's people."""
    program = term_program_asked(request)
    page = certificates_page(
        door.practice,
        program,
        _asked(request),
        number=page_number(request.GET.get("page", "1")),
        today=clock.today(zone_of(program)),
    )
    asked = _asked(request)
    context = {
        "page": page,
        "export": export_links(door.practice, program, "certificates", asked.pairs),
        "program": program,
        "page_title": "Certificates",
    }
    return render(request, "portal/certificates.html", context)


@route(permission=PRACTICE_SEE, fresh=("GET",))
def certificates_zip(request: HttpRequest, door: PracticeDoor) -> HttpResponseBase:
    """Send the certificates that the filters keep, with a manifest, as one ZIP."""
    program = term_program_asked(request)
    today = clock.today(zone_of(program))
    found = wanted(door.practice, program, _asked(request), today)
    way, now = Opening.Way.ARCHIVE, clock.now()

    def opening(ids: Iterable[UUID]) -> Collection[UUID]:
        return open_papers(actor=door.actor, certificate_ids=ids, way=way, now=now)

    files = archive(found, door.scope, today=today, opening=opening)
    name = f"certificates-{door.practice.slug}-{today}.zip"
    return download(zip_pieces(files), ZIP, name)


def _asked(request: HttpRequest) -> Asked:
    state = sent(request.GET, "state", 10)
    return Asked(
        q=sent(request.GET, "q", 100),
        state=state if state in dict(STATES) else "",
    )
