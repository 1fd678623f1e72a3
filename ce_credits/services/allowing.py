"""Counting a file against what may be kept; the database refuses one too many."""

from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F

from ce_credits.models import PracticeAllowance, ProofAllowance
from core.failures import FieldProblem, NotUsable
from credentials.events import OwnDocumentFiled

MIB, GIB = 2**20, 2**30


class NoRoom(NotUsable):
    """As much is kept as may be; its one problem stands at the field "file"."""

    slug = "no-room"
    title = "No room for another file"
    status = 409


def allow(*, member_id: UUID, practice_id: UUID | None, size: int) -> None:
    """Count a file of `size` bytes for its member, and the practice it is sent in for.

    Call it in the transaction that writes the file's row: what is not kept is not
    counted. The rows' locks are taken in this order by everybody.

    Raises:
        NoRoom: it would be more than one of them may keep; nothing is counted.
    """
    _allow_member(member_id, size)
    if practice_id is not None:
        _allow_practice(practice_id, size)


def _allow_member(member_id: UUID, size: int) -> None:
    most_files, most_bytes = settings.MEMBER_FILES, settings.MEMBER_MEGABYTES * MIB
    ProofAllowance.objects.get_or_create(
        member_id=member_id,
        defaults={"most_files": most_files, "most_bytes": most_bytes},
    )
    try:
        with transaction.atomic():
            ProofAllowance.objects.filter(member_id=member_id).update(
                files=F("files") + 1,
                bytes=F("bytes") + size,
                most_files=most_files,
                most_bytes=most_bytes,
            )
    except IntegrityError as error:
        text = (
            f"One person may keep {most_files:,} files and {_words(most_bytes)} here, "
            "and with this file it would be more. Write to staff to make room."
        )
        raise _full(text) from error


def _allow_practice(practice_id: UUID, size: int) -> None:
    most_bytes = settings.PRACTICE_MEGABYTES * MIB
    PracticeAllowance.objects.get_or_create(
        practice_id=practice_id, defaults={"most_bytes": most_bytes}
    )
    try:
        with transaction.atomic():
            PracticeAllowance.objects.filter(practice_id=practice_id).update(
                bytes=F("bytes") + size, most_bytes=most_bytes
            )
    except IntegrityError as error:
        text = (
            f"One practice may keep {_words(most_bytes)} of files here, and with this "
            "file it would be more. Write to staff to make room."
        )
        raise _full(text) from error


def _full(text: str) -> NoRoom:
    return NoRoom(text, [FieldProblem("file", text, "quota")])


def _words(size: int) -> str:
    whole = size % GIB == 0
    return f"{size // GIB:,} GB" if whole else f"{size // MIB:,} MB"


def on_own_document_filed(event: OwnDocumentFiled) -> None:
    """Count what a practice files itself against the same room as its people's proofs.

    Raises:
        NoRoom: it would be more than the practice may keep; nothing is filed.
    """
    _allow_practice(event.practice_id, event.size)
