"""A course as a ZIP: taken in whole or not at all, and given out (docs/courses.md)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from io import BytesIO
from typing import Any

from django.core.files import File
from django.db import transaction

from core.actor import Actor
from core.failures import FieldProblem, NotUsable
from core.files import FileRefused, Lesson, forget, keep_file, look_into_lesson, stored
from core.packs import refused, unpacked
from courses.models import Course, CourseFile, CourseVersion, Module
from courses.queries.sources import source_of
from courses.queries.written_tests import draft_bank, question_pictures
from courses.rules import (
    BankError,
    CourseSource,
    PageSource,
    SourceError,
    files_shown,
    pictures_of,
    read_source,
    source_text,
)
from courses.services.facts import change_course, create_course, facts_to_come
from courses.services.meanwhile import check_replacing
from courses.services.parts import PageFacts, save_page
from courses.services.version_files import check_kind, stored_as
from courses.services.versions import begin_draft, empty, note

MOST_BYTES = 200 * 1024 * 1024
# In characters, as the forms take them.
LONGEST_PAGE, LONGEST_TEXT = 100_000, 200_000


@dataclass(frozen=True)
class _Taken:
    """A file that was looked into, where it is kept; `asked`: a question shows it."""

    lesson: Lesson
    key: str
    asked: bool


def import_course(
    *,
    actor: Actor,
    program: str,
    upload: "File[Any]",
    seen: str | None = None,
    today: date,
    now: datetime,
) -> CourseVersion:
    """Take a course in: a draft with all that the ZIP holds, and the course's facts.

    Of a course that is published, the facts wait with the draft until that is.
    A course of the body with the same slug gets it as its draft, in place of what that
    held; else it is a new course. Nothing is kept where anything is wrong.

    Args:
        actor: staff.
        program: the body.
        upload: the ZIP.
        seen: the draft that may be replaced, by `seen_draft`, as `Stale` told of it; ""
            for none, so that a draft somebody wrote is asked about; None asks nothing.
        today: the day in the body's zone.
        now: the instant, UTC.

    Raises:
        Stale: it would replace a draft that `seen` doesn't name; it says who wrote in
            it last, and `extra["seen"]` names the draft as it is.
        NotUsable: the ZIP, or something in it, can't be used; the sentence names it.
        NotEligible: the body's pack has no courses.
    """
    contents = unpacked(upload, most=MOST_BYTES)
    texts, files, pictures = _sorted(contents)
    try:
        source = read_source(texts, files, pictures)
    except (SourceError, BankError) as fault:
        raise refused(f"{fault}.") from fault
    taken: dict[str, _Taken] = {}
    try:
        for name, content in (files | pictures).items():
            asked = name in pictures
            lesson = _looked_into(name, content, asked=asked)
            key = keep_file(BytesIO(lesson.content), "courses")
            taken[name] = _Taken(lesson, key, asked)
        timed = _timed(source, taken)
        return _write(actor, program, timed, taken, seen, today, now)
    except BaseException:
        for each in taken.values():
            forget(each.key)
        raise


def export_course(*, version: CourseVersion) -> Iterator[tuple[str, bytes]]:
    """Give the files of a version, by name; taken in again, they make the same one.

    A file that no page shows stays behind: a course is not taken in with one. A draft
    is given out as it is: where something of it is missing, taking it in says what.
    """
    source = source_of(version)
    yield "course.toml", source_text(source).encode()
    if source.test:
        yield "bank.toml", source.test.bank.encode()
    for page in source.pages:
        if page.markdown:
            yield f"pages/{page.code}.md", page.markdown.encode()
    shown = {name for page in source.pages for name in files_shown(page)}
    for file in version.files.filter(name__in=shown).order_by("name"):
        yield f"files/{file.name}", stored(file.file_key)
    bank = draft_bank(version)[0] if source.test else None
    asked = pictures_of(bank) if bank else ()
    for file in question_pictures(version).filter(name__in=asked):
        yield f"pictures/{file.name}", stored(file.file_key)


def _sorted(
    contents: Mapping[str, bytes],
) -> tuple[dict[str, str], dict[str, bytes], dict[str, bytes]]:
    """Part texts, files and pictures of questions; refuse whatever is none of them."""
    texts: dict[str, str] = {}
    files: dict[str, bytes] = {}
    pictures: dict[str, bytes] = {}
    for path, content in contents.items():
        folder, _, name = path.rpartition("/")
        if folder in {"files", "pictures"}:
            (files if folder == "files" else pictures)[name] = content
            continue
        known = path in {"course.toml", "bank.toml"}
        if not known and not (folder == "pages" and name.endswith(".md")):
            raise refused(f"{path} is none of a course's files.")
        try:
            text = content.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as fault:
            raise refused(f"{path} is not text in UTF-8.") from fault
        most = LONGEST_PAGE if folder else LONGEST_TEXT
        if len(text) > most:
            raise refused(f"{path} is longer than {most:,} characters.")
        texts[path] = text
    return texts, files, pictures


def _looked_into(name: str, content: bytes, *, asked: bool) -> Lesson:
    """Look into a file as if it had been sent alone; say which one is refused."""
    try:
        lesson = look_into_lesson(File(BytesIO(content), name=name))
        check_kind(lesson, asked=asked)
    except FileRefused as refusal:
        folder = "pictures" if asked else "files"
        raise refused(f"{folder}/{name}: {refusal.text}") from refusal
    return lesson


def _timed(source: CourseSource, taken: Mapping[str, _Taken]) -> CourseSource:
    """Fill in how long its videos are, where the files say so."""

    def timed(page: PageSource) -> PageSource:
        found = taken[page.video].lesson.seconds if page.video else None
        return replace(page, seconds=found) if found else page

    return replace(
        source,
        modules=tuple(
            replace(each, pages=tuple(timed(page) for page in each.pages))
            for each in source.modules
        ),
    )


@transaction.atomic
def _write(
    actor: Actor,
    program: str,
    source: CourseSource,
    taken: Mapping[str, _Taken],
    seen: str | None,
    today: date,
    now: datetime,
) -> CourseVersion:
    rows = Course.objects.of_program(program).filter(slug=source.facts.slug)
    same, facts = rows.select_for_update().first(), source.facts
    if same is not None:
        check_replacing(actor, same, seen)
    to_come = None
    if same is None:
        course = create_course(
            actor=actor, program=program, facts=facts, today=today, now=now
        )
    elif same.versions.exclude(published_at=None).exists():
        # People read it: what is said of it changes with what it teaches.
        course = same
        to_come = facts_to_come(course=course, facts=facts, today=today)
    else:
        course = change_course(
            actor=actor, course=same, facts=facts, today=today, now=now
        )
    draft = begin_draft(actor=actor, course=course, now=now)
    empty(draft)
    draft.facts = to_come
    test = source.test
    draft.objectives, draft.must_watch = list(source.objectives), source.must_watch
    draft.bank = test.bank if test else ""
    draft.questions = test.questions if test else None
    draft.pass_percent = test.pass_percent if test else None
    draft.tries = test.tries if test else None
    draft.save()
    for name, each in taken.items():
        CourseFile.objects.create(
            version=draft,
            name=name,
            **stored_as(each.key, each.lesson, now, asked=each.asked),
        )
    for place, module in enumerate(source.modules, start=1):
        row = Module.objects.create(version=draft, place=place, title=module.title)
        for page in module.pages:
            _page(actor, draft, row, page, now)
    note(actor, draft, "imported", "Imported", now)
    return draft


def _page(
    actor: Actor, draft: CourseVersion, module: Module, page: PageSource, now: datetime
) -> None:
    facts = PageFacts(
        code=page.code,
        title=page.title,
        markdown=page.markdown,
        video=page.video,
        captions=page.captions,
        seconds=page.seconds,
        chapters=page.chapters,
    )
    try:
        save_page(
            actor=actor,
            version=draft,
            module_id=module.pk,
            page_id=None,
            facts=facts,
            now=now,
        )
    except NotUsable as refusal:
        text = f"course.toml, page {page.code}: {refusal.text}"
        raise NotUsable(text, [FieldProblem("file", text)]) from refusal
