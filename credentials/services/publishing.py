"""Publishing a version of a body's document, and withdrawing one (decision 0017)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.files.base import File
from django.db import IntegrityError, transaction

from core.actor import Actor
from core.audit import record
from core.failures import FieldProblem, NotUsable, Stale
from core.files import (
    FileRefused,
    LookedInto,
    NotMarked,
    forget,
    keep,
    look_into,
    marked_copy,
    shown_name,
)
from credentials.models import DocumentVersion, SecureDocument
from credentials.policy import day_words
from credentials.services.document_letters import tell_administrators

NO_PDF = "This file is not a PDF. Save it as a PDF, then choose it again."
NO_NAME = (
    "No name could be put on this file's pages, so nobody could open it. Print it to a "
    "new PDF, then choose that one."
)
CHANGED = (
    "Somebody published version {number} since you opened this page. Nothing was "
    "changed. Look at it, then publish yours."
)


@dataclass(frozen=True)
class NewVersion:
    """What is published beside the file.

    Args:
        title: the document's from now on.
        effective_on: the body's day from which it is the current version.
        changes: what is different from the version before it.
    """

    title: str
    effective_on: date
    changes: str


@dataclass(frozen=True)
class Published:
    """The version a file is; `is_new` unless it was there before."""

    version: DocumentVersion
    is_new: bool


def publish_version(
    *,
    actor: Actor,
    program: str,
    document: SecureDocument | None,
    seen: int,
    wanted: NewVersion,
    upload: "File[bytes]",
    now: datetime,
) -> Published:
    """Look into a PDF and publish it as the next version, or as a new document.

    Administrators of the body's practices are told. The same file again is the version
    that is there: nothing changes.

    Args:
        document: whose next version it is; None begins a new one.
        seen: the number of its newest version as the page showed it, 0 without one.

    Raises:
        FileRefused: what is wrong with the file, in a sentence; nothing is kept.
        NotUsable: another document of the body has this title.
        Stale: somebody published a version meanwhile.
    """
    found = _look_into(upload)
    sent = _Sent(found, shown_name(upload.name or ""), keep(found.content))
    published = None
    try:
        _try_a_mark(sent.key)
        published = _publish(actor, program, document, seen, wanted, sent, now)
    finally:
        if published is None or published.version.file_key != sent.key:
            forget(sent.key)
    return published


def _look_into(upload: "File[bytes]") -> LookedInto:
    """Look into a file of which only a PDF is taken."""
    try:
        found = look_into(upload)
    except FileRefused as refusal:
        if refusal.problems[0].code != "kind":
            raise
        raise FileRefused.saying(NO_PDF, "kind") from refusal
    if found.kind != "pdf":
        raise FileRefused.saying(NO_PDF, "kind")
    return found


def _try_a_mark(key: str) -> None:
    """See whether readers will get their copies, before anybody is told of it."""
    try:
        marked_copy(key=key, lines=("Name", "Practice", "Time"))
    except NotMarked as fault:
        raise FileRefused.saying(NO_NAME, "mark") from fault


@dataclass(frozen=True)
class _Sent:
    """The file as it came: what it is, what it is called, and where it is kept."""

    found: LookedInto
    name: str
    key: str


@transaction.atomic
def _publish(
    actor: Actor,
    program: str,
    document: SecureDocument | None,
    seen: int,
    wanted: NewVersion,
    sent: _Sent,
    now: datetime,
) -> Published:
    if document is None:
        document = _begun(program, wanted, now)
    # Two managers take turns from here on.
    document = SecureDocument.objects.select_for_update().get(pk=document.pk)
    versions = document.versions.order_by("-number")
    same = versions.standing().filter(sha256=sent.found.sha256).first()
    if same is not None:
        return Published(same, is_new=False)
    newest = versions.first()
    number = newest.number if newest else 0
    if number != seen:
        raise _taken() if seen == 0 else Stale(CHANGED.format(number=number))
    _name(document, wanted)
    version = _write(actor, document, number + 1, wanted, sent, now)
    record(
        actor=actor,
        action="document.published",
        subject=version,
        program=program,
        sentence=f"Published {version}, effective {day_words(version.effective_on)}",
        changes={"sha256": (newest.sha256 if newest else None, version.sha256)},
        now=now,
    )
    tell_administrators(version, program=program, now=now)
    return Published(version, is_new=True)


def _begun(program: str, wanted: NewVersion, now: datetime) -> SecureDocument:
    """Begin a document, or find the one that has the title: its file decides."""
    same = SecureDocument.objects.filter(program=program, title__iexact=wanted.title)
    try:
        with transaction.atomic():
            return same.first() or SecureDocument.objects.create(
                program=program, title=wanted.title, added_at=now
            )
    except IntegrityError:
        # Somebody began it at the same moment.
        return same.get()


def _write(
    actor: Actor,
    document: SecureDocument,
    number: int,
    wanted: NewVersion,
    sent: _Sent,
    now: datetime,
) -> DocumentVersion:
    return DocumentVersion.objects.create(
        document=document,
        number=number,
        title=wanted.title,
        effective_on=wanted.effective_on,
        changes=wanted.changes,
        file_key=sent.key,
        name=sent.name,
        sha256=sent.found.sha256,
        size=len(sent.found.content),
        pages=sent.found.pages,
        published_by=actor.label[:200],
        published_at=now,
    )


def _name(document: SecureDocument, wanted: NewVersion) -> None:
    """Give the document the newest version's title."""
    if document.title == wanted.title:
        return
    document.title = wanted.title
    try:
        with transaction.atomic():
            document.save(update_fields=["title"])
    except IntegrityError:
        raise _taken() from None


def _taken() -> NotUsable:
    text = (
        "There is another document with this title. Publish a new version of that one, "
        "or choose another title."
    )
    return NotUsable(text, [FieldProblem("title", text, "taken")])


@transaction.atomic
def withdraw_version(
    *, actor: Actor, version: DocumentVersion, reason: str, now: datetime
) -> None:
    """Let nobody open a version any more; who read it stays known.

    Raises:
        Stale: it is withdrawn already.
    """
    standing = DocumentVersion.objects.standing().filter(pk=version.pk)
    if not standing.update(
        withdrawn_at=now, withdrawn_by=actor.label[:200], withdrawn_why=reason
    ):
        raise Stale("This version is withdrawn already.")
    record(
        actor=actor,
        action="document.withdrawn",
        subject=version,
        program=version.document.program,
        sentence=f"Withdrew {version}",
        reason=reason,
        now=now,
    )
