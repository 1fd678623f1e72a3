"""Rows about documents to break guards with, and how to break them."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from accounts.models import Practice, User
from credentials.models import (
    DocumentAcknowledgement,
    DocumentReading,
    DocumentVersion,
    OwnDocumentVersion,
    SecureDocument,
)
from tests.cast import BODY, NOW, TODAY
from tests.db.breaking import Changes


def a_version(
    title: str = "Crosswalk", program: str = BODY, **values: object
) -> DocumentVersion:
    """A body's document with one version, or one more; its file is not there."""
    document, _ = SecureDocument.objects.get_or_create(
        program=program, title=title, defaults={"added_at": NOW}
    )
    given = {
        "number": document.versions.count() + 1,
        "title": title,
        "effective_on": TODAY,
        "changes": "First edition",
        "file_key": f"proofs/{uuid4().hex}",
        "name": "crosswalk.pdf",
        "sha256": uuid4().hex,
        "size": 9,
        "pages": 1,
        "published_by": "tests",
        "published_at": NOW,
    }
    return DocumentVersion.objects.create(document=document, **(given | values))


def an_own_document(practice: Practice, **values: object) -> OwnDocumentVersion:
    """A document that a practice filed; its file is not there."""
    mark = uuid4().hex
    given = {
        "document": uuid4(),
        "number": 1,
        "title": "Staffing protocol",
        "kind": OwnDocumentVersion.Kind.STAFFING,
        "covers_from": TODAY,
        "covers_until": TODAY,
        "file_key": f"proofs/{uuid4().hex}",
        "file_kind": OwnDocumentVersion.FileKind.PDF,
        "name": "protocol.pdf",
        "sha256": mark,
        "stored_sha256": mark,
        "size": 9,
        "pages": 1,
        "added_by": "tests",
        "added_at": NOW,
    }
    return OwnDocumentVersion.objects.create(practice=practice, **(given | values))


def rows_of_documents(practice: Practice, user: User) -> None:
    """Let somebody of a practice read and acknowledge a version, and file one."""
    version = DocumentVersion.objects.first() or a_version()
    DocumentReading.objects.create(
        version=version, practice=practice, user=user, reader=user.name, at=NOW
    )
    DocumentAcknowledgement.objects.create(
        version=version, practice=practice, user=user, by=user.name, at=NOW
    )
    an_own_document(practice)


def _other_file() -> dict[str, Any]:
    return {"sha256": uuid4().hex}


BREACHES: dict[str, tuple[type[Any], Changes]] = {
    "acknowledged_once": (DocumentAcknowledgement, lambda row: {}),
    "one_document_a_title": (
        SecureDocument,
        lambda row: {"title": row.title.upper()},
    ),
    "one_own_copy_a_file": (
        OwnDocumentVersion,
        lambda row: {"document": uuid4()},
    ),
    "one_own_version_a_number": (OwnDocumentVersion, lambda row: _other_file()),
    "one_version_a_file": (
        DocumentVersion,
        lambda row: {"number": 99, "sha256": row.sha256},
    ),
    "one_version_a_number": (DocumentVersion, lambda row: _other_file()),
    "own_document_covers_days": (
        OwnDocumentVersion,
        lambda row: {
            "document": uuid4(),
            "covers_until": row.covers_from - timedelta(days=1),
            **_other_file(),
        },
    ),
    "versions_count_from_one": (
        DocumentVersion,
        lambda row: {"number": 0, **_other_file()},
    ),
}
