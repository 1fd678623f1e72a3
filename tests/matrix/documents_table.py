"""The rows of documents: a body's, and a practice's own."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.files.samples import pdf
from tests.matrix.expectations import Row, Word, get, sends, shows, write
from tests.matrix.world import World

READ, WRITE = "documents:read", "documents:write"


def _publishing(seen: int) -> Any:  # noqa: ANN401  (a function of the world)
    def send(world: World) -> Mapping[str, Any]:
        return {
            "title": "Blueprint" if seen == 0 else "Crosswalk",
            "effective_on": "2025-11-17",
            "changes": "New",
            "seen": str(seen),
            "file": SimpleUploadedFile("paper.pdf", pdf(b"(new)")),
        }

    return send


def _filing(world: World) -> Mapping[str, Any]:
    return {
        "title": "Method",
        "kind": "method",
        "covers_from": "2025-01-01",
        "file": SimpleUploadedFile("method.pdf", pdf(b"(method)")),
    }


def _nothing(world: World) -> Mapping[str, Any]:
    return {}


VERSION = {"version_id": "document version"}
OVER_REST = {"version_id": "document version over REST"}
OWN = {"document_id": "own document"}
REASON = sends(reason="Out of date")

DOCUMENTS = {
    "documents": shows(Word.PRACTICE),
    "document_open": Row(Word.PRACTICE, {"POST": write(200, _nothing)}, VERSION),
    "document_acknowledge": Row(
        Word.PRACTICE, {"POST": write(302, sends(read="on"))}, VERSION
    ),
    "own_document_new": Row(Word.PRACTICE, {"GET": get(), "POST": write(302, _filing)}),
    "own_document_replace": Row(
        Word.PRACTICE, {"GET": get(), "POST": write(302, _filing)}, OWN
    ),
    "own_document_remove": Row(
        Word.PRACTICE, {"GET": get(), "POST": write(302, REASON)}, OWN
    ),
    # It leads on to a link of the person's own.
    "own_document_file": Row(
        Word.PRACTICE, {"GET": get(302)}, {"version_id": "own document version"}
    ),
    "staff_documents": shows(Word.STAFF),
    "staff_document_readers": shows(Word.STAFF, document_id="document"),
    "staff_document_file": Row(Word.STAFF, {"GET": get(302)}, VERSION),
    "staff_document_new": Row(
        Word.MANAGER, {"GET": get(), "POST": write(302, _publishing(0))}
    ),
    "staff_document_publish": Row(
        Word.MANAGER,
        {"GET": get(), "POST": write(302, _publishing(1))},
        {"document_id": "document"},
    ),
    "staff_document_withdraw": Row(
        Word.MANAGER, {"GET": get(), "POST": write(302, REASON)}, VERSION
    ),
    "api_documents": Row(Word.PRACTICE, {"GET": get(scope=READ)}),
    "api_readings": Row(Word.PRACTICE, {"POST": write(201, _nothing, READ)}, OVER_REST),
    "api_reading_copy": Row(
        Word.PRACTICE, {"GET": get(scope=READ)}, {"reading_id": "reading"}
    ),
    "api_acknowledge": Row(
        Word.PRACTICE, {"POST": write(201, _nothing, WRITE)}, OVER_REST
    ),
    "api_own_documents": Row(
        Word.PRACTICE,
        {"GET": get(scope=READ), "POST": write(201, _filing, WRITE)},
    ),
    "api_own_document_file": Row(
        Word.PRACTICE,
        {"GET": get(scope=READ)},
        {"own_version_id": "own document version over REST"},
    ),
    "api_own_document_remove": Row(
        Word.PRACTICE,
        {"POST": write(204, lambda world: {"reason": "Out of date"}, WRITE)},
        {"document_id": "own document over REST"},
    ),
}
