"""The rows of sponsors' activities: a sponsor's own, and a body's managers'."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.approvals.approving import BODY, TYPED
from tests.matrix.cycles_rest_table import body
from tests.matrix.cycles_table import OF_CYCLES
from tests.matrix.expectations import Call, Row, Word, get, sends, shows, write
from tests.matrix.world import World

SHOW = {"GET": get()}
DONE = {"approval_id": "approved activity over REST"}
TO_END = {"approval_id": "activity to end over REST"}
DRAFT = {"approval_id": "activity in writing over REST"}
TO_DECIDE = {"approval_id": "activity to decide over REST"}


def _who(world: World) -> Mapping[str, Any]:
    text = b"certification_no,completed_on\nCPCS-9,2025-10-02\n"
    return {"do": "check", "file": SimpleUploadedFile("who.csv", text)}


def _begins(world: World) -> Mapping[str, Any]:
    return {"program": BODY, "title": "Begun"}


def _version(world: World) -> Mapping[str, Any]:
    return {"version": 0}


def _seen(world: World) -> Mapping[str, Any]:
    return {"version": 2}


def _ends(world: World) -> Mapping[str, Any]:
    return {"version": 2, "words": "The speakers were others."}


def _answers(world: World) -> Mapping[str, Any]:
    return {"version": 0, "answer": "We do."}


def _attended(world: World) -> Mapping[str, Any]:
    item = {"certification_no": "CPCS-9", "completed_on": TYPED["days"][0]}
    return {"items": [item]}


def _asks(world: World) -> Mapping[str, Any]:
    return {"version": 1, "words": "Who pays?"}


def _approves(world: World) -> Mapping[str, Any]:
    return {"version": 1, "outcome": "approved"}


def mine(calls: Mapping[str, Call], **names: str) -> Row:
    """An address of a sponsor's own application."""
    return Row(Word.SIGNED_IN, calls, names, own_things=True)


APPROVALS = {
    "approvals": shows(Word.SIGNED_IN),
    "approval_new": Row(
        Word.SIGNED_IN,
        {"GET": get(), "POST": write(302, sends(program=BODY, title="A", do="save"))},
    ),
    "approval_edit": mine(
        {"GET": get(), "POST": write(302, sends(saves="0", title="B", do="save"))},
        application_id="activity in writing",
    ),
    "approval": mine(
        {"GET": get(), "POST": write(302, _who)}, application_id="approved activity"
    ),
    "approval_list": mine(
        {"GET": get(), "POST": write(302, sends())},
        application_id="approved activity",
        list_id="list of attendance",
    ),
    "staff_approvals": shows(Word.MANAGER, **OF_CYCLES),
    "staff_approval": Row(
        Word.MANAGER,
        {
            "GET": get(),
            "POST": write(302, sends(do="ask", words="Who pays?", seen="1")),
        },
        OF_CYCLES | {"application_id": "activity to decide"},
    ),
    "api_my_approvals": Row(
        Word.SIGNED_IN, {"GET": get(), "POST": write(201, _begins)}
    ),
    "api_my_approval": mine(SHOW, **DONE),
    "api_my_approval_submit": mine({"POST": write(200, _version)}, **DRAFT),
    # The world's is not asked about: tests/api answers.
    "api_my_approval_answer": mine(
        {"POST": Call(frozenset((409,)), _answers)}, **DRAFT
    ),
    "api_my_approval_withdraw": mine({"POST": write(200, _version)}, **DRAFT),
    "api_my_approval_change": mine({"POST": write(201, _seen)}, **DONE),
    "api_my_attendance": mine({"POST": write(202, _attended)}, **DONE),
    "api_approvals": body(Word.MANAGER, SHOW),
    "api_approval": body(Word.MANAGER, SHOW, **TO_DECIDE),
    "api_approval_ask": body(Word.MANAGER, {"POST": write(200, _asks)}, **TO_DECIDE),
    "api_approval_decision": body(
        Word.MANAGER, {"POST": write(200, _approves)}, **TO_DECIDE
    ),
    "api_approval_end": body(Word.MANAGER, {"POST": write(200, _ends)}, **TO_END),
}
