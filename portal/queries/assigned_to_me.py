"""What a member was given beside their terms, and where each of it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from accounts.models import Member
from courses.queries import course_opened_by, exam_of, why_not_open
from credentials.models import Assignment, Product
from credentials.policy import day_words
from portal.queries.own_programs import own_url
from portal.queries.shown import STATES, Tag

# What is said while the body has published nothing of it.
OPENS = {
    Product.Kind.MANUAL: "Opens when the manual is published.",
    Product.Kind.EXAM: "Opens when the exam is published.",
    Product.Kind.SPECIALTY: "Opens when the exam is published.",
    Product.Kind.COURSE: "Opens when the course is published.",
    Product.Kind.CE_COURSE: "Add it as a CE activity once you attended it.",
}
TERMS = {Product.Kind.RENEWAL, Product.Kind.MEMBERSHIP}
TONES = {"progress": "info", "done": "ok", "failed": "bad"}


@dataclass(frozen=True)
class Given:
    """One product: its title, since when, and how it stands."""

    title: str
    reason: str
    tag: Tag
    icon: str
    colour: str
    state: str
    url: str = ""
    course_url: str = ""


def assigned_to(
    member: Member, program: str, *, first_term: bool, today: date
) -> Sequence[Given]:
    """List what a member was given in a program, the newest first.

    Args:
        first_term: whether they are in it: then the membership is listed, too.
        today: the day in the body's zone.
    """
    found = (
        Assignment.objects.visible_to(member)
        .filter(product__program=program)
        .exclude(state=Assignment.State.UNDONE)
        .select_related("product")
        .order_by("-at", "product__order", "pk")
    )
    shown = {Product.Kind.MEMBERSHIP} if first_term else frozenset()
    return [
        _given(row, today)
        for row in found
        if not row.product.begins_term or row.product.kind in shown
    ]


def _given(row: Assignment, today: date) -> Given:
    state, words = STATES[Assignment.State(row.state)]
    reason = f"Assigned on {day_words(row.on)}."
    url, course_url = destination(row, today), _course_url(row, today)
    if row.state == Assignment.State.ASSIGNED and not _is_published(row, today):
        reason += f" {OPENS[Product.Kind(row.product.kind)]}"
    word = row.label or words
    return Given(
        title=row.title,
        reason=reason,
        tag=Tag(TONES.get(state, "neutral"), word[:1].upper() + word[1:]),
        icon=row.product.icon,
        colour=row.product.colour,
        state=state,
        url=url,
        course_url=course_url if course_url != url else "",
    )


def destination(row: Assignment, today: date) -> str:
    """Say what a product opens for whoever was given it; every one opens something.

    An exam opens itself, a manual, a training and a course theirs. A CE course that
    is held elsewhere is added as an activity, a term is shown where one stands. What
    the body hasn't published yet is looked for in the catalogue.
    """
    if exam_of(row, today) is not None:
        return reverse("exam", args=[row.pk])
    if found := _course_url(row, today):
        return found
    program = row.product.program
    if row.product.kind in TERMS:
        return own_url("me", program)
    if row.product.kind == Product.Kind.CE_COURSE:
        return own_url("ce_new", program)
    return own_url("my_learning", program)


def _is_published(row: Assignment, today: date) -> bool:
    if row.product.kind in TERMS or exam_of(row, today) is not None:
        return True
    return bool(_course_url(row, today))


def _course_url(row: Assignment, today: date) -> str:
    course = course_opened_by(row)
    if course is None or why_not_open(course, today):
        return ""
    return reverse("course", kwargs={"course_id": course.pk})
