"""All a holder reported, by term: on a page, in a file, on paper."""

import structlog
from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.urls import reverse

from accounts.access import OWN, OwnDoor
from accounts.routes import route
from core import clock
from core.pdf import PdfError
from core.spreadsheets import csv_lines
from credentials.policy import zone_of
from portal.layouts import (
    TranscriptFacts,
    TranscriptRow,
    TranscriptTerm,
    render_transcript,
)
from portal.programs import program_asked
from portal.queries.transcript import Block, Transcript, csv_rows, transcript_of
from portal.sent import sent

logger = structlog.get_logger(__name__)


@route(permission=OWN)
def transcript(request: HttpRequest, door: OwnDoor) -> HttpResponseBase:
    """Show the transcript, narrowed to what the address asks for."""
    context = {"page": _read(request, door), "page_title": "Transcript"}
    return render(request, "portal/transcript.html", context)


@route(permission=OWN)
def transcript_csv(request: HttpRequest, door: OwnDoor) -> HttpResponseBase:
    """Send the same rows for a spreadsheet; all of them are read before it begins."""
    page = _read(request, door)
    response = StreamingHttpResponse(
        csv_lines(csv_rows(page)), content_type="text/csv; charset=utf-8"
    )
    return _named(response, page, "csv")


@route(permission=OWN)
def transcript_pdf(request: HttpRequest, door: OwnDoor) -> HttpResponseBase:
    """Send the same on paper; where it can't be made, say so and what to do."""
    page = _read(request, door)
    try:
        content = render_transcript(_facts(page), seconds=settings.CERTIFICATE_SECONDS)
    except PdfError as error:
        logger.error("transcript not made", error=str(error))
        context = {
            "back_url": reverse("transcript") + page.asked.query,
            "page_title": "PDF not made",
        }
        return render(request, "portal/transcript_unmade.html", context, status=503)
    return _named(HttpResponse(content, content_type="application/pdf"), page, "pdf")


def _read(request: HttpRequest, door: OwnDoor) -> Transcript:
    program = program_asked(request)
    return transcript_of(
        door.member,
        program,
        year=sent(request.GET, "year", 4),
        status=sent(request.GET, "status", 20),
        today=clock.today(zone_of(program)),
    )


def _named(
    response: HttpResponse | StreamingHttpResponse, page: Transcript, ending: str
) -> HttpResponseBase:
    """Have it saved under a name of its own, and kept by no cache."""
    parts = ["transcript", page.number, page.as_of.isoformat()]
    name = "-".join(part for part in parts if part)
    plain = "".join(sign for sign in name if sign.isascii() and sign.isprintable())
    plain = plain.replace('"', "").replace("\\", "")
    response["Content-Disposition"] = f'attachment; filename="{plain}.{ending}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _facts(page: Transcript) -> TranscriptFacts:
    return TranscriptFacts(
        holder=page.name,
        body=page.body,
        credential=page.credential,
        number=page.number,
        as_of=page.as_of.isoformat(),
        as_of_text=page.as_of_text,
        narrowed=page.asked.words,
        terms=[_term(block) for block in page.blocks],
        demo=settings.DEMO,
    )


def _term(block: Block) -> TranscriptTerm:
    rows = [
        TranscriptRow(
            on=each.on_text,
            title=each.line.title,
            detail=", ".join(part for part in (each.kind, each.provider) if part),
            credit=each.line.credit,
            status=each.line.tag.word,
            reason=each.line.why,
        )
        for each in block.entries
    ]
    return TranscriptTerm(title=block.title, sums=block.sums, rows=rows)
