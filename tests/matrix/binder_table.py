"""The rows of audit binders: their page and REST, and the PDF out of a ZIP."""

from collections.abc import Mapping
from typing import Any

from tests.matrix.actors import BINDERS as SCOPES
from tests.matrix.expectations import Row, Word, get, sends, write
from tests.matrix.world import World


def _for_somebody(world: World) -> Mapping[str, Any]:
    return {"members": [world.things["person over REST"].own]}


ONE = {"binder_id": "binder over REST"}

BINDERS = {
    "binder": Row(
        Word.PRACTICE,
        {"GET": get(), "POST": write(302, sends(who="all"))},
    ),
    "binder_pdf": Row(Word.PRACTICE, {"GET": get(302)}, {"job_id": "binder"}),
    "api_binders": Row(
        Word.PRACTICE,
        {
            "GET": get(scope=SCOPES),
            "POST": write(202, _for_somebody, SCOPES, ("person over REST",)),
        },
    ),
    "api_binder": Row(Word.PRACTICE, {"GET": get(scope=SCOPES)}, ONE),
    "api_binder_file": Row(Word.PRACTICE, {"GET": get(scope=SCOPES, noted=True)}, ONE),
    "api_binder_pdf": Row(Word.PRACTICE, {"GET": get(scope=SCOPES, noted=True)}, ONE),
}
