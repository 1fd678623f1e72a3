"""A body's document as a practice's page shows it: a card with its versions."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from accounts.models import Practice
from credentials.models import (
    DocumentAcknowledgement,
    DocumentReading,
    DocumentVersion,
    SecureDocument,
)
from credentials.policy import day_words, zone_of
from credentials.rules import GoodStanding
from portal.queries.shown import Tag
from portal.queries.trail import when_words

SHOWN = 20
NEW = Tag("warn", "New version: read and acknowledge")
FIRST = Tag("warn", "Read and acknowledge")


@dataclass(frozen=True)
class Noted:
    """Somebody who opened or acknowledged a version, and when."""

    name: str
    version: int
    when_text: str


@dataclass(frozen=True)
class VersionRow:
    """One version; `open_url` is empty where it can't be opened.

    `ack_url` is empty where there is nothing for this reader to acknowledge.
    """

    id: UUID
    number: int
    about: str
    changes: str
    sha256: str
    tag: Tag
    open_url: str = ""
    ack_url: str = ""
    unread: bool = False
    mine_text: str = ""


@dataclass(frozen=True)
class Card:
    """A document: the versions in force or to come, then the earlier ones."""

    id: UUID
    title: str
    tag: Tag
    versions: Sequence[VersionRow]
    earlier: Sequence[VersionRow]
    acknowledged: Sequence[Noted]
    read: Sequence[Noted]


@dataclass
class Notes:
    """What people of the practice did, by document, and what the reader did."""

    read: defaultdict[UUID, list[DocumentReading]] = field(
        default_factory=lambda: defaultdict(list)
    )
    acknowledged: defaultdict[UUID, list[DocumentAcknowledgement]] = field(
        default_factory=lambda: defaultdict(list)
    )
    mine_read: set[UUID] = field(default_factory=set)
    mine: Mapping[UUID, datetime] = field(default_factory=dict)


def notes_of(practice: Practice, user_id: UUID | None) -> Notes:
    """Read who did what: three statements, however many documents there are."""
    notes = Notes()
    readings = DocumentReading.objects.of(practice)
    place = Window(
        RowNumber(), partition_by=F("version__document"), order_by=F("at").desc()
    )
    newest = readings.annotate(place=place).filter(place__lte=SHOWN)
    for reading in newest.select_related("version").order_by("-at", "pk"):
        notes.read[reading.version.document_id].append(reading)
    acknowledged = DocumentAcknowledgement.objects.of(practice)
    for each in acknowledged.select_related("version"):
        notes.acknowledged[each.version.document_id].append(each)
    if user_id is not None:
        mine = readings.filter(user=user_id).values_list("version", flat=True)
        notes.mine_read = set(mine.order_by("version").distinct())
        notes.mine = dict(
            acknowledged.filter(user=user_id).values_list("version", "at")
        )
    return notes


def card_of(
    practice: Practice,
    document: SecureDocument,
    versions: Sequence[DocumentVersion],
    notes: Notes,
    standing: GoodStanding,
    today: date,
) -> Card:
    """Make a document's card for whoever the notes are of."""
    zone = zone_of(document.program)
    ordered = sorted(versions, key=lambda each: -each.number)
    standing_ones = [each for each in ordered if each.withdrawn_at is None]
    begun = [each.number for each in standing_ones if each.effective_on <= today]
    current = max(begun, default=0)

    def row(version: DocumentVersion) -> VersionRow:
        fresh = version.withdrawn_at is None and version.number >= current
        return _row(practice, version, notes, standing, today, zone, fresh=fresh)

    first = [each for each in standing_ones if each.number >= current]
    earlier = [each for each in ordered if each not in first]
    shown = [row(each) for each in first]
    return Card(
        id=document.pk,
        title=document.title,
        tag=_tag(shown) if standing.good else Tag("neutral", "Closed"),
        versions=shown,
        earlier=[row(each) for each in earlier],
        acknowledged=[
            Noted(each.by, each.version.number, when_words(each.at, zone))
            for each in notes.acknowledged[document.pk]
        ],
        read=[
            Noted(each.reader, each.version.number, when_words(each.at, zone))
            for each in notes.read[document.pk]
        ],
    )


def _tag(shown: Sequence[VersionRow]) -> Tag:
    if not shown:
        return Tag("neutral", "Withdrawn")
    if any(not each.mine_text for each in shown):
        return NEW if max(each.number for each in shown) > 1 else FIRST
    return Tag("ok", "Acknowledged by you")


def _row(
    practice: Practice,
    version: DocumentVersion,
    notes: Notes,
    standing: GoodStanding,
    today: date,
    zone: ZoneInfo,
    *,
    fresh: bool,
) -> VersionRow:
    place = {"practice": practice.slug, "version_id": version.pk}
    stands = version.withdrawn_at is None
    opens = stands and standing.good
    mine = notes.mine.get(version.pk)
    asks = opens and fresh and mine is None
    return VersionRow(
        id=version.pk,
        number=version.number,
        about=about_version(version, zone),
        changes=version.changes,
        sha256=version.sha256,
        tag=state_of(version, fresh=fresh, today=today),
        open_url=reverse("document_open", kwargs=place) if opens else "",
        ack_url=reverse("document_acknowledge", kwargs=place) if asks else "",
        unread=version.pk not in notes.mine_read,
        mine_text=when_words(mine, zone) if mine else "",
    )


def about_version(version: DocumentVersion, zone: ZoneInfo) -> str:
    """Say since when a version holds, who published it when, and how long it is."""
    pages = "1 page" if version.pages == 1 else f"{version.pages:,} pages"
    said = (
        f"Effective {day_words(version.effective_on)}. Published "
        f"{when_words(version.published_at, zone)}, by {version.published_by}. {pages}."
    )
    if version.withdrawn_at is None:
        return said
    when = when_words(version.withdrawn_at, zone)
    return f"{said} Withdrawn {when}: {version.withdrawn_why}"


def state_of(version: DocumentVersion, *, fresh: bool, today: date) -> Tag:
    """Say where a version stands; `fresh` are the current one and those to come."""
    if version.withdrawn_at is not None:
        return Tag("neutral", "Withdrawn")
    if not fresh:
        return Tag("neutral", "Earlier")
    if version.effective_on > today:
        return Tag("info", f"From {day_words(version.effective_on)}")
    return Tag("ok", "Current")
