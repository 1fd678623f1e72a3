"""A practice's own documents as its page lists them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse

from accounts.models import Practice
from core.failures import Missing
from credentials.models import OwnDocumentVersion
from credentials.policy import day_words
from portal.queries.trail import when_words


@dataclass(frozen=True)
class OwnEarlier:
    """An earlier version, to be saved."""

    label: str
    url: str


@dataclass(frozen=True)
class OwnRow:
    """A document that the practice filed."""

    title: str
    kind: str
    covers_text: str
    filed_text: str
    file_name: str
    sha256: str
    file_url: str
    replace_url: str
    remove_url: str
    earlier: Sequence[OwnEarlier]


def own_version_of(practice: Practice, version_id: UUID) -> OwnDocumentVersion:
    """Find a version that the practice filed and didn't remove.

    Raises:
        Missing: there is none.
    """
    there = OwnDocumentVersion.objects.of(practice).there()
    found = there.filter(pk=version_id).first()
    if found is None:
        raise Missing("Not found.")
    return found


def newest_of(practice: Practice, document: UUID) -> OwnDocumentVersion:
    """Find a document's newest version.

    Raises:
        Missing: the practice has no such document, or removed it.
    """
    there = OwnDocumentVersion.objects.of(practice).there()
    found = there.filter(document=document).order_by("-number").first()
    if found is None:
        raise Missing("Not found.")
    return found


def own_rows(practice: Practice, zone: ZoneInfo) -> Sequence[OwnRow]:
    """List what the practice filed, by title; one statement."""
    versions: defaultdict[UUID, list[OwnDocumentVersion]] = defaultdict(list)
    there = OwnDocumentVersion.objects.of(practice).there()
    for each in there.order_by("-number"):
        versions[each.document].append(each)
    found = sorted(versions.values(), key=lambda each: (each[0].title, each[0].pk))
    return [_row(practice, newest, rest, zone) for newest, *rest in found]


def _row(
    practice: Practice,
    newest: OwnDocumentVersion,
    rest: Sequence[OwnDocumentVersion],
    zone: ZoneInfo,
) -> OwnRow:
    place = {"practice": practice.slug, "document_id": newest.document}
    number = f"Version {newest.number}. " if rest else ""
    return OwnRow(
        title=newest.title,
        kind=newest.get_kind_display(),
        covers_text=covers_words(newest.covers_from, newest.covers_until),
        filed_text=f"{number}Filed {when_words(newest.added_at, zone)}, "
        f"by {newest.added_by}.",
        file_name=newest.name,
        sha256=newest.stored_sha256,
        file_url=_file_url(practice, newest),
        replace_url=reverse("own_document_replace", kwargs=place),
        remove_url=reverse("own_document_remove", kwargs=place),
        earlier=[
            OwnEarlier(
                f"Version {each.number}, "
                f"{covers_words(each.covers_from, each.covers_until)}",
                _file_url(practice, each),
            )
            for each in rest
        ],
    )


def _file_url(practice: Practice, version: OwnDocumentVersion) -> str:
    place = {"practice": practice.slug, "version_id": version.pk}
    return reverse("own_document_file", kwargs=place)


def covers_words(first: date | None, last: date | None) -> str:
    """Say which days a document covers."""
    if first and last:
        return f"{day_words(first)} to {day_words(last)}"
    if first:
        return f"from {day_words(first)} on"
    return f"until {day_words(last)}" if last else "all days"
