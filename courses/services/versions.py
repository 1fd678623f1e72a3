"""Versions of a course: a draft is begun, written, published, or thrown away (M1)."""

from datetime import date, datetime

from django.db import transaction

from core.actor import Actor
from core.audit import Changes, record
from core.failures import FieldProblem, Missing, NotEligible, Stale
from core.files import stored
from core.packs import MOST_PARTS
from core.seen import check_seen
from courses.models import Course, CourseFile, CourseVersion, Module, Page
from courses.queries.drafts import draft_of, problems_of_draft
from courses.queries.last_written import ThrownAway, published_since
from courses.queries.sources import facts_of, planned_facts
from courses.queries.written import seen_draft, seen_version
from courses.rules import (
    html_of,
    plain_facts,
    read_captions,
    transcript_of,
)
from courses.services.facts import change_course
from courses.services.meanwhile import LOOK_AGAIN

BEGUN_SINCE = "A new draft was begun since. Choose where in it this goes."
PUBLISHED_SINCE = "A version was published since. Choose where in a new one this goes."
NOT_A_DRAFT = "This version is published: begin a new one to change it."
# Of a ZIP's parts, two are texts, and three may be folders.
MOST_PARTS_OF_VERSION = MOST_PARTS - 5
FULL = (
    f"A version has at most {MOST_PARTS_OF_VERSION} pages and files together, so that "
    "its ZIP can be taken in again. Remove one first."
)
FIGURES = ("questions", "pass_percent", "tries")


@transaction.atomic
def begin_draft(*, actor: Actor, course: Course, now: datetime) -> CourseVersion:
    """Begin a course's next version as a copy of the last; again gives the one begun.

    People in the middle of an earlier version keep it.
    """
    row = Course.objects.select_for_update().get(pk=course.pk)
    versions = CourseVersion.objects.filter(course=row).order_by("-number")
    last = versions.first()
    if last is not None and last.published_at is None:
        return last
    draft = CourseVersion.objects.create(
        course=row,
        number=last.number + 1 if last else 1,
        objectives=last.objectives if last else [],
        bank=last.bank if last else "",
        must_watch=last.must_watch if last else False,
        **{each: getattr(last, each, None) for each in FIGURES},
    )
    if last is not None:
        _copy(last, draft)
    note(actor, draft, "begun", "Began", now)
    return draft


@transaction.atomic
def begin_anew(*, actor: Actor, gone: ThrownAway, now: datetime) -> CourseVersion:
    """Begin a draft for what was typed for one that was thrown away.

    Raises:
        Stale: somebody began one since, and may have written in it, or published it.
    """
    row = Course.objects.select_for_update().get(pk=gone.course.pk)
    if draft_of(row) is not None:
        raise Stale(BEGUN_SINCE)
    if published_since(gone) is not None:
        raise Stale(PUBLISHED_SINCE)
    return begin_draft(actor=actor, course=row, now=now)


@transaction.atomic
def change_version(
    *,
    actor: Actor,
    version: CourseVersion,
    objectives: list[str],
    must_watch: bool,
    seen: str | None = None,
    now: datetime,
) -> CourseVersion:
    """Write what a draft is about.

    Args:
        actor: staff.
        version: a draft.
        objectives: what one knows afterwards, a line each.
        must_watch: whether a video counts only once it was played.
        seen: what stood there when the writer opened it, by `seen_version`; None asks
            nothing.
        now: the instant, UTC.

    Raises:
        Stale: it is published, or somebody else wrote in it since.
    """
    row = held(version)
    check_seen(seen, seen_version(row))
    row.objectives, row.must_watch = objectives, must_watch
    row.save(update_fields=["objectives", "must_watch"])
    note(actor, row, "changed", "Changed", now)
    return row


