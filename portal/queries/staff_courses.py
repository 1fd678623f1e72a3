"""A body's courses as its staff see and write them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.db.models import Count, Prefetch
from django.urls import reverse

from core.failures import Missing
from courses.models import Course, CourseFile, CourseVersion, Module, Page
from courses.queries import facts_of, problems_of_draft
from courses.queries.written import seen_draft
from courses.rules import plain_facts
from credentials.policy import day_words
from portal.queries.allowances import UsedUpIn, used_up_in
from portal.queries.course_words import price_words, provider_words
from portal.queries.places import body_name
from portal.queries.shown import Tag

DRAFT, PUBLISHED = Tag("warn", "Draft"), Tag("ok", "Published")


@dataclass(frozen=True)
class CourseRow:
    """A course in the list."""

    title: str
    about: str
    tag: Tag
    url: str


@dataclass(frozen=True)
class CoursesPage:
    """All the list shows."""

    body_name: str
    verdict: str
    courses: Sequence[CourseRow]


@dataclass(frozen=True)
class VersionRow:
    """A version of a course; people are those who began with it."""

    title: str
    about: str
    tag: Tag
    url: str
    zip_url: str


@dataclass(frozen=True)
class StaffCourse:
    """A course with its versions, the newest first."""

    title: str
    facts: Sequence[tuple[str, str]]
    tag: Tag
    versions: Sequence[VersionRow]
    has_draft: bool
    withdrawn: bool
    used_up: UsedUpIn


@dataclass(frozen=True)
class Outline:
    """A version before whoever writes it: what it holds, what is missing."""

    version: CourseVersion
    course_url: str
    modules: Sequence[Module]
    files: Sequence[CourseFile]
    problems: Sequence[str]
    changes: Sequence[tuple[str, str]]
    seen: str
    tag: Tag


def staff_course_of(program: str, course_id: UUID) -> Course:
    """Find a body's course.

    Raises:
        Missing: there is none.
    """
    found = Course.objects.of_program(program).filter(pk=course_id).first()
    if found is None:
        raise Missing("Not found.")
    return found


def version_of(program: str, version_id: UUID) -> CourseVersion:
    """Find a version of a body's course.

    Raises:
        Missing: there is none.
    """
    rows = CourseVersion.objects.of_program(program).filter(pk=version_id)
    found = rows.select_related("course").first()
    if found is None:
        raise Missing("Not found.")
    return found


def part_of(
    version: CourseVersion,
    model: type[Module | Page | CourseFile],
    part_id: UUID | None,
) -> Module | Page | CourseFile:
    """Find a part of a version.

    Raises:
        Missing: there is none.
    """
    found = model._default_manager.filter(
        version=version, pk=part_id or uuid4()
    ).first()
    if found is None:
        raise Missing("Not found.")
    return found


def courses_page(program: str, today: date) -> CoursesPage:
    """List a body's courses by title."""
    versions = Prefetch("versions", CourseVersion.objects.order_by("-number"))
    found = list(Course.objects.of_program(program).prefetch_related(versions))
    noun = "course" if len(found) == 1 else "courses"
    return CoursesPage(
        body_name=body_name(program),
        verdict=f"{len(found)} {noun}." if found else "There is no course yet.",
        courses=[
            CourseRow(
                title=each.title,
                about=f"{each.get_kind_display()}, {_newest(each)}",
                tag=_state(each, today),
                url=_course_url(each),
            )
            for each in found
        ],
    )


def course_page(course: Course, today: date, number: int = 1) -> StaffCourse:
    """Show a course's facts and versions; of who used up its tries page `number`."""
    rows = CourseVersion.objects.filter(course=course).order_by("-number")
    versions = list(rows.annotate(people=Count("enrolments")))
    ends = day_words(course.expires_on) if course.expires_on else "no day"
    facts = [
        ("Kind", course.get_kind_display()),
        ("Provider", provider_words(course)),
        ("Price", price_words(course)),
        ("Open", f"from {day_words(course.released_on)}, until {ends}"),
    ]
    return StaffCourse(
        title=course.title,
        facts=facts,
        tag=_state(course, today),
        versions=[_version_row(course, each) for each in versions],
        has_draft=any(each.published_at is None for each in versions),
        withdrawn=course.withdrawn_on is not None,
        used_up=used_up_in(course, number),
    )


def outline(version: CourseVersion) -> Outline:
    """Show what a version holds; of a draft, what is still missing."""
    pages = Prefetch("pages", Page.objects.order_by("place"))
    draft = version.published_at is None
    return Outline(
        version=version,
        course_url=_course_url(version.course),
        modules=list(version.modules.order_by("place").prefetch_related(pages)),
        files=list(version.files.order_by("name")),
        problems=problems_of_draft(version) if draft else (),
        changes=_changes(version) if draft else (),
        seen=seen_draft(version) if draft else "",
        tag=DRAFT if draft else PUBLISHED,
    )


def _changes(draft: CourseVersion) -> Sequence[tuple[str, str]]:
    """Say which facts of its course publishing changes: from what, to what."""
    now = plain_facts(facts_of(draft.course))
    return [
        (key.replace("_", " ").capitalize(), f"{_said(now[key])} → {_said(value)}")
        for key, value in (draft.facts or {}).items()
        if value != now[key]
    ]


def _said(value: str | list[str] | None) -> str:
    said = ", ".join(value) if isinstance(value, list) else value
    return said or "nothing"


def _version_row(course: Course, version: CourseVersion) -> VersionRow:
    place = {"program": course.program, "version_id": version.pk}
    people: int = version.people  # type: ignore[attr-defined]
    about = "Nobody reads it yet."
    if version.published_on:
        noun = "person has" if people == 1 else "people have"
        about = (
            f"Published {day_words(version.published_on)} by {version.published_by}. "
            f"{people} {noun} begun with it."
        )
    return VersionRow(
        title=str(version).capitalize(),
        about=about,
        tag=PUBLISHED if version.published_on else DRAFT,
        url=reverse("staff_version", kwargs=place),
        zip_url=reverse("staff_version_zip", kwargs=place),
    )


def _course_url(course: Course) -> str:
    place = {"program": course.program, "course_id": course.pk}
    return reverse("staff_course", kwargs=place)


def _newest(course: Course) -> str:
    newest = next(iter(course.versions.all()), None)
    return str(newest) if newest else "nothing written yet"


def _state(course: Course, today: date) -> Tag:
    if course.withdrawn_on:
        return Tag("neutral", "Withdrawn")
    if course.expires_on and course.expires_on < today:
        return Tag("neutral", "Ended")
    if not any(each.published_on for each in course.versions.all()):
        return DRAFT
    if course.released_on > today:
        return Tag("info", f"Opens {day_words(course.released_on)}")
    return Tag("ok", "Open")
