"""The rows of exams: a member's own, before, during and at the end."""

from collections.abc import Mapping
from typing import Any

from tests.matrix.expectations import Call, Row, Word, get, sends, write
from tests.matrix.world import World


def _rest(calls: Mapping[str, Call], exam: str, **parts: str) -> Row:
    return Row(Word.OWN, calls, {"exam_id": exam, **parts}, own_things=True)


def _sworn(world: World) -> Mapping[str, Any]:
    return {"sworn": True}


def _chosen(world: World) -> Mapping[str, Any]:
    return {"chosen": [0]}


def _nothing(world: World) -> Mapping[str, Any]:
    return {}


EXAMS = {
    "exam": Row(
        Word.OWN,
        {"GET": get(), "POST": write(302, sends(sworn="on"))},
        {"assignment_id": "exam to begin"},
        own_things=True,
    ),
    "exam_question": Row(
        Word.OWN,
        {"GET": get(), "POST": write(302, sends(chosen="0", go="next"))},
        {"assignment_id": "running exam", "number": "first question"},
        own_things=True,
    ),
    "exam_question_picture": Row(
        Word.OWN,
        {"GET": get()},
        {"assignment_id": "running exam", "number": "first question"},
        own_things=True,
    ),
    "exam_submit": Row(
        Word.OWN,
        {"GET": get(), "POST": write(302, sends())},
        {"assignment_id": "running exam"},
        own_things=True,
    ),
    "api_my_exams": Row(Word.OWN, {"GET": get()}),
    "api_my_exam_attempts": _rest(
        {"GET": get(), "POST": write(201, _sworn)}, "exam to begin over REST"
    ),
    "api_my_exam_question": _rest(
        {"GET": get(), "PUT": write(200, _chosen)},
        "running exam over REST",
        attempt_id="running try of an exam",
        number="first question",
    ),
    "api_my_exam_question_picture": _rest(
        {"GET": get()},
        "running exam over REST",
        attempt_id="running try of an exam",
        number="first question",
    ),
    "api_my_exam_submit": _rest(
        {"POST": write(200, _nothing)},
        "running exam over REST",
        attempt_id="running try of an exam",
    ),
}
