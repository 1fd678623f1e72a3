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
from core.packs import NAME_RULE, fits_pack
from courses.models import CourseFile, CourseVersion, Page
from courses.rules import CaptionsError, read_captions
from courses.services.versions import FULL, held, is_full, note

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
    *,
    actor: Actor,
    version: CourseVersion,
    upload: "File[Any]",
    asked: bool = False,
    now: datetime,
) -> CourseFile:
    """Look into a file and put it into a draft; one of the same name is replaced.

    Args:
        actor: staff.
        version: a draft.
        upload: what was sent.
        asked: it is a question's picture, which nobody sees before they are asked.
        now: the instant, UTC.

    Raises:
        FileRefused: it is not taken; the sentence says why and what to do.
        Stale: the version is published.
    """
    lesson = look_into_lesson(upload)
    name = shown_name(upload.name or "")[-LONGEST_NAME:]
    check_kind(lesson, asked=asked)
    key = keep_file(BytesIO(lesson.content), "courses")
    try:
        values = stored_as(key, lesson, now, asked=asked)
        return _add(actor, version, name, lesson, values, now)
    except BaseException:
        forget(key)
        raise


@transaction.atomic
def _add(
    actor: Actor,
    version: CourseVersion,
    name: str,
    lesson: Lesson,
    values: dict[str, Any],
    now: datetime,
) -> CourseFile:
    draft = held(version)
    _check_name(draft, name, values["kind"])
    others = draft.files.exclude(name=name).aggregate(size=Sum("size"))["size"] or 0
    if others + len(lesson.content) > MOST_TOGETHER:
        text = f"A version's files are at most {MOST_TOGETHER // 1024**2} MB together."
        raise FileRefused.saying(text, "large")
    file, _ = CourseFile.objects.update_or_create(
        version=draft, name=name, defaults=values
    )
    if lesson.seconds is not None:
        Page.objects.filter(version=draft, video=file).update(seconds=lesson.seconds)
    note(actor, draft, "changed", "Changed", now)
    return file


def _check_name(draft: CourseVersion, name: str, kind: str) -> None:
    """Hold that its ZIP can be taken in again, and that a file keeps its use."""
    if not fits_pack(f"files/{name}"):
        text = f"Its name has to be {NAME_RULE}, a letter or a digit first. Rename it."
        raise FileRefused.saying(text, "name")
    there = draft.files.filter(name__iexact=name).first()
    if there is None:
        _check_room(draft)
    elif there.name != name:
        text = f"{there.name} is there, which differs in capitals only. Rename one."
        raise FileRefused.saying(text, "taken")
    elif (there.kind == CourseFile.Kind.QUESTION) != (kind == CourseFile.Kind.QUESTION):
        text = "Another file of this version has this name, for another use. Rename it."
        raise FileRefused.saying(text, "taken")


def _check_room(draft: CourseVersion) -> None:
    if draft.files.count() >= MOST_FILES:
        raise FileRefused.saying(f"A version has at most {MOST_FILES} files.", "many")
    if is_full(draft):
        raise FileRefused.saying(FULL, "many")


def stored_as(
    key: str, lesson: Lesson, now: datetime, *, asked: bool
) -> dict[str, Any]:
    """Give what a file's row says of what was looked into and stored.

    `asked`: a question shows it.
    """
    return {
        "kind": CourseFile.Kind.QUESTION if asked else KINDS[lesson.media],
        "media": lesson.media,
        "file_key": key,
        "sha256": lesson.sha256,
        "size": len(lesson.content),
        "added_at": now,
    }


def check_kind(lesson: Lesson, *, asked: bool) -> None:
    """Refuse captions that are none, and what is no picture for a question.

    Raises:
        FileRefused: it says why.
    """
    if asked and KINDS[lesson.media] != CourseFile.Kind.IMAGE:
        text = "A picture of a question is a PNG or a JPEG."
        raise FileRefused.saying(text, "kind")
    if lesson.media != "vtt":
        return
    try:
        read_captions(lesson.content)
    except CaptionsError as fault:
        text = f"These captions can't be used: {fault}."
        raise FileRefused.saying(text, "captions") from fault
