"""The rows of cycles over REST: one's own applications, and what staff do with them."""

from collections.abc import Mapping
from typing import Any

from core.rest import id_in_address
from renewals.models import Recertification
from tests.cast import TODAY
from tests.matrix.expectations import Call, Row, Word, get, write
from tests.matrix.world import World
from tests.recertifying.living import BODY as CYCLES

MINE = {"application_id": "own application over REST"}
SENT = {"application_id": "application of the body"}


def _more_time(world: World) -> Mapping[str, Any]:
    return {"program": CYCLES, "kind": "extension"}


def _name(world: World) -> Mapping[str, Any]:
    return {"name": "Bob"}


def _nothing(world: World) -> Mapping[str, Any]:
    return {}


def approved(world: World) -> Mapping[str, Any]:
    """Approve the application that waits for a decision, as it is now."""
    row_id = id_in_address("app", world.things["application of the body"].own)
    row = Recertification.objects.get(pk=row_id)
    return {"version": row.version, "outcome": "approved"}


def _reasoned(world: World) -> Mapping[str, Any]:
    return {"version": approved(world)["version"], "reason": "A closer look"}


def _asks(world: World) -> Mapping[str, Any]:
    return {"version": approved(world)["version"], "words": "The proof of May 2?"}


def _answers(world: World) -> Mapping[str, Any]:
    return {"answer": "It is there now."}


def _joined(world: World) -> Mapping[str, Any]:
    return {"from_on": TODAY.isoformat()}


def _left(world: World) -> Mapping[str, Any]:
    return {"until_on": TODAY.isoformat()}


def _registers(world: World) -> Mapping[str, Any]:
    return {
        "first_name": "Nia",
        "last_name": "Newly",
        "email": "nia@mail.example",
        "code": "CPCS",
        "number": "CPCS-NEW",
        "proof": "seen",
        "earned_on": TODAY.isoformat(),
    }


def own(calls: Mapping[str, Call], **names: str) -> Row:
    """A REST address of one's own; one that names a thing names a member's own."""
    return Row(Word.OWN, calls, names, own_things=bool(names))


def body(word: Word, calls: Mapping[str, Call], **names: str) -> Row:
    """A REST address of a body of cycles, for its staff or its managers alone."""
    return Row(word, calls, {"body": "program of cycles", **names})


SHOW = {"GET": get()}
CYCLES_OVER_REST = {
    "api_my_transcript": own(SHOW),
    "api_my_applications": own({**SHOW, "POST": write(201, _more_time)}),
    "api_my_application": own({**SHOW, "PATCH": write(200, _name)}, **MINE),
    # The world's draft declares nothing: tests/api submits what is complete.
    "api_my_application_submit": own(
        {"POST": Call(frozenset((422,)), _nothing)}, **MINE
    ),
    "api_my_application_withdraw": own({"POST": write(200, _nothing)}, **MINE),
    # Nothing is asked about the world's draft: tests/applications_queue answers.
    "api_my_application_answer": own(
        {"POST": Call(frozenset((409,)), _answers)}, **MINE
    ),
    "api_body_applications": body(Word.STAFF, SHOW),
    "api_body_application": body(Word.STAFF, SHOW, **SENT),
    "api_application_checklist": body(Word.STAFF, SHOW, **SENT),
    "api_application_questions": body(
        Word.MANAGER, {"POST": write(200, _asks)}, **SENT
    ),
    "api_application_audit": body(
        Word.MANAGER, {"POST": write(200, _reasoned)}, **SENT
    ),
    "api_application_hold": body(Word.MANAGER, {"POST": write(200, _reasoned)}, **SENT),
    # The world's is not held: nothing changes.
    "api_application_release": body(
        Word.MANAGER, {"POST": Call(frozenset((200,)), _reasoned)}, **SENT
    ),
    "api_application_decision": body(
        Word.MANAGER, {"POST": write(200, approved)}, **SENT
    ),
    "api_certificants": body(Word.MANAGER, {"POST": write(201, _registers)}),
    "api_society": body(
        Word.MANAGER,
        {**SHOW, "POST": write(201, _joined)},
        member_id="certificant of the body",
    ),
    "api_society_end": body(
        Word.MANAGER,
        {"POST": write(200, _left)},
        member_id="society member of the body",
    ),
}
