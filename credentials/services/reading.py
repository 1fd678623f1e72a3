"""Opening a body's document, and acknowledging a version of it (A13)."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.models import ApiToken, Practice, User
from core.actor import Actor
from core.audit import record
from core.failures import NotEligible, Refusal, Stale
from credentials.models import (
    DocumentAcknowledgement,
    DocumentReading,
    DocumentVersion,
)
from credentials.queries import current_versions, standing_with, why_not_readable

GONE = (
    "This version was withdrawn. Nothing was opened. Go back to the documents to see "
    "what is current."
)
OLD = "There is a newer version. Read that one, then acknowledge it."
UNREAD = "Open this version first, then acknowledge it."


def reader_of(*, actor: Actor) -> tuple[User, str]:
    """Say which person opens something, and by what name; a token is its maker's."""
    if actor.token_id is None:
        assert actor.user_id is not None, "a document is opened by somebody"
        return User.objects.get(pk=actor.user_id), actor.label
    token = ApiToken.objects.select_related("created_by").get(pk=actor.token_id)
    return token.created_by, f"{actor.label} ({token.created_by.name})"


def check_readable(
    *, practice: Practice, version: DocumentVersion, today: date
) -> None:
    """See whether a practice may open a version now.

    Args:
        today: the day it is in the body's zone.

    Raises:
        Stale: it was withdrawn.
        NotEligible: the practice is not in good standing; the sentence says how it is
            restored.
    """
    if not DocumentVersion.objects.standing().filter(pk=version.pk).exists():
        raise Stale(GONE)
    standing = standing_with(practice, version.document.program, today=today)
    if not standing.good:
        raise NotEligible(why_not_readable(standing))


@transaction.atomic
def note_reading(
    *,
    actor: Actor,
    practice: Practice,
    version: DocumentVersion,
    today: date,
    now: datetime,
) -> DocumentReading:
    """Note that somebody opens a version; call it before the copy is sent.

    Args:
        now: the instant that stands on the pages.

    Raises:
        Stale: it was withdrawn.
        NotEligible: the practice is not in good standing.
    """
    check_readable(practice=practice, version=version, today=today)
    user, reader = reader_of(actor=actor)
    reading = DocumentReading.objects.create(
        version=version,
        practice=practice,
        user=user,
        token_id=actor.token_id,
        reader=reader[:200],
        at=now,
    )
    record(
        actor=actor,
        action="document.opened",
        subject=version,
        practice_id=practice.pk,
        program=version.document.program,
        sentence=f"Opened {version}",
        now=now,
    )
    return reading


@transaction.atomic
def note_original_opened(
    *, actor: Actor, version: DocumentVersion, now: datetime
) -> None:
    """Note that somebody of the body's staff fetches the file without a name on it."""
    record(
        actor=actor,
        action="document.original_opened",
        subject=version,
        program=version.document.program,
        sentence=f"Downloaded {version}, without a name on its pages",
        now=now,
    )


@transaction.atomic
def acknowledge_version(
    *,
    actor: Actor,
    practice: Practice,
    version: DocumentVersion,
    today: date,
    now: datetime,
) -> DocumentAcknowledgement:
    """Confirm for a practice that somebody read a version; again changes nothing.

    Raises:
        Stale: it was withdrawn, or there is a newer one in force.
        NotEligible: the practice is not in good standing.
        Refusal: the person has not opened it.
    """
    user, name = reader_of(actor=actor)
    mine = DocumentAcknowledgement.objects.of(practice).filter(
        version=version, user=user
    )
    before = mine.first()
    if before is not None:
        return before
    check_readable(practice=practice, version=version, today=today)
    _check_newest(version, today)
    if not _has_read(practice, version, user.pk):
        raise Refusal(UNREAD)
    try:
        with transaction.atomic():
            made = DocumentAcknowledgement.objects.create(
                version=version, practice=practice, user=user, by=name[:200], at=now
            )
    except IntegrityError:
        return mine.get()
    record(
        actor=actor,
        action="document.acknowledged",
        subject=version,
        practice_id=practice.pk,
        program=version.document.program,
        sentence=f"Acknowledged {version}",
        now=now,
    )
    return made


def _check_newest(version: DocumentVersion, today: date) -> None:
    current = current_versions([version.document_id], today=today)
    found = current.get(version.document_id)
    if found is not None and version.number < found.number:
        raise Stale(OLD)


def _has_read(practice: Practice, version: DocumentVersion, user_id: UUID) -> bool:
    readings = DocumentReading.objects.of(practice)
    return readings.filter(version=version, user=user_id).exists()
