"""The rows of exports and imports: pages, REST, and the files they lead to."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.matrix.expectations import Row, Word, get, sends, write
from tests.matrix.world import World

READ, IMPORT = "exports:read", "members:write"


def _activity(world: World) -> Mapping[str, Any]:
    return {"kind": "activity", "format": "csv"}


def _roster(world: World) -> Mapping[str, Any]:
    text = b"first_name,last_name,email\nNora,New,nora@mail.example\n"
    return {"file": SimpleUploadedFile("roster.csv", text), "dry_run": "true"}


EXPORTS = {
    "exports": Row(
        Word.PRACTICE,
        {"GET": get(), "POST": write(302, sends(kind="people", format="csv"))},
    ),
    "export_now": Row(Word.PRACTICE, {"GET": get(noted=True)}),
    "export_file": Row(Word.PRACTICE, {"GET": get(302)}, {"job_id": "export"}),
    "api_exports": Row(
        Word.PRACTICE,
        {"GET": get(scope=READ), "POST": write(202, _activity, READ)},
    ),
    "api_export": Row(
        Word.PRACTICE, {"GET": get(scope=READ)}, {"export_id": "export over REST"}
    ),
    "api_export_file": Row(
        Word.PRACTICE,
        {"GET": get(scope=READ, noted=True)},
        {"export_id": "export over REST"},
    ),
    "api_imports": Row(
        Word.PRACTICE,
        {"GET": get(scope=IMPORT), "POST": write(201, _roster, IMPORT)},
    ),
    "api_import": Row(
        Word.PRACTICE, {"GET": get(scope=IMPORT)}, {"import_id": "roster over REST"}
    ),
    "api_import_bad_rows": Row(
        Word.PRACTICE, {"GET": get(scope=IMPORT)}, {"import_id": "roster over REST"}
    ),
}
