"""The rows of assigning and undoing, as pages and over REST."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from tests.matrix.expectations import Row, Word, get, write
from tests.matrix.world import World

READ, WRITE = "assignments:read", "assignments:write"


def _undo(world: World) -> Mapping[str, Any]:
    return {"assignment": [world.things["assignment"].own]}


def _assign(world: World) -> Mapping[str, Any]:
    person = world.things["person"].own
    return {"form_key": uuid4().hex, "assign": "renewals", "member": [person]}


def _assign_over_rest(world: World) -> Mapping[str, Any]:
    person = world.things["person over REST"].own
    return {"product": "renewals", "items": [{"member": person}]}


ASSIGNING = {
    "api_assignment": Row(
        Word.PRACTICE,
        {"GET": get(scope=READ), "DELETE": write(200, lambda world: {}, WRITE)},
        {"assignment_id": "assignment over REST"},
    ),
    "api_assignments": Row(
        Word.PRACTICE,
        {
            "GET": get(scope=READ),
            "POST": write(201, _assign_over_rest, WRITE, ("person over REST",)),
        },
    ),
    "assignments": Row(
        Word.PRACTICE, {"GET": get(), "POST": write(302, _assign, swaps=("person",))}
    ),
    "undo_assignment": Row(
        Word.PRACTICE,
        {"GET": get(), "POST": write(302, _undo, swaps=("assignment",))},
        {"batch_id": "batch"},
    ),
}
