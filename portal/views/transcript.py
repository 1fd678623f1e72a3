"""All a holder reported, by term: on a page, in a file, on paper."""

from collections.abc import Sequence
from dataclasses import replace

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import render

from accounts.access import OWN, OwnDoor
from accounts.routes import route
from core import clock
from core.spreadsheets import csv_lines
from credentials.policy import zone_of
from portal.layouts import (
    TranscriptFacts,
    TranscriptRow,
    TranscriptTerm,
    render_transcript,
)
from portal.programs import own_program_asked
from portal.queries.own_programs import (
    learnt_programs,
    other_programs,
)
from portal.queries.transcript import Transcript, own_place, transcript_of
from portal.queries.transcript_asked import Asked
from portal.queries.transcript_csv import csv_rows
from portal.queries.transcript_entries import Block
from portal.sent import sent
from portal.views.sending import name_file, send_paper

# A kind's or a topic's code is no longer than this.
LONGEST_CODE = 40


@route(permission=OWN)
def transcript(request: HttpRequest, door: OwnDoor) -> HttpResponseBase:
    """Show the transcript, narrowed to what the address asks for."""
    mine = learnt_programs(door.member)
    page = _read(request, door, mine)
    others = other_programs(mine, page.program, "transcript")
    context = {"page": page, "others": others, "page_title": page.heading}
    return render(request, "portal/transcript.html", context)


@route(permission=OWN)
def transcript_csv(request: HttpRequest, door: OwnDoor) -> HttpResponseBase:
    """Send the same rows for a spreadsheet; all of them are read before it begins."""
    page = _read(request, door, learnt_programs(door.member), grouped=False)
    response = StreamingHttpResponse(
        csv_lines(csv_rows(page)), content_type="text/csv; charset=utf-8"
    )
    name_file(response, _name(page), "csv")
    return response


@route(permission=OWN)
def transcript_pdf(request: HttpRequest, door: OwnDoor) -> HttpResponseBase:
    """Send the same on paper; where it can't be made, say so and what to do."""
    page = _read(request, door, learnt_programs(door.member))
    facts = facts_of(page)
    return send_paper(
        request,
        lambda: render_transcript(facts, seconds=settings.CERTIFICATE_SECONDS),
        name=_name(page),
        back=page.url,
        unmade="portal/transcript_unmade.html",
    )


def _read(
    request: HttpRequest, door: OwnDoor, mine: Sequence[str], *, grouped: bool = True
) -> Transcript:
    program = own_program_asked(request, mine)
    asked = asked_in(request)
    return transcript_of(
        door.member,
        program,
        asked if grouped else replace(asked, by=""),
        where=own_place(program),
        today=clock.today(zone_of(program)),
    )


def asked_in(request: HttpRequest) -> Asked:
    """Read what the address narrows a transcript to."""
    return Asked.of(lambda name: sent(request.GET, name, LONGEST_CODE))


def _name(page: Transcript) -> str:
    parts = ["transcript", *page.number.split(", "), page.as_of.isoformat()]
    return "-".join(part for part in parts if part)


def facts_of(page: Transcript) -> TranscriptFacts:
    """Give what is printed of a transcript."""
    return TranscriptFacts(
        holder=page.name,
        body=page.body,
        credential=page.credential,
        number=page.number,
        as_of=page.as_of.isoformat(),
        as_of_text=page.as_of_text,
        narrowed=page.narrowed,
        sums_note=page.sums_note,
        terms=[_term(block) for block in page.blocks],
        demo=settings.DEMO,
    )


def _term(block: Block) -> TranscriptTerm:
    rows = [
        TranscriptRow(
            on=each.on_text,
            title=each.line.title,
            detail=each.detail,
            credit=each.line.credit,
            status=each.line.tag.word,
            reason=each.line.why,
            stated=each.stated_words,
        )
        for each in block.entries
    ]
    return TranscriptTerm(title=block.title, sums=block.sums, rows=rows)
