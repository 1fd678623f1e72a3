"""The rows of what feeds send: staff's pages, and the same over REST."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.matrix.expectations import Row, Word, get, sends, shows, write
from tests.matrix.feed_world import CODE
from tests.matrix.world import World

ROW = {"row_id": "row of a feed"}
FED = {"body": "program", "fed_id": "row of a feed over REST"}


def _file(world: World) -> Mapping[str, Any]:
    text = b"certification_no,activity_code,completed_on\nCMSS-0,FED1,2025-10-02\n"
    return {
        "sender": "The academy",
        "file": SimpleUploadedFile("completions.csv", text),
    }


def _settled(world: World) -> Mapping[str, Any]:
    return {
        "member": world.things["person to credit"].own,
        "activity_code": CODE,
        "completed_on": "2025-10-02",
        "reason": "They wrote.",
    }


def _completion(world: World) -> Mapping[str, Any]:
    item = {"certification_no": "CMSS-1", "activity_code": CODE}
    return {
        "sender": "The academy",
        "items": [item | {"completed_on": "2025-10-02"}],
    }


def _why(world: World) -> Mapping[str, Any]:
    return {"reason": "A double."}


FEEDS = {
    "staff_feed": Row(Word.STAFF, {"GET": get(), "POST": write(302, _file)}),
    "staff_feed_sample": shows(Word.STAFF),
    "staff_feed_file": Row(
        Word.STAFF,
        {"GET": get(), "POST": write(302, sends())},
        {"file_id": "file of a feed"},
    ),
    "staff_feed_row": Row(
        Word.STAFF,
        {
            "GET": get(),
            "POST": write(302, sends(do="aside", aside_reason="A double.")),
        },
        ROW,
    ),
    "api_feed": Row(
        Word.STAFF,
        {"GET": get(), "POST": write(202, _completion)},
        {"body": "program"},
    ),
    "api_fed": Row(Word.STAFF, {"GET": get()}, FED),
    "api_fed_settle": Row(
        Word.STAFF, {"POST": write(200, _settled, swaps=("person to credit",))}, FED
    ),
    "api_fed_aside": Row(Word.STAFF, {"POST": write(200, _why)}, FED),
}
