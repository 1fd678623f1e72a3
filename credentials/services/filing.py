"""A practice's own documents: filing one, a new version of one, and removing one."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from accounts.models import Practice
from core.actor import Actor
from core.audit import record
from core.events import publish
from core.failures import FieldProblem, Missing, NotUsable, Stale
from core.files import LookedInto, forget, keep, look_into, shown_name
from credentials.events import OwnDocumentFiled
from credentials.models import OwnDocumentVersion

ORDER = "Enter a last day on or after the first one, or leave it empty."
MEANWHILE = (
    "Somebody filed another version of this document meanwhile. Nothing was changed. "
    "Look at it, then file yours."
)


@dataclass(frozen=True)
class Filing:
    """What a practice says of a file.

    Args:
        kind: one of `OwnDocumentVersion.Kind`.
        covers_from: the first day it covers; None: since ever.
        covers_until: the last one; None: until further notice.
    """

    title: str
    kind: str
    covers_from: date | None
    covers_until: date | None


@dataclass(frozen=True)
class Filed:
    """The version a file is; `is_new` unless it was there before."""

    version: OwnDocumentVersion
    is_new: bool


def file_own_document(
    *,
    actor: Actor,
    practice: Practice,
    document: UUID | None,
    filing: Filing,
    upload: "File[bytes]",
    now: datetime,
) -> Filed:
    """Look into a file and keep it as the next version of a document, or as a new one.

    The same file with the same title, kind and days is the version that is there:
    nothing changes. With others it is a version, or a document, of its own.

    Args:
        document: whose next version it is; None begins a new one.

    Raises:
        FileRefused: what is wrong with the file, in a sentence; nothing is kept.
        NotUsable: the last day comes before the first.
        NoRoom: the practice keeps as much as it may.
        Missing: the practice has no such document, or removed it.
        Stale: somebody filed a version meanwhile.
    """
    first, last = filing.covers_from, filing.covers_until
    if first and last and last < first:
        raise NotUsable(ORDER, [FieldProblem("covers_until", ORDER, "order")])
    found = look_into(upload)
    sent = _Sent(found, shown_name(upload.name or ""), keep(found.content))
    filed = None
    try:
        filed = _file(actor, practice, document, filing, sent, now)
    finally:
        if filed is None or filed.version.file_key != sent.key:
            forget(sent.key)
    return filed


@dataclass(frozen=True)
class _Sent:
    """The file as it came: what it is, what it is called, and where it is kept."""

    found: LookedInto
    name: str
    key: str


@transaction.atomic
def _file(
    actor: Actor,
    practice: Practice,
    document: UUID | None,
    filing: Filing,
    sent: _Sent,
    now: datetime,
) -> Filed:
    number = _next_number(practice, document) if document else 1
    same = _same(practice, document, filing, sent)
    before = same.first()
    if before is not None:
        return Filed(before, is_new=False)
    row = _row(practice, document or uuid4(), number, filing, sent)
    row.added_by, row.added_at = actor.label[:200], now
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        # Somebody filed the same, or the next version, at the same moment.
        before = same.first()
        if before is None:
            raise Stale(MEANWHILE) from None
        return Filed(before, is_new=False)
    publish(OwnDocumentFiled(practice.pk, row.size))
    _write_down(actor, row, "filed", f"Filed {row}", now)
    return Filed(row, is_new=True)


def _same(
    practice: Practice, document: UUID | None, filing: Filing, sent: _Sent
) -> QuerySet[OwnDocumentVersion]:
    """Versions of a document, or of any where a new one begins, that say the same."""
    there = OwnDocumentVersion.objects.of(practice).there()
    if document is not None:
        there = there.filter(document=document)
    return there.filter(
        sha256=sent.found.sha256,
        title=filing.title,
        kind=filing.kind,
        covers_from=filing.covers_from,
        covers_until=filing.covers_until,
    ).order_by("-number")


def _row(
    practice: Practice, document: UUID, number: int, filing: Filing, sent: _Sent
) -> OwnDocumentVersion:
    return OwnDocumentVersion(
        practice=practice,
        document=document,
        number=number,
        title=filing.title,
        kind=filing.kind,
        covers_from=filing.covers_from,
        covers_until=filing.covers_until,
        file_key=sent.key,
        file_kind=sent.found.kind,
        name=sent.name,
        sha256=sent.found.sha256,
        stored_sha256=sent.found.stored_sha256,
        size=len(sent.found.content),
        pages=sent.found.pages,
    )


def _next_number(practice: Practice, document: UUID) -> int:
    rows = (
        OwnDocumentVersion.objects.of(practice)
        .there()
        .filter(document=document)
        .select_for_update()
        .order_by("-number")
    )
    newest = rows.first()
    if newest is None:
        raise Missing("Not found.")
    return newest.number + 1


@transaction.atomic
def remove_own_document(
    *, actor: Actor, practice: Practice, document: UUID, reason: str, now: datetime
) -> None:
    """Set a document aside with all its versions; files and rows are kept (X5).

    Raises:
        Missing: the practice has no such document, or removed it already.
    """
    rows = OwnDocumentVersion.objects.of(practice).there().filter(document=document)
    newest = rows.order_by("-number").first()
    if newest is None or not rows.update(
        removed_at=now, removed_by=actor.label[:200], removed_why=reason
    ):
        raise Missing("Not found.")
    _write_down(actor, newest, "removed", f"Removed {newest.title}", now, reason)


def _write_down(
    actor: Actor,
    version: OwnDocumentVersion,
    verb: str,
    sentence: str,
    now: datetime,
    reason: str = "",
) -> None:
    record(
        actor=actor,
        action=f"own_document.{verb}",
        subject=version,
        practice_id=version.practice_id,
        sentence=sentence,
        changes={"sha256": (None, version.sha256)} if verb == "filed" else None,
        reason=reason,
        now=now,
    )
