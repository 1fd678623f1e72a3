"""A body's documents as programs of a practice read them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import Practice
from core.failures import Missing, Stale
from credentials.models import (
    DocumentAcknowledgement,
    DocumentReading,
    DocumentVersion,
    SecureDocument,
)
from credentials.policy import programs
from credentials.queries import current_versions, standing_with, why_not_readable

# Long enough for the program's next request; after that it reads anew, and is noted.
COPY_LASTS = timedelta(minutes=1)


@dataclass(frozen=True)
class Listed:
    """A document with its versions, the newest first, and who acknowledged them."""

    document: SecureDocument
    versions: Sequence[tuple[DocumentVersion, Sequence[DocumentAcknowledgement]]]
    current: UUID | None
    why_not: str


def documents_seen(practice: Practice) -> QuerySet[SecureDocument]:
    """Give the documents a practice sees, by title."""
    found = SecureDocument.objects.of(practice).filter(program__in=programs())
    return found.order_by("title", "pk")


def listed(
    practice: Practice, documents: Sequence[SecureDocument], *, days: dict[str, date]
) -> Sequence[Listed]:
    """Read documents with all that is shown of them; `days` is each body's today."""
    ids = [each.pk for each in documents]
    acknowledged: defaultdict[UUID, list[DocumentAcknowledgement]] = defaultdict(list)
    theirs = DocumentAcknowledgement.objects.of(practice)
    for each in theirs.filter(version__document__in=ids):
        acknowledged[each.version_id].append(each)
    versions: defaultdict[
        UUID, list[tuple[DocumentVersion, list[DocumentAcknowledgement]]]
    ] = defaultdict(list)
    for version in DocumentVersion.objects.filter(document__in=ids).order_by("-number"):
        versions[version.document_id].append((version, acknowledged[version.pk]))
    bodies = {each.program for each in documents}
    whys = {
        program: why_not_readable(standing_with(practice, program, today=days[program]))
        for program in bodies
    }
    current = {
        document_id: version.pk
        for program in bodies
        for document_id, version in current_versions(
            [each.pk for each in documents if each.program == program],
            today=days[program],
        ).items()
    }
    return [
        Listed(each, versions[each.pk], current.get(each.pk), whys[each.program])
        for each in documents
    ]


def reading_of(
    practice: Practice, reading_id: UUID, *, user_id: UUID, now: datetime
) -> DocumentReading:
    """Find a reading whose copy may be fetched: one's own, of this minute.

    Raises:
        Missing: there is none, or it is somebody else's.
        Stale: it is older; a new reading gets a new copy.
    """
    found = (
        DocumentReading.objects.of(practice)
        .filter(pk=reading_id, user=user_id)
        .select_related("version__document")
        .first()
    )
    if found is None:
        raise Missing("Not found.")
    if found.at + COPY_LASTS < now:
        raise Stale("This reading's copy was there for a minute. Read it anew.")
    return found
