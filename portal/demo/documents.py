"""The demonstration's documents: what its body published, and what Harbor filed."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.core.files.base import ContentFile

from accounts.models import Practice, User
from core.actor import Actor
from credentials.models import DocumentVersion, OwnDocumentVersion, SecureDocument
from credentials.policy import day_words
from credentials.services import (
    Filing,
    NewVersion,
    acknowledge_version,
    file_own_document,
    note_reading,
    publish_version,
)
from portal.demo.document_texts import (
    ATTESTATION,
    BLUEPRINT,
    CROSSWALK_1,
    CROSSWALK_2,
    PROTOCOL,
)
from portal.demo.roster import PROGRAM
from portal.layouts import DocumentPart, DocumentText, render_document
from portal.queries.places import body_name

At = Callable[[date], datetime]
Deed = tuple[date, Callable[[], object]]
# Making a paper of one page; the first one starts the renderer.
SECONDS = 60
CROSSWALK = "CMSS Credential Crosswalk"
READ_ON, FILED_ON = date(2025, 4, 8), date(2025, 4, 9)


@dataclass(frozen=True)
class Paper:
    """A version: which document it is of, since when, what changed, what it says."""

    title: str
    number: int
    on: date
    changes: str
    file: str
    parts: Sequence[DocumentPart]


PAPERS = (
    Paper(
        CROSSWALK,
        1,
        date(2025, 1, 6),
        "First edition.",
        "crosswalk.pdf",
        CROSSWALK_1,
    ),
    Paper(
        "Innovative System Design Blueprint for Physician/CMSS Teams",
        1,
        date(2025, 1, 7),
        "First edition.",
        "design-blueprint.pdf",
        BLUEPRINT,
    ),
    Paper(
        "CMS Attestation",
        1,
        date(2025, 1, 8),
        "First edition.",
        "attestation.pdf",
        ATTESTATION,
    ),
    Paper(
        CROSSWALK,
        2,
        date(2025, 11, 12),
        "The table has a line about privacy. All else is as it was.",
        "crosswalk-2.pdf",
        CROSSWALK_2,
    ),
)


def document_deeds(harbor: Practice, dana: User, priya: User, at: At) -> Iterator[Deed]:
    """Give what was published, and what Harbor read, acknowledged and filed."""
    for paper in PAPERS:
        yield paper.on, partial(_publish, paper, priya, at)
    yield READ_ON, partial(_read, harbor, dana, at)
    yield FILED_ON, partial(_file, harbor, dana, at)


def _publish(paper: Paper, manager: User, at: At) -> None:
    document = SecureDocument.objects.filter(program=PROGRAM, title=paper.title)
    owner = body_name(PROGRAM)
    edition = f"Version {paper.number}, effective {day_words(paper.on)}"
    publish_version(
        actor=Actor(manager.name, user_id=manager.pk),
        program=PROGRAM,
        document=document.first(),
        seen=paper.number - 1,
        wanted=NewVersion(paper.title, paper.on, paper.changes),
        upload=_made(paper.title, owner, edition, paper.on, paper.parts, paper.file),
        now=at(paper.on),
    )


def _made(
    title: str,
    owner: str,
    edition: str,
    on: date,
    parts: Sequence[DocumentPart],
    name: str,
) -> "ContentFile[bytes]":
    text = DocumentText(title, owner, edition, on.isoformat(), parts)
    return ContentFile(render_document(text, seconds=SECONDS), name=name)


def _read(harbor: Practice, dana: User, at: At) -> None:
    version = DocumentVersion.objects.get(
        document__program=PROGRAM, title=CROSSWALK, number=1
    )
    for act in (note_reading, acknowledge_version):
        act(
            actor=Actor(dana.name, user_id=dana.pk),
            practice=harbor,
            version=version,
            today=READ_ON,
            now=at(READ_ON),
        )


def _file(harbor: Practice, dana: User, at: At) -> None:
    first = date(FILED_ON.year, 1, 1)
    edition = f"In force since {day_words(first)}"
    title = "Scribe staffing protocol"
    file_own_document(
        actor=Actor(dana.name, user_id=dana.pk),
        practice=harbor,
        document=None,
        filing=Filing(title, OwnDocumentVersion.Kind.STAFFING, first, None),
        upload=_made(
            title, harbor.name, edition, FILED_ON, PROTOCOL, "staffing-protocol.pdf"
        ),
        now=at(FILED_ON),
    )
