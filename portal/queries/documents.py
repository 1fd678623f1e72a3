"""The page Documents of a practice: what bodies publish, and what it filed itself."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse

from accounts.models import Practice
from core.failures import Missing
from credentials.models import (
    DocumentVersion,
    SecureDocument,
)
from credentials.policy import programs, zone_of
from credentials.queries import standing_with, why_not_readable
from credentials.rules import GoodStanding, Lack
from portal.queries.document_cards import (
    FIRST,
    NEW,
    Card,
    Notes,
    card_of,
    notes_of,
)
from portal.queries.own_documents import OwnRow, own_rows
from portal.queries.places import body_name

TodayOf = Callable[[str], date]


@dataclass(frozen=True)
class BodyDocuments:
    """A body's documents; `why_not` says why none of them opens, and what helps."""

    name: str
    why_not: str
    restore_url: str
    restore_label: str
    cards: Sequence[Card]


@dataclass(frozen=True)
class DocumentsPage:
    """All the template shows."""

    practice_name: str
    verdict: str
    bodies: Sequence[BodyDocuments]
    own: Sequence[OwnRow]
    file_url: str


def version_for(practice: Practice, version_id: UUID) -> DocumentVersion:
    """Find a version of a document that a practice sees, withdrawn or not.

    Raises:
        Missing: there is none.
    """
    found = DocumentVersion.objects.of(practice).filter(
        pk=version_id, document__program__in=programs()
    )
    version = found.select_related("document").first()
    if version is None:
        raise Missing("Not found.")
    return version


def documents_page(
    practice: Practice, *, user_id: UUID | None, today_of: TodayOf
) -> DocumentsPage:
    """Read the page.

    Args:
        user_id: who looks, by whom "acknowledged by you" is meant.
        today_of: which day it is in a body's zone.
    """
    documents = SecureDocument.objects.of(practice).filter(program__in=programs())
    versions: defaultdict[UUID, list[DocumentVersion]] = defaultdict(list)
    for each in DocumentVersion.objects.filter(document__in=documents):
        versions[each.document_id].append(each)
    notes = notes_of(practice, user_id)
    by_program: defaultdict[str, list[SecureDocument]] = defaultdict(list)
    for document in documents:
        by_program[document.program].append(document)
    bodies = [
        _body(
            practice,
            program,
            [(each, versions[each.pk]) for each in found],
            notes,
            today_of(program),
        )
        for program, found in sorted(by_program.items())
    ]
    place = {"practice": practice.slug}
    return DocumentsPage(
        practice_name=practice.name,
        verdict=_verdict(bodies),
        bodies=bodies,
        own=own_rows(practice, _zone(practice)),
        file_url=reverse("own_document_new", kwargs=place),
    )


def _zone(practice: Practice) -> ZoneInfo:
    """The zone a practice's own times are told in: that of the body it is with."""
    held = practice.sponsorships.filter(until_on=None).values_list("program", flat=True)
    known = [each for each in programs() if each in set(held)]
    return zone_of((known or programs())[0])


def _body(
    practice: Practice,
    program: str,
    documents: Sequence[tuple[SecureDocument, Sequence[DocumentVersion]]],
    notes: Notes,
    today: date,
) -> BodyDocuments:
    standing = standing_with(practice, program, today=today)
    cards = [
        card_of(practice, document, found, notes, standing, today)
        for document, found in documents
        if found
    ]
    url, label = _way_back(practice, program, standing)
    return BodyDocuments(
        name=body_name(program),
        why_not=why_not_readable(standing),
        restore_url=url,
        restore_label=label,
        cards=cards,
    )


def _way_back(
    practice: Practice, program: str, standing: GoodStanding
) -> tuple[str, str]:
    place = {"practice": practice.slug}
    if standing.lack is Lack.PAYMENT:
        return reverse("orders", kwargs=place), "Open the orders"
    url = reverse("assignments", kwargs=place)
    return f"{url}?program={program}", "Assign a renewal"


def _verdict(bodies: Sequence[BodyDocuments]) -> str:
    count = sum(len(each.cards) for each in bodies)
    if not count:
        return "No document is published for you yet."
    blocked = sum(bool(each.why_not) for each in bodies if each.cards)
    if blocked:
        return "Documents open only while your practice is in good standing."
    waiting = sum(card.tag in (NEW, FIRST) for each in bodies for card in each.cards)
    if waiting:
        noun = "document waits" if waiting == 1 else "documents wait"
        return f"{waiting} {noun} for you to read and acknowledge."
    return "You have acknowledged every document."
