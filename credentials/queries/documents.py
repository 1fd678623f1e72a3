"""A body's documents as a practice may have them, and those it filed itself (A13)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, Max, Min, OuterRef, Q

from accounts.models import Practice, Sponsorship
from billing.models import Order
from core.files import StoredFile, stored
from credentials.models import (
    DocumentVersion,
    OwnDocumentVersion,
    SecureDocument,
    Window,
)
from credentials.policy import day_words
from credentials.rules import GoodStanding, Lack, good_standing


@dataclass(frozen=True)
class OwnDocument:
    """A version of a document the practice filed that covers days asked for.

    Args:
        document_id: the same for every version of it.
        version: the version's number, from 1.
        kind: its words ("Staffing protocol").
        covers_from: the first day it covers; None: since ever.
        covers_until: the last one; None: until further notice.
        file: as it is given out; `file.key` names it in the storage.
        sha256: of the bytes that `content` gives.
        size: their number.
    """

    document_id: UUID
    version: int
    title: str
    kind: str
    covers_from: date | None
    covers_until: date | None
    file: StoredFile
    sha256: str
    size: int

    def content(self) -> bytes:
        """Read the file's bytes.

        Raises:
            Missing: the storage doesn't have it.
        """
        return stored(self.file.key)


@dataclass(frozen=True)
class SecureDocumentNow:
    """A body's document as a practice may have it today.

    Args:
        version: the current version's number.
        sha256: of the file as it was published, which has no reader's name on it.
        file: that file; whoever hands it on to a practice puts a name on its pages.
        readable: whether the practice is in good standing.
        why_not: why it is not, and what restores it; empty where it is.
    """

    document_id: UUID
    version_id: UUID
    program: str
    title: str
    version: int
    effective_on: date
    sha256: str
    file: StoredFile
    readable: bool
    why_not: str


def own_documents(
    practice: Practice, *, on_from: date, on_until: date
) -> tuple[OwnDocument, ...]:
    """List what a practice filed that covers a day of a span, both ends included.

    Of each document every version that does, the newest first: one may have covered
    the first of these days, and another the last. By title. One statement.
    """
    found = (
        OwnDocumentVersion.objects.of(practice)
        .there()
        .filter(Q(covers_from=None) | Q(covers_from__lte=on_until))
        .filter(Q(covers_until=None) | Q(covers_until__gte=on_from))
        .order_by("title", "document", "-number")
    )
    return tuple(_own(each) for each in found)


def _own(row: OwnDocumentVersion) -> OwnDocument:
    return OwnDocument(
        document_id=row.document,
        version=row.number,
        title=row.title,
        kind=row.get_kind_display(),
        covers_from=row.covers_from,
        covers_until=row.covers_until,
        file=row.file,
        sha256=row.stored_sha256,
        size=row.size,
    )


def current_secure(practice: Practice, *, today: date) -> tuple[SecureDocumentNow, ...]:
    """List the bodies' documents that are in force, by body and title.

    A document whose every version is withdrawn, or still to come, is left out.
    """
    documents = SecureDocument.objects.of(practice).order_by("program", "title", "pk")
    standings: dict[str, GoodStanding] = {}
    found = []
    current = current_versions([each.pk for each in documents], today=today)
    for document in documents:
        version = current.get(document.pk)
        if version is None:
            continue
        if document.program not in standings:
            standings[document.program] = standing_with(
                practice, document.program, today=today
            )
        found.append(_now(document.program, version, standings[document.program]))
    return tuple(found)


def _now(
    program: str, version: DocumentVersion, standing: GoodStanding
) -> SecureDocumentNow:
    return SecureDocumentNow(
        document_id=version.document_id,
        version_id=version.pk,
        program=program,
        title=version.title,
        version=version.number,
        effective_on=version.effective_on,
        sha256=version.sha256,
        file=version.file,
        readable=standing.good,
        why_not=why_not_readable(standing),
    )


def current_versions(
    document_ids: Sequence[UUID], *, today: date
) -> dict[UUID, DocumentVersion]:
    """Give each document's version in force: the newest that has begun and stands."""
    found = (
        DocumentVersion.objects.standing()
        .filter(document__in=document_ids, effective_on__lte=today)
        .order_by("document", "number")
    )
    return {each.document_id: each for each in found}


def standing_with(practice: Practice, program: str, *, today: date) -> GoodStanding:
    """Work out a practice's standing with a body on a day (decision 0017)."""
    people = Sponsorship.objects.of(practice).open().filter(member=OuterRef("member"))
    terms = Window.objects.filter(
        Exists(people.filter(program=program)), program=program, first_on__lte=today
    )
    unpaid = Order.objects.of(practice).filter(
        program=program, state=Order.State.AWAITING
    )
    return good_standing(
        covered_until=terms.aggregate(last=Max("last_on"))["last"],
        due_on=unpaid.aggregate(first=Min("due_on"))["first"],
        today=today,
    )


def why_not_readable(standing: GoodStanding) -> str:
    """Say why a practice can't open a body's documents, and how it can again."""
    if standing.lack is None:
        return ""
    since = f" since {day_words(standing.since)}" if standing.since else ""
    if standing.lack is Lack.TERM:
        return f"No current membership{since}. Assign a renewal to open the documents."
    return f"An invoice is past due{since}. Pay it to open the documents."
