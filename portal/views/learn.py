"""What a member learns: their courses, the catalogue, and one course's page."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render

from accounts.access import OWN, OwnDoor
from accounts.routes import route
from core import clock
from core.failures import Missing, Refusal
from courses.models import Course, Enrolment
from courses.queries import assignment_for
from courses.services import enrol
from credentials.policy import programs, zone_of
from portal.forms.courses import price_sent
from portal.queries.course_words import resume_url
from portal.queries.items import Wanted
from portal.queries.learn import learning
from portal.queries.learn_course import course_page, course_shown
from portal.queries.order_places import place_of
from portal.sent import sent
from portal.services import buy_course

WANTED = ("program", "topic", "credit", "price", "requirement")


@route(permission=OWN)
def my_learning(request: HttpRequest, door: OwnDoor) -> HttpResponseBase:
    """List what somebody learns, and what they may begin."""
    wanted = Wanted(**{each: sent(request.GET, each, 40) for each in WANTED})
    page = learning(door.member, wanted, _days())
    context = {"page": page, "page_title": "My learning"}
    return render(request, "portal/learn.html", context)


@route(permission=OWN, methods=("GET", "POST"))
def course(request: HttpRequest, door: OwnDoor, course_id: UUID) -> HttpResponseBase:
    """Show a course; on POST begin it, go on with it, or order what has a price."""
    days = _days()
    row = course_shown(door.member, course_id, days)
    today, problem, status = days[row.program], "", 200
    if request.method == "POST":
        try:
            if "price" in request.POST:
                return redirect(_ordered(request, door, row, today))
            return redirect(_begun(door, row, today))
        except Missing:
            raise
        except Refusal as refusal:
            problem, status = refusal.text, refusal.status
    page = course_page(door.member, row, today)
    context = {"page": page, "problem": problem, "page_title": page.title}
    return render(request, "portal/learn_course.html", context, status=status)


def _begun(door: OwnDoor, course: Course, today: date) -> str:
    """Begin a course, and give where one goes on."""
    begun = enrol(
        actor=door.actor,
        assignment=assignment_for(door.member, course),
        course=course,
        member=door.member,
        today=today,
        now=clock.now(),
    )
    rows = Enrolment.objects.visible_to(door.member)
    found = rows.select_related("course", "version").get(pk=begun.pk)
    return resume_url(found)


def _ordered(request: HttpRequest, door: OwnDoor, course: Course, today: date) -> str:
    """Order a course at the price that was shown, and give where the order is."""
    made = buy_course(
        door=door,
        course=course,
        agreed=price_sent(sent(request.POST, "price", 20)),
        today=today,
        now=clock.now(),
    )
    messages.success(request, f"Order {made.number} awaits payment.")
    return place_of(made)


def _days() -> Mapping[str, date]:
    return {each: clock.today(zone_of(each)) for each in programs()}
