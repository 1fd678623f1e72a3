"""Who may enter, read and change a licence: its holder alone."""

from collections.abc import Mapping
from typing import Any

from tests.matrix.expectations import Row, Word, get, write
from tests.matrix.world import World

DAYS = {"first_on": "2025-03-01", "last_on": "2027-02-28"}


def _entered(world: World) -> Mapping[str, Any]:
    return {"program": "mms", "number": "MA-NEW", **DAYS}


def _changed(world: World) -> Mapping[str, Any]:
    return {"number": "MA-OTHER", "seen": "1", **DAYS}


def _put(world: World) -> Mapping[str, Any]:
    return {"number": "MA-OTHER", "version": 1, **DAYS}


LICENCES = {
    "my_licences": Row(Word.OWN, {"GET": get(), "POST": write(302, _entered)}),
    "my_licence": Row(
        Word.OWN,
        {"GET": get(), "POST": write(302, _changed)},
        {"licence_id": "licence"},
        own_things=True,
    ),
    "api_my_licences": Row(Word.OWN, {"GET": get(), "POST": write(201, _entered)}),
    "api_my_licence": Row(
        Word.OWN,
        {
            "GET": get(),
            "PUT": write(200, _put),
            "DELETE": write(204, lambda world: {}),
        },
        {"licence_id": "licence over REST"},
        own_things=True,
    ),
}
