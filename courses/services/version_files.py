"""Files of a draft: looked into, kept, and in place of one of the same name."""

from datetime import datetime
from io import BytesIO
from typing import Any

from django.core.files import File
from django.db import transaction
from django.db.models import Sum

from core.actor import Actor
from core.files import (
    FileRefused,
    Lesson,
    forget,
    keep_file,
    look_into_lesson,
    shown_name,
)
from courses.models import CourseFile, CourseVersion, Page
from courses.rules import CaptionsError, read_captions
from courses.services.versions import held, note

KINDS = {
    "webm": CourseFile.Kind.VIDEO,
    "mp4": CourseFile.Kind.VIDEO,
    "vtt": CourseFile.Kind.CAPTIONS,
    "png": CourseFile.Kind.IMAGE,
    "jpeg": CourseFile.Kind.IMAGE,
    "pdf": CourseFile.Kind.DOWNLOAD,
}
MOST_FILES, LONGEST_NAME = 200, 100
# All of a version, so that its ZIP can be taken in again.
MOST_TOGETHER = 190 * 1024 * 1024


def add_file(
    *, actor: Actor, version: CourseVersion, upload: "File[Any]", now: datetime
) -> CourseFile:
    """Look into a file and put it into a draft; one of the same name is replaced.

    Raises:
        FileRefused: it is not taken; the sentence says why and what to do.
        Stale: the version is published.
    """
    lesson = look_into_lesson(upload)
    name = shown_name(upload.name or "")[-LONGEST_NAME:]
    check_captions(lesson)
    key = keep_file(BytesIO(lesson.content), "courses")
    try:
        return _add(actor, version, name, key, lesson, now)
    except BaseException:
        forget(key)
        raise


@transaction.atomic
def _add(
    actor: Actor,
    version: CourseVersion,
    name: str,
    key: str,
    lesson: Lesson,
    now: datetime,
) -> CourseFile:
    draft = held(version)
    if draft.files.count() >= MOST_FILES:
        raise FileRefused.saying(f"A version has at most {MOST_FILES} files.", "many")
    others = draft.files.exclude(name=name).aggregate(size=Sum("size"))["size"] or 0
    if others + len(lesson.content) > MOST_TOGETHER:
        text = f"A version's files are at most {MOST_TOGETHER // 1024**2} MB together."
        raise FileRefused.saying(text, "large")
    file, _ = CourseFile.objects.update_or_create(
        version=draft, name=name, defaults=stored_as(key, lesson, now)
    )
    if lesson.seconds is not None:
        Page.objects.filter(version=draft, video=file).update(seconds=lesson.seconds)
    note(actor, draft, "changed", "Changed", now)
    return file


def stored_as(key: str, lesson: Lesson, now: datetime) -> dict[str, Any]:
    """Give what a file's row says of what was looked into and stored."""
    return {
        "kind": KINDS[lesson.media],
        "media": lesson.media,
        "file_key": key,
        "sha256": lesson.sha256,
        "size": len(lesson.content),
        "added_at": now,
    }


def check_captions(lesson: Lesson) -> None:
    """Refuse captions that are none.

    Raises:
        FileRefused: with the line, and why.
    """
    if lesson.media != "vtt":
        return
    try:
        read_captions(lesson.content)
    except CaptionsError as fault:
        text = f"These captions can't be used: {fault}."
        raise FileRefused.saying(text, "captions") from fault
