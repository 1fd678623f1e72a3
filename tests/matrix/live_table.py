"""The rows of live activities: held by a body's managers, come to by members."""

from collections.abc import Mapping
from typing import Any

from courses.models import LiveRegistration
from tests.db.live_rows import DOOR
from tests.learning.taking import ANSWERS
from tests.matrix.expectations import (
    Row,
    Word,
    get,
    sends,
    shows,
    works_out,
    write,
)
from tests.matrix.world import World

CHOICES = {name: str(value) for name, value in ANSWERS.items()}
NAME = {"first_name": "Bob", "last_name": "Baker"}
FACTS = {
    "title": "Held here",
    "provider": "The body",
    "place": "Online",
    "capacity": "9",
    "sessions": "2025-12-02 09:00-11:00",
}
# A code that is nobody's: the right one opens something for its own member alone, as
# tests/live shows.
GUESSED = {"code": "AAAA-BBBB-CCCC", **NAME}
DRAFT = {"live_id": "live draft of the body"}
DRAFT_REST = {"body": "program", "live_id": "live draft of the body over REST"}
TO_COME = {"body": "program", "live_id": "live activity to come over REST"}


def _comes(world: World) -> Mapping[str, Any]:
    return {"activity": world.things["live activity over REST"].own, **NAME}


def _claims(world: World) -> Mapping[str, Any]:
    return {**GUESSED, "choices": dict(ANSWERS)}


def _notes(world: World) -> Mapping[str, Any]:
    return {
        "do": "note",
        "registration": [world.things["registration of the body"].own],
    }


def _written(world: World) -> Mapping[str, Any]:
    session = {"day": "2025-12-02", "begins": "09:00", "ends": "11:00"}
    return {**FACTS, "capacity": 9, "sessions": [session]}


def _ends(world: World) -> Mapping[str, Any]:
    return {"why": "The speaker is ill."}


def _there(world: World) -> Mapping[str, Any]:
    row = LiveRegistration.objects.get(pk=world.things["registration of the body"].own)
    return {"items": [{"first_name": row.first_name, "last_name": row.last_name}]}


def _at_the_door(world: World) -> Mapping[str, Any]:
    return {"door_code": DOOR}


LIVE = {
    "my_live": shows(Word.OWN),
    "my_live_activity": Row(
        Word.OWN,
        {"GET": get(), "POST": write(302, sends(do="register", **NAME))},
        {"live_id": "live activity"},
    ),
    "my_claim": Row(Word.OWN, {"GET": get(), "POST": works_out(422, sends(**GUESSED))}),
    "my_claim_evaluation": Row(
        Word.OWN,
        {"GET": get(), "POST": write(302, sends(**CHOICES))},
        {"signed": "opened claim"},
        own_things=True,
    ),
    "staff_live": shows(Word.MANAGER),
    # The cast's body has no live activities of its own: what it holds was made for it.
    "staff_live_new": Row(
        Word.MANAGER, {"GET": get(), "POST": works_out(409, sends(**FACTS))}
    ),
    "staff_live_activity": Row(
        Word.MANAGER,
        {"GET": get(), "POST": write(302, sends(do="publish"))},
        DRAFT,
    ),
    "staff_live_facts": Row(
        Word.MANAGER, {"GET": get(), "POST": works_out(409, sends(**FACTS))}, DRAFT
    ),
    "staff_attendance": Row(
        Word.MANAGER,
        {"GET": get(), "POST": write(302, _notes)},
        {"live_id": "live activity of the body"},
    ),
    "api_live_activities": shows(Word.OWN),
    "api_live_activity": shows(Word.OWN, live_id="live activity over REST"),
    "api_live_evaluation": shows(Word.OWN, live_id="live activity over REST"),
    "api_live_registrations": Row(Word.OWN, {"POST": write(201, _comes)}),
    "api_live_registration": Row(
        Word.OWN,
        {"DELETE": write(204, sends())},
        {"registration_id": "registration over REST"},
        own_things=True,
    ),
    "api_live_claims": Row(Word.OWN, {"POST": works_out(422, _claims)}),
    # As on the page: the cast's body has no live activities of its own.
    "api_body_live_activities": Row(
        Word.MANAGER,
        {"GET": get(), "POST": works_out(409, _written)},
        {"body": "program"},
    ),
    "api_body_live_activity": Row(
        Word.MANAGER, {"GET": get(), "PUT": works_out(409, _written)}, DRAFT_REST
    ),
    "api_body_live_publish": Row(
        Word.MANAGER, {"POST": write(200, lambda world: {})}, DRAFT_REST
    ),
    "api_body_live_cancel": Row(Word.MANAGER, {"POST": write(200, _ends)}, TO_COME),
    "api_body_live_attendance": Row(
        Word.MANAGER,
        {"POST": write(200, _there)},
        {"body": "program", "live_id": "live activity of the body over REST"},
    ),
    "api_live_door": Row(
        Word.OWN,
        {"POST": write(200, _at_the_door)},
        {"live_id": "live activity one comes to over REST"},
        own_things=True,
    ),
}