@transaction.atomic
def publish_version(
    *,
    actor: Actor,
    version: CourseVersion,
    files_at: str,
    seen: str | None = None,
    today: date,
    now: datetime,
) -> CourseVersion:
    """Publish a draft: from now on it is what begins, and nobody changes it.

    The course's facts that came with it are changed now; who is in the middle of an
    earlier version keeps what was stated of that.

    Args:
        actor: staff.
        version: a draft.
        files_at: the address at which readers find its files.
        seen: the draft that was looked at, by `seen_draft`; None asks nothing.
        today: the day in the body's zone.
        now: the instant, UTC.

    Raises:
        Stale: it is published, or not what was looked at any more.
        NotEligible: something of it is missing; each thing is named.
        NotUsable: a fact that it changes can't be any more.
    """
    # The course first, as whoever takes one in does.
    course = Course.objects.select_for_update().get(pk=version.course_id)
    row = held(version)
    check_seen(seen, seen_draft(row), LOOK_AGAIN)
    if problems := problems_of_draft(row):
        found = [FieldProblem("version", each) for each in problems]
        raise NotEligible(problems[0], found)
    for page in row.pages.select_related("captions"):
        page.html = html_of(page.markdown, files_at=files_at)
        if page.captions:
            page.transcript = transcript_of(
                read_captions(stored(page.captions.file_key))
            )
        page.save(update_fields=["html", "transcript"])
    if row.facts:
        before, planned = plain_facts(facts_of(course)), planned_facts(row)
        row.replaced = {name: before[name] for name in row.facts}
        row.course = change_course(
            actor=actor, course=course, facts=planned, today=today, now=now
        )
    row.published_on, row.published_at = today, now
    row.published_by = actor.label[:200]
    row.save(update_fields=["replaced", "published_on", "published_at", "published_by"])
    note(actor, row, "published", "Published", now)
    return row


@transaction.atomic
def discard_draft(
    *, actor: Actor, version: CourseVersion, seen: str | None = None, now: datetime
) -> None:
    """Throw a draft away; what was published stays.

    Args:
        actor: staff.
        version: a draft.
        seen: the draft that was looked at, by `seen_draft`; None asks nothing.
        now: the instant, UTC.

    Raises:
        Stale: it is published, or not what was looked at any more.
    """
    row = held(version)
    check_seen(seen, seen_draft(row), LOOK_AGAIN)
    # Who still writes in it is led to its course.
    led = {"course": (None, row.course_id), "number": (None, row.number)}
    note(actor, row, "discarded", "Threw away", now, changes=led)
    empty(row)
    row.delete()


def held(version: CourseVersion) -> CourseVersion:
    """Lock a draft against everybody else who writes it.

    Raises:
        Stale: it is published.
        Missing: somebody threw it away.
    """
    rows = CourseVersion.objects.select_for_update(of=("self",))
    row = rows.select_related("course").filter(pk=version.pk).first()
    if row is None:
        raise Missing("Not found.")
    if row.published_at is not None:
        raise Stale(NOT_A_DRAFT)
    return row


def is_full(draft: CourseVersion) -> bool:
    """Say whether one page or file more would make a ZIP that is not taken in."""
    return draft.pages.count() + draft.files.count() >= MOST_PARTS_OF_VERSION


def empty(draft: CourseVersion) -> None:
    """Take everything out of a draft; what its files share stays stored."""
    for rows in (draft.pages, draft.modules, draft.files):
        rows.all().delete()


def note(
    actor: Actor,
    version: CourseVersion,
    action: str,
    did: str,
    now: datetime,
    *,
    changes: Changes | None = None,
) -> None:
    """Write an entry about a version."""
    course = version.course
    record(
        actor=actor,
        action=f"course_version.{action}",
        subject=version,
        program=course.program,
        sentence=f"{did} {course.title}, {version}"[:400],
        now=now,
        changes=changes,
    )


def _copy(last: CourseVersion, draft: CourseVersion) -> None:
    """Give a draft all that the last version has, under ids of its own."""
    files = {}
    for file in last.files.all():
        files[file.pk] = CourseFile.objects.create(
            version=draft,
            **_same(file, "name", "kind", "media", "file_key", "sha256", "size"),
            added_at=file.added_at,
        )
    for module in last.modules.prefetch_related("pages"):
        new = Module.objects.create(version=draft, **_same(module, "place", "title"))
        for page in module.pages.all():
            Page.objects.create(
                version=draft,
                module=new,
                **_same(page, "place", "code", "title", "kind", "markdown"),
                **_same(page, "seconds", "chapters"),
                video=files[page.video_id] if page.video_id else None,
                captions=files[page.captions_id] if page.captions_id else None,
            )


def _same(row: object, *names: str) -> dict[str, object]:
    return {name: getattr(row, name) for name in names}
