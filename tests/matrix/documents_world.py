"""Documents that addresses name: a body's, and a practice's own."""

from accounts.models import Practice, User
from core.files import keep
from core.public_ids import spell
from credentials.models import (
    DocumentAcknowledgement,
    DocumentReading,
    DocumentVersion,
    OwnDocumentVersion,
)
from tests.cast import NOW, OTHER_BODY, Cast
from tests.db.document_rows import a_version, an_own_document
from tests.files.samples import pdf
from tests.matrix.things import Thing


def document_things(cast: Cast) -> dict[str, Thing]:
    """Make documents: one that each practice read, one it confirmed, one of its own."""
    confirmed = a_version("Handbook", file_key=keep(pdf()))
    read = a_version(file_key=keep(pdf()))
    other = a_version("Elsewhere", OTHER_BODY, file_key=keep(pdf()))
    ours, theirs = _own(cast.northside), _own(cast.lakeview)
    people = ((cast.northside, cast.alice), (cast.lakeview, cast.frank))
    readings = [_reading(read, practice, user) for practice, user in people]
    for practice, user in people:
        DocumentAcknowledgement.objects.create(
            version=confirmed, practice=practice, user=user, by=user.name, at=NOW
        )
    return {
        "document": Thing.rows(read.document, other.document),
        "document version": Thing.rows(read, other),
        "document version over REST": Thing.rows(read, other, "dvr"),
        "reading": Thing.rows(readings[0], readings[1], "rdg"),
        "own document version": Thing.rows(ours, theirs),
        "own document version over REST": Thing.rows(ours, theirs, "odv"),
        "own document": Thing(
            str(ours.document), str(theirs.document), str(ours.practice_id)
        ),
        "own document over REST": Thing(
            spell("odc", ours.document),
            spell("odc", theirs.document),
            spell("odc", ours.practice_id),
        ),
    }


def _own(practice: Practice) -> OwnDocumentVersion:
    return an_own_document(practice, file_key=keep(pdf()))


def _reading(
    version: DocumentVersion, practice: Practice, user: User
) -> DocumentReading:
    return DocumentReading.objects.create(
        version=version, practice=practice, user=user, reader=user.name, at=NOW
    )
