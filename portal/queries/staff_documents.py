"""A body's documents as its staff see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch
from django.urls import reverse

from core.failures import Missing
from credentials.models import DocumentVersion, SecureDocument
from credentials.policy import zone_of
from portal.queries.document_cards import about_version, state_of
from portal.queries.places import body_name
from portal.queries.shown import Tag


@dataclass(frozen=True)
class StaffVersion:
    """A version; `withdraw_url` is empty for whoever may not, or where it is done."""

    number: int
    title: str
    about: str
    changes: str
    sha256: str
    tag: Tag
    file_url: str
    withdraw_url: str


@dataclass(frozen=True)
class StaffDocument:
    """A document with its versions, the newest first."""

    id: UUID
    title: str
    readers_url: str
    publish_url: str
    versions: Sequence[StaffVersion]


@dataclass(frozen=True)
class StaffDocumentsPage:
    """All the template shows; `publish_url` is empty for whoever may not publish."""

    body_name: str
    verdict: str
    publish_url: str
    documents: Sequence[StaffDocument]


def staff_document_of(program: str, document_id: UUID) -> SecureDocument:
    """Find a body's document.

    Raises:
        Missing: there is none.
    """
    found = SecureDocument.objects.of_program(program).filter(pk=document_id).first()
    if found is None:
        raise Missing("Not found.")
    return found


def staff_version_of(program: str, version_id: UUID) -> DocumentVersion:
    """Find a version of a body's document.

    Raises:
        Missing: there is none.
    """
    found = DocumentVersion.objects.of_program(program).filter(pk=version_id)
    version = found.select_related("document").first()
    if version is None:
        raise Missing("Not found.")
    return version


def staff_documents_page(
    program: str, *, manages: bool, today: date
) -> StaffDocumentsPage:
    """List a body's documents; `manages` adds the ways to publish and withdraw."""
    versions = Prefetch("versions", DocumentVersion.objects.order_by("-number"))
    found = SecureDocument.objects.of_program(program).prefetch_related(versions)
    documents = [_document(each, manages=manages, today=today) for each in found]
    place = {"program": program}
    count = len(documents)
    noun = "document" if count == 1 else "documents"
    return StaffDocumentsPage(
        body_name=body_name(program),
        verdict=f"{count} {noun} for practices in good standing."
        if count
        else "Nothing is published yet.",
        publish_url=reverse("staff_document_new", kwargs=place) if manages else "",
        documents=documents,
    )


def _document(document: SecureDocument, *, manages: bool, today: date) -> StaffDocument:
    place = {"program": document.program, "document_id": document.pk}
    versions = list(document.versions.all())
    current = max(
        (
            each.number
            for each in versions
            if each.withdrawn_at is None and each.effective_on <= today
        ),
        default=0,
    )
    return StaffDocument(
        id=document.pk,
        title=document.title,
        readers_url=reverse("staff_document_readers", kwargs=place),
        publish_url=reverse("staff_document_publish", kwargs=place) if manages else "",
        versions=[
            _version(document.program, each, current, manages=manages, today=today)
            for each in versions
        ],
    )


def _version(
    program: str, version: DocumentVersion, current: int, *, manages: bool, today: date
) -> StaffVersion:
    place = {"program": program, "version_id": version.pk}
    may = manages and version.withdrawn_at is None
    return StaffVersion(
        number=version.number,
        title=version.title,
        about=about_version(version, zone_of(program)),
        changes=version.changes,
        sha256=version.sha256,
        tag=state_of(version, fresh=version.number >= current, today=today),
        file_url=reverse("staff_document_file", kwargs=place),
        withdraw_url=reverse("staff_document_withdraw", kwargs=place) if may else "",
    )
