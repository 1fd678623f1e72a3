"""The rows of the good-standing report: anybody's, and the staff's own."""

from collections.abc import Mapping
from typing import Any

from credentials.models import Certification
from tests.cast import BODY
from tests.matrix.expectations import Row, Word, answers, get, shows, works_out, write
from tests.matrix.world import World


def _bob(world: World) -> Mapping[str, str]:
    found = Certification.objects.get(member=world.cast.bob, program=BODY)
    return {"number": found.number, "last_name": "Baker"}


def _listed(world: World) -> Mapping[str, Any]:
    bob = _bob(world)
    return {"lines": f"{bob['number']}, {bob['last_name']}", "kind": "csv"}


def _items(world: World) -> Mapping[str, Any]:
    return {"items": [_bob(world)]}


REPORT = {
    "api_given_report": shows(Word.PUBLIC, sha256="report's hash"),
    "api_good_standing": Row(Word.PUBLIC, {"POST": write(200, _items)}),
    "report_check": Row(Word.PUBLIC, {"GET": get(), "POST": answers(422)}),
    "report_file": Row(Word.PUBLIC, {"POST": answers(422)}),
    "report_list": Row(Word.PUBLIC, {"GET": get(), "POST": write(200, _listed)}),
    "staff_good_standing": shows(Word.MANAGER),
    "staff_good_standing_csv": shows(Word.MANAGER),
    "staff_good_standing_xlsx": shows(Word.MANAGER),
    "verify_person": Row(Word.PUBLIC, {"GET": get(), "POST": works_out(200, _bob)}),
}
