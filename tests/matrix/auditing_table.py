"""The rows of audits: a member's own answer, and a body's managers'."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from ce_credits.models import AuditCase
from core.rest import id_in_address
from tests.files.samples import pdf
from tests.matrix.expectations import (
    Call,
    Row,
    Word,
    get,
    sends,
    shows,
    works_out,
    write,
)
from tests.matrix.world import World

_draws = sends(
    from_on="2024-01-01",
    until_on="2025-11-17",
    states="accepted",
    percent="100",
    exclude_years="0",
    due_on="2025-12-17",
    act="draw",
)


def _opens(world: World) -> Mapping[str, Any]:
    return {
        "activities": world.things["submission of the person"].own,
        "due_on": "2025-12-17",
        "reason": "A complaint",
        "form_key": uuid4().hex,
    }


def _closes(world: World) -> Mapping[str, Any]:
    row = AuditCase.objects.get(pk=world.things["audit of the body"].own)
    return {"act": "close", "close-seen": str(row.version), "form_key": uuid4().hex}


BODY = {"body": "program"}
MINE = {"audit_id": "audit over REST"}
ITEM = {**MINE, "item_id": "audit item over REST"}
FILE = {**ITEM, "proof_id": "audit proof over REST"}


def _sample(world: World) -> Mapping[str, Any]:
    return {
        "of": "submissions",
        "from_on": "2024-01-01",
        "until_on": "2025-11-17",
        "percent": 100,
        "exclude_years": 0,
    }


def _draws_again(world: World) -> Mapping[str, Any]:
    earlier = world.things["draw over REST"].own
    return {**_sample(world), "instead_of": earlier, "reason": "The seed was known"}


def _audits(world: World) -> Mapping[str, Any]:
    return {
        "member": world.things["person to audit over REST"].own,
        "activities": [world.things["submission over REST"].own],
        "reason": "A complaint",
    }


def _case(world: World, name: str) -> AuditCase:
    return AuditCase.objects.get(pk=id_in_address("aud", world.things[name].own))


def _finds(world: World) -> Mapping[str, Any]:
    case = _case(world, "audit to decide")
    item = case.items.get()
    return {
        "version": case.version,
        "activity_version": item.activity.version,
        "outcome": "verified",
    }


def _ends(world: World) -> Mapping[str, Any]:
    return {"version": _case(world, "audit of the body over REST").version}


def _words(world: World) -> Mapping[str, Any]:
    item = world.things["audit item over REST"].own
    return {"items": [{"item": item, "words": "See page 2"}]}


def _proof(world: World) -> Mapping[str, Any]:
    return {"file": SimpleUploadedFile("answer.pdf", pdf(b"(answer)"))}


def _body(calls: Mapping[str, Call], **names: str) -> Row:
    return Row(Word.MANAGER, calls, {**BODY, **names})


def _own(calls: Mapping[str, Call], names: Mapping[str, str]) -> Row:
    return Row(Word.OWN, calls, names, own_things=True)


AUDITS_OVER_REST = {
    "api_audit_draws": _body(
        {"GET": get(), "POST": write(201, _draws_again, swaps=("draw over REST",))}
    ),
    "api_audit_preview": _body({"POST": works_out(200, _sample)}),
    "api_audit_draw": _body({"GET": get()}, draw_id="draw over REST"),
    "api_audits": _body(
        {
            "GET": get(),
            "POST": write(
                201,
                _audits,
                swaps=("person to audit over REST", "submission over REST"),
            ),
        }
    ),
    "api_audit": _body({"GET": get()}, audit_id="audit of the body over REST"),
    "api_audit_decision": _body(
        {"POST": write(200, _finds)},
        audit_id="audit to decide",
        item_id="item to decide",
    ),
    "api_audit_close": _body(
        {"POST": write(200, _ends)}, audit_id="audit of the body over REST"
    ),
    "api_my_audits": Row(Word.OWN, {"GET": get()}),
    "api_my_audit": _own(
        {
            "GET": get(),
            "PATCH": write(200, _words, swaps=("audit item over REST",)),
        },
        MINE,
    ),
    "api_my_audit_send": _own({"POST": write(200, _words)}, MINE),
    "api_my_audit_proofs": _own({"POST": write(201, _proof)}, ITEM),
    "api_my_audit_proof": _own(
        {"GET": get(), "DELETE": write(204, lambda world: {})}, FILE
    ),
}
AUDITING = AUDITS_OVER_REST | {
    "my_audit": Row(
        Word.OWN,
        {
            "GET": get(),
            "POST": write(302, sends(**{"do": "save", "words-1": "See page 2"})),
        },
        {"case_id": "audit"},
        own_things=True,
    ),
    "staff_audits": shows(Word.MANAGER),
    "staff_audit_draw": Row(Word.MANAGER, {"GET": get(), "POST": write(302, _draws)}),
    "staff_audit_drawn": shows(Word.MANAGER, draw_id="draw of the body"),
    "staff_audit": Row(
        Word.MANAGER,
        {"GET": get(), "POST": write(302, _closes)},
        {"case_id": "audit of the body"},
    ),
    "staff_audit_open": Row(
        Word.MANAGER,
        {"GET": get(), "POST": write(302, _opens)},
        {"member_id": "person to audit"},
    ),
}
