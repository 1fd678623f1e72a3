"""What may be learnt: a body's catalogue, and what somebody was given (M10)."""

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet

from accounts.models import Member
from courses.models import Course, CourseVersion, Enrolment
from credentials.models import Assignment, Product, SocietyMembership, Window
from credentials.policy import day_words

OPENED_BY_TILES = (Product.Kind.MANUAL, Product.Kind.COURSE, Product.Kind.CE_COURSE)


def newest_version(course: Course) -> CourseVersion | None:
    """Find what somebody who begins today is taught; None while nothing is."""
    rows = CourseVersion.objects.published().filter(course=course)
    return rows.order_by("-number").first()


def why_not_open(course: Course, today: date) -> str:
    """Say why a course can't be begun on a day; empty where it can."""
    if course.withdrawn_on is not None:
        return "This course was withdrawn. Choose another one."
    if course.expires_on is not None and course.expires_on < today:
        return f"This course ended on {day_words(course.expires_on)}."
    if course.released_on > today:
        return f"This course opens on {day_words(course.released_on)}."
    if newest_version(course) is None:
        return "This course is not published yet."
    return ""


def is_member_of(member: Member, program: str, today: date) -> bool:
    """Say whether somebody is a body's member on a day: by its society, or a term."""
    mine = {"member": member, "program": program}
    since = Q(until_on=None) | Q(until_on__gte=today)
    society = SocietyMembership.objects.filter(since, from_on__lte=today, **mine)
    terms = Window.objects.filter(
        first_on__lte=today, last_on__gte=today, undone_at=None, **mine
    )
    return society.exists() or terms.exists()


def price_for(member: Member, course: Course, today: date) -> Decimal:
    """Say what a course costs somebody (M10)."""
    if not course.nonmember_price:
        return course.nonmember_price
    if is_member_of(member, course.program, today):
        return course.member_price
    return course.nonmember_price


def course_opened_by(assignment: Assignment) -> Course | None:
    """Find the course that an assignment opens; None where it opens none.

    A CE course is the one that was chosen, by its address.
    """
    product = assignment.product
    if product.kind not in OPENED_BY_TILES:
        return None
    rows = Course.objects.of_program(product.program)
    begun = rows.filter(enrolments__assignment=assignment).first()
    if begun is not None:
        return begun
    rows = rows.filter(withdrawn_on=None)
    if product.kind == Product.Kind.CE_COURSE:
        return rows.filter(slug=assignment.choice, product="").first()
    return rows.filter(product=product.code).first()


def assignment_for(member: Member, course: Course) -> Assignment | None:
    """Find what somebody was given that opens a course, the newest first."""
    rows = Assignment.objects.visible_to(member).exclude(state=Assignment.State.UNDONE)
    rows = rows.filter(product__program=course.program).select_related("product")
    chosen = {"product__kind": Product.Kind.CE_COURSE, "choice": course.slug}
    # What has a tile of its own is opened by that alone.
    opening = {"product__code": course.product} if course.product else chosen
    return rows.filter(**opening).order_by("-at", "pk").first()


def offered_courses(programs: Collection[str], today: date) -> "QuerySet[Course]":
    """List what these bodies offer on a day, by title."""
    return Course.objects.offered(programs, today)


def enrolments_of(member: Member) -> Sequence[Enrolment]:
    """List what somebody learns or learnt, the newest first, with its course."""
    rows = Enrolment.objects.visible_to(member)
    return list(rows.select_related("course", "version", "whereabouts__page"))
