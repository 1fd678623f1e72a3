"""Steps that tests of activities over REST have in common."""

from typing import Any

from ce_credits.models import Activity, Proof
from core.public_ids import read
from tests.api.asking import Api, Caller, mem, tail_of
from tests.cast import BODY, Cast, a_proof

# Bob's term of 2024 had begun on Nov 3, 2024.
DAY = "2025-10-02"
WEBINAR: dict[str, Any] = {
    "program": BODY,
    "kind": "webinar",
    "title": "Documenting a visit",
    "provider": "MLN",
    "on": DAY,
    "minutes": 45,
    "licence_number": "A-1042",
}


def for_bob(cast: Cast, **values: object) -> dict[str, Any]:
    """A webinar of Bob's as a practice reports it, with other values."""
    return {"member": mem(cast.bob.pk), **WEBINAR, **values}


def row_of(body: dict[str, Any]) -> Activity:
    """The row that an answer is about."""
    row_id = read("ce", body["id"])
    assert row_id is not None
    return Activity.objects.get(pk=row_id)


def proved(body: dict[str, Any], *, content: str = "") -> Proof:
    """Put a proof on the activity that an answer is about."""
    return a_proof(row_of(body), content=content)


def begun(caller: Caller, cast: Cast, **values: object) -> dict[str, Any]:
    """Begin a webinar, by a practice for Bob or by Bob himself."""
    sent = for_bob(cast, **values)
    if not isinstance(caller, Api):
        del sent["member"]
    answer = caller.post("ce-activities", sent)
    assert answer.status_code == 201, answer.content
    made: dict[str, Any] = answer.json()
    return made


def submitted(caller: Caller, cast: Cast, **values: object) -> dict[str, Any]:
    """Begin a webinar, prove it and submit it."""
    made = begun(caller, cast, **values)
    proved(made)
    answer = caller.post(tail_of(made, "submit"), {})
    assert answer.status_code == 200, answer.content
    done: dict[str, Any] = answer.json()
    return done
