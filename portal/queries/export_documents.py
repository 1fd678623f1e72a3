"""Exports of documents: who read and acknowledged a body's, and a practice's own."""

from collections.abc import Mapping
from datetime import date

from accounts.models import Practice
from core.extract_cells import Column, Kind
from core.extracts import QueryTable
from credentials.models import (
    DocumentAcknowledgement,
    DocumentReading,
    OwnDocumentVersion,
)
from portal.queries.export_people import words

OF_VERSION = (
    Column("program", "version__document__program"),
    Column("document", "version__title"),
    Column("version", "version__number", Kind.COUNT),
    Column("published_sha256", "version__sha256"),
)


def readings_table(
    practice: Practice, program: str, filters: Mapping[str, str], today: date
) -> QueryTable:
    """Each opening of a body's document, of whatever body, the newest first."""
    found = DocumentReading.objects.of(practice).order_by("-at", "pk")
    columns = (
        *OF_VERSION,
        Column("opened_by", "reader"),
        Column("opened_at_utc", "at", Kind.INSTANT),
    )
    return QueryTable(found, columns)


def acknowledgements_table(
    practice: Practice, program: str, filters: Mapping[str, str], today: date
) -> QueryTable:
    """Who acknowledged which version, of whatever body, the newest first."""
    found = DocumentAcknowledgement.objects.of(practice).order_by("-at", "pk")
    columns = (
        *OF_VERSION,
        Column("acknowledged_by", "by"),
        Column("acknowledged_at_utc", "at", Kind.INSTANT),
    )
    return QueryTable(found, columns)


def own_documents_table(
    practice: Practice, program: str, filters: Mapping[str, str], today: date
) -> QueryTable:
    """What the practice filed itself and didn't remove, with every version."""
    there = OwnDocumentVersion.objects.of(practice).there()
    kinds = {code: str(word) for code, word in OwnDocumentVersion.Kind.choices}
    columns = (
        Column("title", "title"),
        Column("kind", words("kind", kinds)),
        Column("version", "number", Kind.COUNT),
        Column("covers_from", "covers_from", Kind.DAY),
        Column("covers_until", "covers_until", Kind.DAY),
        Column("file_name", "name"),
        Column("bytes", "size", Kind.COUNT),
        Column("pages", "pages", Kind.COUNT),
        Column("sha256", "stored_sha256"),
        Column("filed_by", "added_by"),
        Column("filed_at_utc", "added_at", Kind.INSTANT),
    )
    return QueryTable(there.order_by("title", "document", "-number"), columns)
