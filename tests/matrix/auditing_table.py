"""The rows of audits: a member's own answer, and a body's managers'."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from ce_credits.models import AuditCase
from tests.matrix.expectations import Row, Word, get, sends, shows, write
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


AUDITING = {
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
