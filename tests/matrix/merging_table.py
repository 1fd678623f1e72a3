"""The rows of two accounts: whoever reports them, and a body's managers."""

from collections.abc import Mapping
from typing import Any

from accounts.models import Duplicate
from core.public_ids import spell
from tests.matrix.expectations import Call, Row, Word, get, sends, shows, write
from tests.matrix.world import World


def _refuses(world: World) -> Mapping[str, Any]:
    return {"act": "refuse", "reason": "Two people of one name"}


def _reports(world: World) -> Mapping[str, Any]:
    return {"email": "second@mail.example", "program": world.things["program"].own}


def _nothing(world: World) -> Mapping[str, Any]:
    return {}


def _why(world: World) -> Mapping[str, Any]:
    return {"reason": "Two people of one name"}


def _merges(world: World) -> Mapping[str, Any]:
    row = Duplicate.objects.get(pk=world.things["report of two accounts"].own)
    return {"keep": spell("mem", row.member_id), "ground": "Both sent one licence"}


def _body(calls: Mapping[str, Call], **names: str) -> Row:
    return Row(Word.MANAGER, calls, {"body": "program", **names})


OVER_REST = {"duplicate_id": "report of two accounts over REST"}
MERGING = {
    "api_my_duplicates": Row(Word.OWN, {"GET": get(), "POST": write(201, _reports)}),
    "api_my_duplicate_withdraw": Row(
        Word.OWN,
        {"POST": write(200, _nothing)},
        {"duplicate_id": "own report over REST"},
        own_things=True,
    ),
    "api_duplicates": _body({"GET": get()}),
    "api_duplicate": _body({"GET": get()}, **OVER_REST),
    "api_duplicate_merge": _body({"POST": write(200, _merges)}, **OVER_REST),
    "api_duplicate_refuse": _body({"POST": write(200, _why)}, **OVER_REST),
    # The world's is not merged: tests/merging undoes one.
    "api_duplicate_undo": _body({"POST": Call(frozenset((409,)), _why)}, **OVER_REST),
    "my_duplicate": Row(Word.OWN, {"GET": get(), "POST": write(302, _reports)}),
    "my_duplicate_proof": Row(
        Word.OWN,
        {"GET": get(), "POST": write(302, sends())},
        {"signed": "link of a report"},
        own_things=True,
    ),
    "staff_duplicates": shows(Word.MANAGER),
    "staff_duplicate": Row(
        Word.MANAGER,
        {"GET": get(), "POST": write(302, _refuses)},
        {"duplicate_id": "report of two accounts"},
    ),
}
