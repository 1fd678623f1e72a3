"""The rows of activities over REST: the same things behind three kinds of door."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import BODY
from tests.files.samples import pdf
from tests.matrix.expectations import Call, Row, Word, get, works_out, write
from tests.matrix.world import World

READ, WRITE = "ce:read", "ce:write"
PLAIN = {"program": BODY, "kind": "webinar", "title": "Coding (45 min)"}


def _plain(world: World) -> Mapping[str, Any]:
    return PLAIN


def _for_somebody(world: World) -> Mapping[str, Any]:
    return {**PLAIN, "member": world.things["person over REST"].own}


def _minutes(world: World) -> Mapping[str, Any]:
    return {"minutes": 50}


def _nothing(world: World) -> Mapping[str, Any]:
    return {}


def _file(world: World) -> Mapping[str, Any]:
    return {"file": SimpleUploadedFile("proof.pdf", pdf())}


def _returned(world: World) -> Mapping[str, Any]:
    return {"version": 1, "outcome": "returned", "words": "Send the second page."}


def practice(calls: Mapping[str, Call], **names: str) -> Row:
    """A REST address of a practice."""
    return Row(Word.PRACTICE, calls, names)


def own(calls: Mapping[str, Call], **names: str) -> Row:
    """A REST address of one's own; one that names a thing names a member's own."""
    return Row(Word.OWN, calls, names, own_things=bool(names))


def body(calls: Mapping[str, Call], **names: str) -> Row:
    """A REST address of a body's staff."""
    return Row(Word.STAFF, calls, {"body": "program", **names})


LIST, SHOW = {"GET": get(scope=READ)}, {"GET": get(scope=READ)}
DRAFT = {"activity_id": "draft over REST"}
REPORTED = {"activity_id": "draft of the practice"}
THE_PROOF = {**REPORTED, "proof_id": "proof of the draft"}
ITS_PROOF = {**DRAFT, "proof_id": "proof of the draft"}
PROOFS = {**LIST, "POST": write(201, _file, WRITE)}
PROOF = {**SHOW, "DELETE": write(204, _nothing, WRITE)}
STEP = {"POST": write(200, _nothing, WRITE)}
WRITTEN = {**SHOW, "PATCH": write(200, _minutes, WRITE)}
QUOTE = {"POST": works_out(200, _plain, READ)}

CE_OVER_REST = {
    "api_activities": practice(
        {**LIST, "POST": write(201, _for_somebody, WRITE, ("person over REST",))}
    ),
    "api_activity": practice(WRITTEN, **REPORTED),
    "api_body_activities": body(LIST),
    "api_body_activity": body(SHOW, activity_id="activity of the body"),
    "api_body_catalogue": body(LIST),
    "api_body_proof": body(
        SHOW, activity_id="activity of the body", proof_id="proof of the body"
    ),
    "api_body_proofs": body(LIST, activity_id="activity of the body"),
    "api_catalogue": practice(LIST),
    "api_decision": body(
        {"POST": write(200, _returned)}, activity_id="activity of the body"
    ),
    "api_member_terms": practice(LIST, member_id="person over REST"),
    "api_my_activities": own({**LIST, "POST": write(201, _plain)}),
    "api_my_activity": own(WRITTEN, **DRAFT),
    "api_my_catalogue": own(LIST),
    "api_my_proof": own(PROOF, **ITS_PROOF),
    "api_my_proofs": own(PROOFS, **DRAFT),
    "api_my_quotes": own(QUOTE),
    "api_my_submit": own(STEP, **DRAFT),
    "api_my_terms": own(LIST),
    "api_my_certifications": own(LIST),
    "api_my_cycles": own(LIST),
    "api_my_withdraw": own(STEP, **DRAFT),
    "api_proof": practice(PROOF, **THE_PROOF),
    "api_proofs": practice(PROOFS, **REPORTED),
    "api_quotes": practice(
        {"POST": works_out(200, _for_somebody, READ, ("person over REST",))}
    ),
    "api_submit": practice(STEP, **REPORTED),
    "api_withdraw": practice(STEP, **REPORTED),
}
