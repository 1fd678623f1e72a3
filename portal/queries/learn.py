"""What somebody learns, may learn, and what a course is before they begin it (H5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from accounts.models import Member
from courses.models import Course, Enrolment
from courses.queries import (
    course_opened_by,
    enrolments_of,
    offered_courses,
    why_not_open,
)
from credentials.models import Assignment
from credentials.policy import (
    day_words,
    policy_for,
    programs,
)
from portal.queries.activity_form import Offer
from portal.queries.course_words import (
    credit_of,
    going_url,
    price_words,
    provider_words,
    rules_for,
    topics_of,
)
from portal.queries.items import Wanted, reportable
from portal.queries.lacking import (
    REQUIREMENTS,
    asked_by_topic,
    kinds_towards,
    topics_towards,
)
from portal.queries.places import body_name
from portal.queries.shown import Tag

# What is asked for, and the words for it; anything else is as if nothing was.
PRICES = {"free": "Free", "paid": "With a price"}
ANY = ("", "Any")


@dataclass(frozen=True)
class Filter:
    """One choice above the list: its name, label, options and what was chosen."""

    name: str
    label: str
    options: Sequence[tuple[str, str]]
    chosen: str


@dataclass(frozen=True)
class CourseCard:
    """A course in a list."""

    title: str
    summary: str
    body_name: str
    facts: Sequence[str]
    price: str
    url: str
    tag: Tag | None = None
    resume_url: str = ""


@dataclass(frozen=True)
class Learning:
    """All that H5 shows: what is begun or given, the catalogue, its filters.

    `known` are activities that the body knows, to be done elsewhere and reported.
    """

    mine: Sequence[CourseCard]
    offered: Sequence[CourseCard]
    known: Sequence[Offer]
    filters: Sequence[Filter]
    filtered: bool


def learning(member: Member, wanted: Wanted, today: Mapping[str, date]) -> Learning:
    """Read what somebody learns and what they may learn, as they look for it."""
    begun = [each for each in enrolments_of(member) if each.program in today]
    known = {each.course_id for each in begun}
    mine = [_mine(each, today) for each in begun]
    given = _given(member, known, today)
    return Learning(
        mine=[*mine, *given],
        offered=[_card(each, today) for each in offered(wanted, today)],
        known=reportable(wanted, today),
        filters=_filters(wanted, today),
        filtered=wanted != Wanted(),
    )


def offered(wanted: Wanted, today: Mapping[str, date]) -> Sequence[Course]:
    """List the courses that are offered, as somebody looks for them."""
    return [
        course
        for program in programs()
        if wanted.program in ("", program)
        for course in _offered(program, wanted, today[program])
    ]


def _offered(program: str, wanted: Wanted, today: date) -> Sequence[Course]:
    rows = offered_courses([program], today)
    if wanted.credit == "none":
        rows = rows.filter(credit_kind="")
    elif wanted.credit:
        rows = rows.filter(credit_kind=wanted.credit)
    if wanted.requirement in REQUIREMENTS:
        counts = kinds_towards(wanted.requirement, program, today)
        rows = rows.filter(credit_kind__in=counts)
    by_topic = bool(wanted.requirement) and wanted.requirement not in REQUIREMENTS
    towards = topics_towards(wanted.requirement, program, today) if by_topic else ()
    free = Q(nonmember_price=0)
    if wanted.price in PRICES:
        rows = rows.filter(free if wanted.price == "free" else ~free)
    # SQLite has no containment of JSON; a body has hundreds of courses at most.
    found = [each for each in rows if wanted.topic in ("", *each.topics)]
    if by_topic:
        found = [each for each in found if not set(towards).isdisjoint(each.topics)]
    return found


def _card(course: Course, today: Mapping[str, date]) -> CourseCard:
    day = today[course.program]
    facts = [course.get_kind_display(), provider_words(course)]
    if course.credit is not None:
        facts.append(credit_of(course, day))
    if topics := topics_of(course, day):
        facts.append(topics)
    return CourseCard(
        title=course.title,
        summary=course.summary,
        body_name=body_name(course.program),
        facts=facts,
        price=price_words(course),
        url=reverse("course", kwargs={"course_id": course.pk}),
    )


def _mine(enrolment: Enrolment, today: Mapping[str, date]) -> CourseCard:
    course = enrolment.course
    done = enrolment.completed_at is not None
    going = going_url(enrolment, today[course.program])
    words = "Completed" if done else "In progress" if going else "Ended"
    return CourseCard(
        title=course.title,
        summary=course.summary,
        body_name=body_name(course.program),
        facts=[f"Begun {day_words(enrolment.started_on)}"],
        price="",
        url=reverse("course", kwargs={"course_id": course.pk}),
        tag=Tag("ok" if done else "info" if going else "neutral", words),
        resume_url=going,
    )


def _given(
    member: Member, known: set[UUID], today: Mapping[str, date]
) -> list[CourseCard]:
    """List what was assigned and not begun yet."""
    rows = Assignment.objects.visible_to(member).exclude(state=Assignment.State.UNDONE)
    found: dict[UUID, CourseCard] = {}
    for row in rows.select_related("product").order_by("-at", "pk"):
        course = course_opened_by(row)
        if course is None or course.pk in known or course.pk in found:
            continue
        if why_not_open(course, today[course.program]):
            continue
        found[course.pk] = CourseCard(
            title=course.title,
            summary=course.summary,
            body_name=body_name(course.program),
            facts=[f"Assigned {day_words(row.on)}"],
            price="",
            url=reverse("course", kwargs={"course_id": course.pk}),
            tag=Tag("neutral", "Not begun"),
        )
    return list(found.values())


def _filters(wanted: Wanted, today: Mapping[str, date]) -> list[Filter]:
    bodies = [(each, body_name(each)) for each in programs()]
    topics: dict[str, str] = {}
    kinds: dict[str, str] = {}
    for program, day in today.items():
        rules = rules_for(program, day)
        topics |= {each.code: each.title for each in (rules.topics if rules else ())}
        offered = offered_courses([program], day).values_list("credit_kind", flat=True)
        labels = {each.code: each.label for each in policy_for(program, on=day).kinds}
        kinds |= {each: labels.get(each, each) for each in offered if each}
    kinds["none"] = "No credit"
    return [
        Filter("program", "Body", [ANY, *bodies], wanted.program),
        Filter(
            "requirement",
            "Missing",
            [ANY, *REQUIREMENTS.items(), *asked_by_topic(today).items()],
            wanted.requirement,
        ),
        Filter("topic", "Counts for", [ANY, *topics.items()], wanted.topic),
        Filter("credit", "Credit", [ANY, *kinds.items()], wanted.credit),
        Filter("price", "Price", [ANY, *PRICES.items()], wanted.price),
    ]
