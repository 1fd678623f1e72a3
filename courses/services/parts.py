"""Modules, pages and files of a draft: added, changed, moved, removed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.db.models import Max

from core.actor import Actor
from core.failures import FieldProblem, Missing, NotUsable
from core.files import (
    seconds_of,
    stored,
)
from core.seen import check_seen
from courses.models import CourseFile, CourseVersion, Module, Page
from courses.queries.written import seen_draft, seen_page
from courses.queries.written_tests import draft_bank
from courses.rules import pictures_of, problem_of
from courses.rules.going import RESERVED
from courses.services.meanwhile import LOOK_AGAIN
from courses.services.versions import FULL, held, is_full, note

# Places are counted below it; what is moved stands above it for a moment.
AWAY = 10_000


@dataclass(frozen=True)
class PageFacts:
    """A page as staff write it; `video` and `captions` name files of the version."""

    code: str
    title: str
    markdown: str
    video: str = ""
    captions: str = ""
    seconds: Decimal | None = None
    chapters: Sequence[tuple[Decimal, str]] = ()


@transaction.atomic
def save_module(
    *,
    actor: Actor,
    version: CourseVersion,
    module_id: UUID | None,
    title: str,
    now: datetime,
) -> Module:
    """Add a module at a draft's end, or rename one.

    Raises:
        Stale: the version is published.
        Missing: it has no such module.
    """
    draft = held(version)
    if module_id is None:
        place = _last(draft.modules.all()) + 1
        module = Module.objects.create(version=draft, place=place, title=title)
    else:
        module = _part(Module, draft, module_id)
        module.title = title
        module.save(update_fields=["title"])
    note(actor, draft, "changed", "Changed", now)
    return module


@transaction.atomic
def save_page(
    *,
    actor: Actor,
    version: CourseVersion,
    module_id: UUID,
    page_id: UUID | None,
    facts: PageFacts,
    seen: str | None = None,
    now: datetime,
) -> Page:
    """Add a page at a module's end, or change one.

    Args:
        actor: staff.
        version: a draft.
        module_id: where the page stands.
        page_id: which page; None adds one.
        facts: what it says and plays.
        seen: what stood there when the writer opened it, by `seen_page`; None asks
            nothing.
        now: the instant, UTC.

    Raises:
        Stale: the version is published, or somebody else wrote the page since.
        Missing: it has no such module or page.
        NotUsable: another page has its code, a file is not there or none of its kind, a
            video has no length, a picture no words, or the version is full.
    """
    draft = held(version)
    module = _part(Module, draft, module_id)
    if page_id is None:
        if is_full(draft):
            raise NotUsable(FULL)
        page = Page(version=draft, module=module, place=_last(module.pages.all()) + 1)
    else:
        page = _part(Page, draft, page_id)
        check_seen(seen, seen_page(page))
    if facts.code in RESERVED:
        text = f"{facts.code} is no page's code here. Choose another one."
        raise NotUsable(text, [FieldProblem("code", text, "reserved")])
    if problem := problem_of(facts.markdown):
        raise NotUsable(problem, [FieldProblem("markdown", problem)])
    page.code, page.title, page.markdown = facts.code, facts.title, facts.markdown
    _film(page, draft, facts)
    try:
        with transaction.atomic():
            page.save()
    except IntegrityError as error:
        text = "Another page of this version has this code. Choose another one."
        raise NotUsable(text, [FieldProblem("code", text, "taken")]) from error
    note(actor, draft, "changed", "Changed", now)
    return page


@transaction.atomic
def move_part(
    *,
    actor: Actor,
    version: CourseVersion,
    part: Module | Page,
    up: bool,
    now: datetime,
) -> None:
    """Move a module in its version, or a page in its module; at the end it stays.

    Raises:
        Stale: the version is published.
        Missing: it has no such part.
    """
    draft = held(version)
    row = _part(type(part), draft, part.pk)
    rows = draft.modules.all() if isinstance(row, Module) else row.module.pages.all()
    step = {"place__lt": row.place} if up else {"place__gt": row.place}
    other = rows.filter(**step).order_by("-place" if up else "place").first()
    if other is None:
        return
    here, there = row.place, other.place
    rows.filter(pk=other.pk).update(place=AWAY)
    rows.filter(pk=row.pk).update(place=there)
    rows.filter(pk=other.pk).update(place=here)
    note(actor, draft, "changed", "Changed", now)


@transaction.atomic
def remove_part(
    *,
    actor: Actor,
    version: CourseVersion,
    part: Module | Page | CourseFile,
    seen: str | None = None,
    now: datetime,
) -> None:
    """Take a module with its pages, a page, or a file out of a draft.

    Args:
        actor: staff.
        version: a draft.
        part: of it.
        seen: the draft that was looked at, by `seen_draft`; None asks nothing.
        now: the instant, UTC.

    Raises:
        Stale: the version is published, or not what was looked at any more.
        Missing: it has no such part.
        NotUsable: a page still plays the file, or a question shows it.
    """
    draft = held(version)
    check_seen(seen, seen_draft(draft), LOOK_AGAIN)
    row = _part(type(part), draft, part.pk)
    if isinstance(row, Module):
        row.pages.all().delete()
    if isinstance(row, CourseFile):
        shown = Page.objects.filter(version=draft)
        shown = shown.filter(models.Q(video=row) | models.Q(captions=row))
        if page := shown.first():
            raise NotUsable(
                f"The page “{page.title}” plays this file. Change it first."
            )
        bank = draft_bank(draft)[0] if draft.bank else None
        asked = pictures_of(bank).get(row.name) if bank else None
        if asked and row.kind == CourseFile.Kind.QUESTION:
            raise NotUsable(f"Question {asked} shows this picture. Change it first.")
    row.delete()
    note(actor, draft, "changed", "Changed", now)


def _film(page: Page, draft: CourseVersion, facts: PageFacts) -> None:
    """Set a page's video, or make it a page of words."""
    page.kind, page.video, page.captions = Page.Kind.TEXT, None, None
    page.seconds, page.chapters = None, []
    if not facts.video and not facts.captions:
        return
    page.kind = Page.Kind.VIDEO
    page.video = _file(draft, facts.video, CourseFile.Kind.VIDEO, "video")
    page.captions = _file(draft, facts.captions, CourseFile.Kind.CAPTIONS, "captions")
    film = page.video
    seconds = facts.seconds or seconds_of(stored(film.file_key), film.media)
    if seconds is None:
        text = "This video doesn't say how long it is. Enter its seconds."
        raise NotUsable(text, [FieldProblem("seconds", text)])
    page.seconds = seconds
    late = [title for at, title in facts.chapters if at >= seconds]
    if late:
        text = f"The chapter “{late[0]}” begins after the video's end."
        raise NotUsable(text, [FieldProblem("chapters", text)])
    page.chapters = [[str(at), title] for at, title in facts.chapters]


def _file(draft: CourseVersion, name: str, kind: str, field: str) -> CourseFile:
    found = draft.files.filter(name=name, kind=kind).first()
    if found is None:
        text = f"Choose {'a video' if field == 'video' else 'captions'} of the files."
        raise NotUsable(text, [FieldProblem(field, text)])
    return found


def _part(model: type[Any], draft: CourseVersion, part_id: UUID) -> Any:  # noqa: ANN401
    found = model._default_manager.filter(version=draft, pk=part_id).first()
    if found is None:
        raise Missing("Not found.")
    return found


def _last(rows: models.QuerySet[Any]) -> int:
    found: int = rows.aggregate(last=Max("place"))["last"] or 0
    return found
