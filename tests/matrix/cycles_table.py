"""The rows of applications in a cycle: a member's own, and a body's managers'."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from renewals.models import Recertification
from tests.cast import TODAY
from tests.matrix.expectations import Call, Row, Word, get, sends, write
from tests.matrix.world import World

OF_CYCLES = {"program": "program of cycles"}
_keeps = sends(seen="0", name="Bob Baker", act="keep")


def _approves(world: World) -> Mapping[str, Any]:
    row = Recertification.objects.get(pk=world.things["application to the body"].own)
    return {
        "form_key": uuid4().hex,
        "seen": str(row.version),
        "outcome": "approved",
    }


def _registers(world: World) -> Mapping[str, Any]:
    typed = {
        "first_name": "Nia",
        "last_name": "Newly",
        "email": "nia@mail.example",
        "code": "CPCS",
        "number": "CPCS-NEW",
        "proof": "seen",
        "earned_on": TODAY.isoformat(),
        "form_key": uuid4().hex,
    }
    return {f"certification-{name}": value for name, value in typed.items()}


CYCLES = {
    "staff_register": Row(
        Word.MANAGER, {"GET": get(), "POST": write(302, _registers)}, OF_CYCLES
    ),
    "recertify": Row(Word.OWN, {"GET": get(), "POST": write(302, _keeps)}, OF_CYCLES),
    "recertify_extension": Row(
        Word.OWN, {"GET": get(), "POST": write(302, _keeps)}, OF_CYCLES
    ),
    # In November nobody can come back yet: tests/recertifying does in January.
    "recertify_reinstatement": Row(
        Word.OWN, {"GET": get(), "POST": Call(frozenset((409,)), _keeps)}, OF_CYCLES
    ),
    "recertify_withdraw": Row(
        Word.OWN,
        {"GET": get(), "POST": write(302, sends(seen="1"))},
        OF_CYCLES | {"application_id": "application"},
        own_things=True,
    ),
    # The world's can't be answered any more: tests/applications_queue answers.
    "recertify_answer": Row(
        Word.OWN,
        {
            "GET": get(),
            "POST": Call(frozenset((409,)), sends(answer="It is there.")),
        },
        OF_CYCLES | {"application_id": "application"},
        own_things=True,
    ),
    "staff_society": Row(
        Word.MANAGER,
        {"GET": get(), "POST": write(302, sends(day="2025-10-02", act="begin"))},
        OF_CYCLES | {"member_id": "certificant"},
    ),
    "staff_applications": Row(
        Word.MANAGER,
        {
            "GET": get(),
            "POST": write(302, sends(name="Overdue", filters="?mark=overdue")),
        },
        OF_CYCLES,
    ),
    "staff_application": Row(
        Word.MANAGER,
        {"GET": get(), "POST": write(302, _approves)},
        OF_CYCLES | {"application_id": "application to the body"},
    ),
}
