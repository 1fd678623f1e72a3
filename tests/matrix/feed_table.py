"""The rows of what feeds send: staff's pages, and the same over REST."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.feeds.feeding import BODY as CYCLES
from tests.matrix.expectations import Row, Word, get, sends, shows, write
from tests.matrix.feed_world import CODE, ITSELF
from tests.matrix.world import World

ROW = {"row_id": "row of a feed"}
DELIVERY = {"body": "program", "delivery_id": "file of a feed over REST"}
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


def _no_deadline(world: World) -> Mapping[str, Any]:
    return {"evaluation_deadline": None}


def _no_topics(world: World) -> Mapping[str, Any]:
    return {"topics": []}


def _missing(world: World) -> Mapping[str, Any]:
    return {"program": CYCLES, "item": ITSELF, "on": "2025-10-02"}


def _answer(world: World) -> Mapping[str, Any]:
    return {"outcome": "not_reported", "reason": "Nobody sent it."}


def _why(world: World) -> Mapping[str, Any]:
    return {"reason": "A double."}


FEEDS = {
    "staff_tokens": Row(
        Word.MANAGER,
        {"GET": get(), "POST": write(200, sends(name="Academy", expires="90"))},
    ),
    "staff_revoke_token": Row(
        Word.MANAGER, {"POST": write(302, sends())}, {"token_id": "token of a body"}
    ),
    "staff_catalogue_deadline": Row(
        Word.MANAGER,
        {"GET": get(), "POST": write(302, sends())},
        {"item_id": "conference"},
    ),
    "staff_catalogue_topics": Row(
        Word.MANAGER,
        {"GET": get(), "POST": write(302, sends())},
        {"item_id": "conference"},
    ),
    "my_missing": Row(Word.OWN, {"GET": get(), "POST": write(302, _missing)}),
    "staff_missing": shows(Word.STAFF),
    "staff_missed": Row(
        Word.STAFF,
        {
            "GET": get(),
            "POST": write(302, sends(outcome="not_reported", reason="Nobody sent it.")),
        },
        {"missed_id": "missed credit"},
    ),
    "api_my_missing": Row(Word.OWN, {"GET": get(), "POST": write(200, _missing)}),
    "api_missed": Row(Word.STAFF, {"GET": get()}, {"body": "program"}),
    "api_missed_answer": Row(
        Word.STAFF,
        {"POST": write(200, _answer)},
        {"body": "program", "missed_id": "missed credit over REST"},
    ),
    "api_evaluation_deadline": Row(
        Word.MANAGER,
        {"POST": write(200, _no_deadline)},
        {"body": "program", "item_id": "conference over REST"},
    ),
    "api_item_topics": Row(
        Word.MANAGER,
        {"POST": write(200, _no_topics)},
        {"body": "program", "item_id": "conference over REST"},
    ),
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
    "api_feed_files": Row(
        Word.STAFF,
        {"GET": get(), "POST": write(202, _file)},
        {"body": "program"},
    ),
    "api_feed_file": Row(
        Word.STAFF, {"GET": get(), "POST": write(202, lambda world: {})}, DELIVERY
    ),
    "api_feed_file_rows": Row(Word.STAFF, {"GET": get()}, DELIVERY),
    "api_feed_file_bad_rows": Row(Word.STAFF, {"GET": get()}, DELIVERY),
    "api_fed": Row(Word.STAFF, {"GET": get()}, FED),
    "api_fed_settle": Row(
        Word.STAFF, {"POST": write(200, _settled, swaps=("person to credit",))}, FED
    ),
    "api_fed_aside": Row(Word.STAFF, {"POST": write(200, _why)}, FED),
}
