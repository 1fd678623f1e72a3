"""Rows of courses to break guards with, and how to break them."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.db import models

from accounts.models import Member
from courses.models import (
    Course,
    CourseCredit,
    CourseFile,
    CourseVersion,
    Enrolment,
    EvaluationAnswers,
    EvaluationGiven,
    Module,
    Page,
    Watched,
    Whereabouts,
)
from tests.cast import BODY, NOW, TODAY
from tests.db.breaking import Changes

PUBLISHED = {"published_on": TODAY, "published_at": NOW, "published_by": "tests"}


def a_course(program: str = BODY, **facts: object) -> Course:
    """Make a course that has nothing to read yet."""
    return Course.objects.create(
        program=program,
        slug=uuid4().hex,
        kind="course",
        title="Rights of patients",
        provider="The body",
        released_on=TODAY,
        created_at=NOW,
        changed_at=NOW,
        **facts,
    )


def a_published_course(program: str = BODY, **facts: object) -> CourseVersion:
    """Make a course of one page and one video, and publish it."""
    course = a_course(program, **facts)
    version = CourseVersion.objects.create(course=course, number=1)
    module = Module.objects.create(version=version, place=1, title="First")
    parts = {"version": version, "module": module}
    Page.objects.create(
        place=1, code="words", title="Words", kind="text", markdown="Hello", **parts
    )
    video, captions = (
        CourseFile.objects.create(
            version=version,
            name=f"film.{media}",
            kind=kind,
            media=media,
            file_key=f"courses/{media}",
            sha256="0" * 64,
            size=9,
            added_at=NOW,
        )
        for kind, media in (("video", "webm"), ("captions", "vtt"))
    )
    Page.objects.create(
        place=2,
        code="film",
        title="Film",
        kind="video",
        video=video,
        captions=captions,
        seconds=Decimal(90),
        **parts,
    )
    CourseVersion.objects.filter(pk=version.pk).update(**PUBLISHED)
    version.refresh_from_db()
    return version


def rows_of_courses(member: Member) -> Enrolment:
    """Let somebody learn a course, evaluate it and be given its credit."""
    version = a_published_course()
    mine: dict[str, Any] = {
        "member": member,
        "program": BODY,
        "course": version.course,
        "version": version,
    }
    enrolment = Enrolment.objects.create(
        begun_by=member, started_on=TODAY, started_at=NOW, completed_at=NOW, **mine
    )
    page = version.pages.get(code="film")
    Whereabouts.objects.create(enrolment=enrolment, page=page, second=70, at=NOW)
    Watched.objects.create(enrolment=enrolment, page=page, spans=[[0, 70]], done_at=NOW)
    EvaluationGiven.objects.create(enrolment=enrolment, on=TODAY)
    EvaluationAnswers.objects.create(
        version=version, month=TODAY.replace(day=1), answers={"liked": 5}
    )
    CourseCredit.objects.create(
        enrolment=enrolment, kind="x", credits=Decimal(1), on=TODAY, at=NOW, **mine
    )
    return enrolment


def _new(**changes: object) -> Changes:
    return lambda row: {"slug": "new"} | changes if "slug" in vars(row) else changes


def _opened_by_a_tile(row: Course) -> dict[str, object]:
    Course.objects.filter(pk=row.pk).update(product="x")
    return {"slug": "new", "product": "x"}


def _drafted(row: Module | Page | CourseFile) -> dict[str, object]:
    """Begin a draft that has one module, one file and one page, to break it with."""
    draft = CourseVersion.objects.create(course=row.version.course, number=97)
    module = Module.objects.create(version=draft, place=1, title="First")
    file = CourseFile.objects.create(
        version=draft,
        name="film.webm",
        kind="video",
        media="webm",
        file_key="courses/webm",
        sha256="0" * 64,
        size=9,
        added_at=NOW,
    )
    Page.objects.create(
        version=draft, module=module, place=1, code="words", title="W", kind="text"
    )
    if isinstance(row, Module):
        return {"version_id": draft.pk, "place": 1}
    if isinstance(row, CourseFile):
        return {"version_id": draft.pk, "name": file.name}
    return {"version_id": draft.pk, "module_id": module.pk, "video_id": file.pk}


def _page(**changes: object) -> Changes:
    usual = {"code": "new", "place": 9, "kind": "text", "seconds": None}
    usual |= {"captions_id": None}
    return lambda row: _drafted(row) | {"video_id": None} | usual | changes


def _credited_otherwise(row: CourseCredit) -> dict[str, object]:
    version = a_published_course()
    enrolment = Enrolment.objects.create(
        member=row.member,
        begun_by=row.member,
        program=row.program,
        course=version.course,
        version=version,
        started_on=TODAY,
        started_at=NOW,
    )
    return {"enrolment_id": enrolment.pk}


def _draft(row: CourseVersion) -> CourseVersion:
    return CourseVersion.objects.create(course=row.course, number=98)


BREACHES: dict[str, tuple[type[models.Model], Changes]] = {
    "one_course_an_address": (Course, lambda row: {"slug": row.slug}),
    "one_course_a_product": (Course, _opened_by_a_tile),
    "course_credit_whole": (Course, _new(credit_kind="x")),
    "course_member_pays_no_more": (Course, _new(member_price=9)),
    "course_ends_after_release": (Course, _new(expires_on=TODAY - timedelta(days=1))),
    "one_course_version_a_number": (CourseVersion, lambda row: {}),
    "one_draft_a_course": (
        CourseVersion,
        lambda row: (
            {"number": _draft(row).number + 1}
            | dict.fromkeys(("published_on", "published_at"))
            | {"published_by": ""}
        ),
    ),
    "version_published_whole": (
        CourseVersion,
        lambda row: {"number": 99, "published_by": ""},
    ),
    "version_test_whole": (CourseVersion, lambda row: {"number": 99, "bank": "x"}),
    "one_module_a_place": (Module, _drafted),
    "one_course_file_a_name": (CourseFile, _drafted),
    "one_page_a_place": (Page, _page(place=1)),
    "one_page_a_code": (Page, _page(code="words")),
    "video_page_has_captions": (Page, _page(kind="video", seconds=9)),
    "one_enrolment_a_course": (Enrolment, lambda row: {}),
    "second_not_negative": (Whereabouts, lambda row: {"second": -1}),
    "one_watched_a_page": (Watched, lambda row: {}),
    "evaluation_names_no_day": (
        EvaluationAnswers,
        lambda row: {"month": row.month.replace(day=2)},
    ),
    "course_credited_once": (CourseCredit, _credited_otherwise),
    "course_credit_not_negative": (CourseCredit, lambda row: {"credits": -1}),
}
