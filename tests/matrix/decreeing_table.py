"""The rows of decrees: pages and REST, for a body's managers alone."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from renewals.queries import Chosen, planned_decree
from tests.cast import TODAY
from tests.decreeing.decreeing import STORM, UNTIL
from tests.matrix.cycles_rest_table import body
from tests.matrix.cycles_table import OF_CYCLES
from tests.matrix.expectations import Call, Row, Word, get, shows, write
from tests.matrix.world import World
from tests.recertifying.living import BODY

SHOW = {"GET": get()}


def _number(world: World) -> str:
    return world.things["number to give time to"].own


def _seen(world: World) -> str:
    chosen = Chosen(UNTIL, None, numbers=(_number(world),))
    return planned_decree(BODY, chosen, by=None, today=TODAY).digest


def _gives(world: World) -> Mapping[str, Any]:
    return {
        "numbers": _number(world),
        "until_on": UNTIL.isoformat(),
        "reason": STORM,
        "seen": _seen(world),
        "act": "decree",
        "form_key": uuid4().hex,
    }


def _asks(world: World) -> Mapping[str, Any]:
    return {
        "numbers": [_number(world)],
        "until_on": UNTIL.isoformat(),
        "reason": STORM,
    }


def _decrees(world: World) -> Mapping[str, Any]:
    return {**_asks(world), "seen": _seen(world)}


DECREEING = {
    "staff_decrees": shows(Word.MANAGER, **OF_CYCLES),
    "staff_decree_new": Row(
        Word.MANAGER, {"GET": get(), "POST": write(302, _gives)}, OF_CYCLES
    ),
    "staff_decree": shows(Word.MANAGER, **OF_CYCLES, decree_id="decree of the body"),
    "api_decrees": body(Word.MANAGER, {**SHOW, "POST": write(202, _decrees)}),
    "api_decree_preview": body(Word.MANAGER, {"POST": Call(frozenset((200,)), _asks)}),
    "api_decree": body(Word.MANAGER, SHOW, decree_id="decree over REST"),
}
