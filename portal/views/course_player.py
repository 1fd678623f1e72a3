"""Learning a course: its contents, its pages, its player and its files (H5, H6)."""

from datetime import date
from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render

from accounts.access import OWN, OwnDoor
from accounts.routes import route
from core import clock
from core.failures import Missing, NotEligible, Refusal
from core.files import answer_part
from courses.models import Enrolment
from courses.queries.learning import file_of, is_over, over_words, way_of
from courses.services import keep_place, pass_page
from credentials.policy import zone_of
from portal.forms.courses import place_sent, start_sent
from portal.queries.course_player import (
    after_page,
    contents,
    my_enrolment,
    my_page,
    player_page,
    video_state,
)
from portal.sent import sent

BOTH = ("GET", "POST")
READ = "read"


@route(permission=OWN)
def course_contents(
    request: HttpRequest, door: OwnDoor, course_id: UUID
) -> HttpResponseBase:
    """List what a course holds, and how far somebody is."""
    enrolment = my_enrolment(door.member, course_id)
    page = contents(enrolment, _today(enrolment))
    context = {"page": page, "page_title": page.title}
    return render(request, "portal/course_contents.html", context)


@route(permission=OWN, methods=BOTH)
def course_page(
    request: HttpRequest, door: OwnDoor, course_id: UUID, code: str
) -> HttpResponseBase:
    """Show a page; on POST it is read, and the next one follows."""
    enrolment = my_enrolment(door.member, course_id)
    way = way_of(enrolment)
    row, today = my_page(way, code), _today(enrolment)
    problem, status = "", HTTPStatus.OK
    if request.method == "POST":
        try:
            pass_page(
                actor=door.actor,
                enrolment=enrolment,
                page=row,
                read_instead=sent(request.POST, "go", 10) == READ,
                today=today,
                now=clock.now(),
            )
        except NotEligible as refusal:
            if is_over(enrolment, today):
                # Its words are shown no more, whatever is pressed.
                raise
            problem, status = refusal.text, HTTPStatus.CONFLICT
        else:
            return redirect(after_page(way, code))
    elif is_over(enrolment, today):
        raise NotEligible(over_words(enrolment))
    page = player_page(way, row, at=start_sent(request.GET), today=today)
    context = {
        "page": page,
        "errors": [{"text": problem}] if problem else [],
        "page_title": page.title,
    }
    return render(request, "portal/course_page.html", context, status=status)


@route(permission=OWN)
def course_transcript(
    request: HttpRequest, door: OwnDoor, course_id: UUID, code: str
) -> HttpResponseBase:
    """Show a video's transcript by itself: the other way through it."""
    enrolment = my_enrolment(door.member, course_id)
    way, today = way_of(enrolment), _today(enrolment)
    row = my_page(way, code)
    if row.seconds is None:
        raise Missing("Not found.")
    if is_over(enrolment, today):
        raise NotEligible(over_words(enrolment))
    page = player_page(way, row, at="", today=today)
    context = {"page": page, "page_title": f"Transcript: {page.title}"}
    return render(request, "portal/course_transcript.html", context)


@route(permission=OWN, methods=("POST",))
def course_place(
    request: HttpRequest, door: OwnDoor, course_id: UUID, code: str
) -> HttpResponseBase:
    """Keep where a player is; a refusal is said in words that the page shows."""
    enrolment = my_enrolment(door.member, course_id)
    row, today = my_page(way_of(enrolment), code), _today(enrolment)
    try:
        second, spans, captions = place_sent(request.POST)
        keep_place(
            actor=door.actor,
            enrolment=enrolment,
            page=row,
            second=second,
            spans=spans,
            captions=captions,
            today=today,
            now=clock.now(),
        )
    except Refusal as refusal:
        return JsonResponse({"problem": refusal.text}, status=refusal.status)
    way = way_of(enrolment)
    state = video_state(way, row, today)
    return JsonResponse({"done": row.code in way.done, "state": state})


@route(permission=OWN)
def course_file(
    request: HttpRequest, door: OwnDoor, course_id: UUID, name: str
) -> HttpResponseBase:
    """Give a file of a course to who learns it, in the parts that are asked for."""
    enrolment = my_enrolment(door.member, course_id)
    if is_over(enrolment, _today(enrolment)):
        return HttpResponse(status=HTTPStatus.GONE)
    found = file_of(enrolment, name)
    if found is None:
        raise Missing("Not found.")
    return answer_part(request, found.file)


def _today(enrolment: Enrolment) -> date:
    return clock.today(zone_of(enrolment.program))
