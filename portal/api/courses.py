"""Courses over REST: what may be learnt, and what one learns (M1, M10)."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from http import HTTPStatus
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import OWN, OwnDoor
from accounts.rest import RestView
from core import clock, public_ids
from core.failures import FieldProblem, NotUsable
from core.paging import cut
from core.rest import (
    AmountField,
    CodeField,
    IdField,
    Paged,
    Strict,
    WordField,
    envelope,
    id_in_address,
    instant,
    page_of,
)
from courses.models import Course, Enrolment
from courses.queries import (
    assignment_for,
    enrolments_of,
    is_member_of,
    offered_courses,
    price_for,
)
from courses.services import enrol
from credentials.policy import programs, zone_of
from portal.api.recert_shapes import ApplicationOrder, order_shown
from portal.queries.items import Wanted
from portal.queries.lacking import REQUIREMENTS, asked_by_topic
from portal.queries.learn import offered
from portal.queries.learn_course import as_stated, course_shown
from portal.services import buy_course

COURSE_PREFIX, ENROLMENT_PREFIX = "crs", "enr"
LONGEST_CODE = 40
NO_COURSE = "There is no such course that you may begin."


class CoursesQuery(Paged):
    """The query parameters of the catalogue."""

    program = WordField(programs(), required=False, help_text="The certifying body.")
    topic = CodeField(required=False, max_length=LONGEST_CODE)
    credit = CodeField(
        required=False,
        max_length=LONGEST_CODE,
        help_text="A kind of credit, or `none` for courses without any.",
    )
    price = WordField(("free", "paid"), required=False)
    requirement = WordField(
        (*REQUIREMENTS, *asked_by_topic(dict.fromkeys(programs(), date.max))),
        required=False,
        help_text="What brings credit that counts towards what the body asks for: "
        "all of it, its approved share, or a requirement of a licence's registration.",
    )


class CourseResource(serializers.Serializer):
    """A course of the catalogue."""

    id = IdField(COURSE_PREFIX)
    program = serializers.CharField()
    slug = serializers.CharField()
    kind = serializers.ChoiceField(choices=Course.Kind.values)
    title = serializers.CharField()
    summary = serializers.CharField()
    provider = serializers.CharField()
    joint_provider = serializers.CharField(help_text="Empty where there is none.")
    credit_kind = serializers.CharField(help_text="Empty where it brings no credit.")
    credit = serializers.DecimalField(max_digits=6, decimal_places=2, allow_null=True)
    topics = serializers.ListField(child=serializers.CharField())
    member_price = serializers.DecimalField(max_digits=8, decimal_places=2)
    nonmember_price = serializers.DecimalField(max_digits=8, decimal_places=2)
    your_price = serializers.DecimalField(
        max_digits=8, decimal_places=2, help_text="What it costs you."
    )
    released_on = serializers.DateField()
    expires_on = serializers.DateField(allow_null=True)


class EnrolmentResource(serializers.Serializer):
    """A course that one learns, in the version one began with."""

    id = IdField(ENROLMENT_PREFIX)
    course = IdField(COURSE_PREFIX)
    program = serializers.CharField()
    title = serializers.CharField()
    version = serializers.IntegerField()
    started_on = serializers.DateField(help_text="The day in the body's zone.")
    started_at = serializers.DateTimeField()
    completed_at = serializers.DateTimeField(allow_null=True)


class NewEnrolment(Strict):
    """Which course one begins."""

    course = CodeField(max_length=LONGEST_CODE, help_text="The course's id.")
    price = AmountField(
        required=False,
        help_text="Where it costs something: `your_price`, which you agree to pay.",
    )


class OrderedCourse(serializers.Serializer):
    """A course that waits for its payment; once it is paid, one is enrolled."""

    course = IdField(COURSE_PREFIX)
    order = ApplicationOrder()


class Courses(RestView):
    """The courses that may be begun today."""

    permissions: ClassVar = {"GET": OWN}
    query: ClassVar = CoursesQuery
    operations: ClassVar = {"GET": ("list", "courses")}

    @extend_schema(summary="List courses", responses=page_of(CourseResource))
    def get(self, request: Request, door: OwnDoor) -> Response:
        """List what the bodies offer today, by body and title."""
        names = ("program", "topic", "credit", "price", "requirement")
        wanted = Wanted(**{each: self.asked.get(each, "") for each in names})
        page = CoursesQuery.page_of(self.asked)
        found = cut(list(offered(wanted, _days())), page)
        members = {
            program: is_member_of(door.member, program, day)
            for program, day in _days().items()
        }
        shown = [_course(each, member=members[each.program]) for each in found.rows]
        return envelope(request, page, found.count, shown)


class Enrolments(RestView):
    """The courses that one learns."""

    permissions: ClassVar = {"GET": OWN, "POST": OWN}
    refusals: ClassVar = {"POST": ("not-eligible", "validation-error")}
    query: ClassVar = Paged
    operations: ClassVar = {
        "GET": ("list", "enrolments"),
        "POST": ("create", "enrolment"),
    }

    @extend_schema(summary="List your enrolments", responses=page_of(EnrolmentResource))
    def get(self, request: Request, door: OwnDoor) -> Response:
        """List what you learn and learnt, the newest first."""
        page = Paged.page_of(self.asked)
        found = cut(list(enrolments_of(door.member)), page)
        return envelope(request, page, found.count, map(_enrolment, found.rows))

    @extend_schema(
        summary="Begin a course",
        request=NewEnrolment,
        responses={
            HTTPStatus.CREATED: EnrolmentResource,
            HTTPStatus.ACCEPTED: OrderedCourse,
        },
    )
    def post(self, request: Request, door: OwnDoor) -> Response:
        """Begin a course; one that you began already is given back as it is.

        One that costs you something is ordered, where you send its `price`: 202 and
        the order, paid on its `page`. You are enrolled once it is paid. The same
        again gives the same order.
        """
        asked = self.sent(request, NewEnrolment)
        row_id = public_ids.read(COURSE_PREFIX, asked["course"])
        days = _days()
        rows = offered_courses(programs(), max(days.values()))
        found = rows.filter(pk=row_id).first() if row_id else None
        if found is None:
            problem = FieldProblem("course", NO_COURSE, "not_usable")
            raise NotUsable(NO_COURSE, [problem])
        if "price" in asked and self._costs(door, found, days[found.program]):
            return self._ordered(door, found, asked["price"], days[found.program])
        made = enrol(
            actor=door.actor,
            assignment=assignment_for(door.member, found),
            course=found,
            member=door.member,
            today=days[found.program],
            now=clock.now(),
        )
        return Response(_enrolment(made), HTTPStatus.CREATED)

    @staticmethod
    def _costs(door: OwnDoor, course: Course, today: date) -> bool:
        """Say whether it is begun only once it is paid for."""
        begun = Enrolment.objects.visible_to(door.member).filter(course=course)
        if begun.exists() or assignment_for(door.member, course) is not None:
            return False
        return bool(price_for(door.member, course, today))

    @staticmethod
    def _ordered(
        door: OwnDoor, course: Course, agreed: Decimal, today: date
    ) -> Response:
        """Order a course, and answer its order."""
        made = buy_course(
            door=door, course=course, agreed=agreed, today=today, now=clock.now()
        )
        spelled = public_ids.spell(COURSE_PREFIX, course.pk)
        shown = {"course": spelled, "order": order_shown(door, made)}
        return Response(shown, HTTPStatus.ACCEPTED)


class OneCourse(RestView):
    """One course."""

    permissions: ClassVar = {"GET": OWN}
    operations: ClassVar = {"GET": ("read", "course")}

    @extend_schema(summary="Read a course", responses=CourseResource)
    def get(self, request: Request, door: OwnDoor, course_id: str) -> Response:
        """Read a course that you may begin, or that is yours."""
        days = _days()
        row_id = id_in_address(COURSE_PREFIX, course_id)
        course = course_shown(door.member, row_id, days)
        member = is_member_of(door.member, course.program, days[course.program])
        learnt = Enrolment.objects.visible_to(door.member).filter(course=course)
        mine = learnt.select_related("course", "version").first()
        return Response(_course(as_stated(course, mine), member=member))


def _days() -> Mapping[str, date]:
    return {each: clock.today(zone_of(each)) for each in programs()}


def _course(course: Course, *, member: bool) -> dict[str, Any]:
    yours = course.member_price if member else course.nonmember_price
    return {
        "id": public_ids.spell(COURSE_PREFIX, course.pk),
        "program": course.program,
        "slug": course.slug,
        "kind": course.kind,
        "title": course.title,
        "summary": course.summary,
        "provider": course.provider,
        "joint_provider": course.joint_provider,
        "credit_kind": course.credit_kind,
        "credit": None if course.credit is None else f"{course.credit:.2f}",
        "topics": course.topics,
        "member_price": f"{course.member_price:.2f}",
        "nonmember_price": f"{course.nonmember_price:.2f}",
        "your_price": f"{yours:.2f}",
        "released_on": course.released_on.isoformat(),
        "expires_on": course.expires_on.isoformat() if course.expires_on else None,
    }


def _enrolment(row: Enrolment) -> dict[str, Any]:
    done = row.completed_at
    return {
        "id": public_ids.spell(ENROLMENT_PREFIX, row.pk),
        "course": public_ids.spell(COURSE_PREFIX, row.course_id),
        "program": row.program,
        "title": row.course.title,
        "version": row.version.number,
        "started_on": row.started_on.isoformat(),
        "started_at": instant(row.started_at),
        "completed_at": instant(done) if done else None,
    }
