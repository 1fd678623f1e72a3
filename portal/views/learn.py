"""What a member learns: their courses, the catalogue, and one course's page."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render

from accounts.access import OWN, OwnDoor
from accounts.routes import route
from core import clock
from core.failures import Missing, NotEligible
from courses.models import Enrolment
from courses.queries import assignment_for
from courses.services import enrol
from credentials.policy import programs, zone_of
from portal.queries.course_words import resume_url
from portal.queries.learn import Wanted, learning
from portal.queries.learn_course import course_page, course_shown
from portal.sent import sent

WANTED = ("program", "topic", "credit", "price")


@route(permission=OWN)
def my_learning(request: HttpRequest, door: OwnDoor) -> HttpResponseBase:
    """List what somebody learns, and what they may begin."""
    wanted = Wanted(**{each: sent(request.GET, each, 40) for each in WANTED})
    page = learning(door.member, wanted, _days())
    context = {"page": page, "page_title": "My learning"}
    return render(request, "portal/learn.html", context)


@route(permission=OWN, methods=("GET", "POST"))
def course(request: HttpRequest, door: OwnDoor, course_id: UUID) -> HttpResponseBase:
    """Show a course; on POST begin it, or go on with it."""
    days = _days()
    row = course_shown(door.member, course_id, days)
    today, problem = days[row.program], ""
    if request.method == "POST":
        try:
            begun = enrol(
                actor=door.actor,
                assignment=assignment_for(door.member, row),
                course=row,
                member=door.member,
                today=today,
                now=clock.now(),
            )
        except Missing:
            raise
        except NotEligible as refusal:
            problem = refusal.text
        else:
            rows = Enrolment.objects.visible_to(door.member)
            found = rows.select_related("course", "version").get(pk=begun.pk)
            return redirect(resume_url(found))
    page = course_page(door.member, row, today)
    context = {"page": page, "problem": problem, "page_title": page.title}
    status = 409 if problem else 200
    return render(request, "portal/learn_course.html", context, status=status)


def _days() -> Mapping[str, date]:
    return {each: clock.today(zone_of(each)) for each in programs()}
