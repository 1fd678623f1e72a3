"""A version read back into what it was made of."""

from decimal import Decimal
from typing import Any

from courses.models import Course, CourseVersion, Enrolment, Module
from courses.rules import (
    CourseFacts,
    CourseSource,
    ModuleSource,
    PageSource,
    TestSource,
    facts_with,
)


def facts_of(course: Course) -> CourseFacts:
    """Read a course's facts as they are now."""
    return CourseFacts(
        slug=course.slug,
        kind=course.kind,
        product=course.product,
        title=course.title,
        summary=course.summary,
        provider=course.provider,
        joint_provider=course.joint_provider,
        credit_kind=course.credit_kind,
        credit=course.credit,
        topics=tuple(course.topics),
        member_price=course.member_price,
        nonmember_price=course.nonmember_price,
        released_on=course.released_on,
        expires_on=course.expires_on,
    )


def planned_facts(version: CourseVersion) -> CourseFacts:
    """Read a course's facts as they are once a draft of it is published."""
    facts = facts_of(version.course)
    return facts_with(facts, version.facts or {}) if _is_draft(version) else facts


def learnt_facts(enrolment: Enrolment) -> CourseFacts:
    """Read a course's facts as they hold for somebody who learns it.

    Who is in the middle of a version keeps what was stated of it until another version
    stated otherwise; what none of them stated is the course's own, as it is now.
    """
    later = CourseVersion.objects.published().filter(course=enrolment.course_id)
    later = later.filter(number__gt=enrolment.version.number, replaced__isnull=False)
    stated: dict[str, Any] = {}
    for replaced in later.order_by("-number").values_list("replaced", flat=True):
        stated |= replaced or {}
    return facts_with(facts_of(enrolment.course), stated)


def source_of(version: CourseVersion) -> CourseSource:
    """Read a version back into what it was made of."""
    modules = version.modules.order_by("place").prefetch_related(
        "pages__video", "pages__captions"
    )
    figures = (version.questions, version.pass_percent, version.tries)
    return CourseSource(
        facts=planned_facts(version),
        objectives=tuple(version.objectives),
        must_watch=version.must_watch,
        modules=tuple(_module_of(each) for each in modules),
        test=TestSource(version.bank, *(each or 0 for each in figures))
        if version.bank
        else None,
    )


def _is_draft(version: CourseVersion) -> bool:
    return version.published_at is None


def _module_of(module: Module) -> ModuleSource:
    pages = sorted(module.pages.all(), key=lambda each: each.place)
    return ModuleSource(
        module.title,
        tuple(
            PageSource(
                code=page.code,
                title=page.title,
                markdown=page.markdown,
                video=page.video.name if page.video else "",
                captions=page.captions.name if page.captions else "",
                seconds=page.seconds,
                chapters=tuple(
                    (Decimal(str(at)), title) for at, title in page.chapters
                ),
            )
            for page in pages
        ),
    )
