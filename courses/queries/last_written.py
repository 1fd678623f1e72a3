"""Who wrote in a draft last, or threw it away, as the trail has it."""

import re
from dataclasses import dataclass
from uuid import UUID

from core.models import AuditEntry
from core.shown import when_words
from courses.models import Course, CourseVersion
from credentials.policy import zone_of

DISCARDED = "course_version.discarded"
# All that an entry said before it named the course.
SENTENCE = re.compile(
    r"Threw away (?P<title>.+), version (?P<number>\d{1,6})", re.DOTALL
)


@dataclass(frozen=True)
class LastWritten:
    """Who wrote last; `taken_in`: it was a ZIP, and nothing was written since."""

    user_id: UUID | None
    taken_in: bool
    words: str


@dataclass(frozen=True)
class ThrownAway:
    """A draft that is no more: its course and number, and who threw it away."""

    course: Course
    number: int
    words: str


def last_written(draft: CourseVersion) -> LastWritten | None:
    """Say who wrote in a draft last, and when; None where the trail has nothing."""
    rows = AuditEntry.objects.of_program(draft.course.program)
    rows = rows.filter(subject_id=draft.pk)
    entry = rows.order_by("-at", "-pk").first()
    if entry is None:
        return None
    when = when_words(entry.at, zone_of(draft.course.program))
    return LastWritten(
        user_id=entry.user_id,
        taken_in=entry.action == "course_version.imported",
        words=f"{entry.actor} wrote in it last, {when}.",
    )


def thrown_away(program: str, version_id: UUID) -> ThrownAway | None:
    """Say of which course of a body a draft was that somebody threw away.

    None where there was no such draft, or another body's; and where its entry is an old
    one, which names no course, and no course, or several, have the title it says.
    """
    rows = AuditEntry.objects.of_program(program).filter(subject_id=version_id)
    entry = rows.filter(action=DISCARDED).first()
    course, number = _said(program, entry) if entry else (None, 0)
    if entry is None or course is None:
        return None
    when = when_words(entry.at, zone_of(program))
    return ThrownAway(course, number, f"{entry.actor} threw this draft away, {when}.")


def _said(program: str, entry: AuditEntry) -> tuple[Course | None, int]:
    """Find the course and the number that an entry says."""
    courses = Course.objects.of_program(program)
    told = SENTENCE.fullmatch(entry.sentence)
    if "course" not in entry.changes:
        named = list(courses.filter(title=told["title"])[:2]) if told else []
        return (
            (named[0], int(told["number"])) if told and len(named) == 1 else (None, 0)
        )
    _, course_id = entry.changes["course"]
    # Of an entry without it any version may have come since: its writer looks first.
    _, number = entry.changes.get("number", (None, 0))
    return courses.get(pk=course_id), int(number)


def published_since(gone: ThrownAway) -> CourseVersion | None:
    """Find what was published since a draft was thrown away, the newest; None if none.

    It has the number of that draft, or a higher one.
    """
    rows = CourseVersion.objects.published().filter(course=gone.course)
    return rows.filter(number__gte=gone.number).order_by("-number").first()
