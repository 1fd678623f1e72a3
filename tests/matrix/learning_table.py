"""The rows of courses that are learnt: a member's own, from page to credit."""

from collections.abc import Mapping
from typing import Any

from tests.learning.taking import ANSWERS
from tests.matrix.expectations import Call, Row, Word, get, sends, shows, write
from tests.matrix.world import World

CHOICES = {name: str(value) for name, value in ANSWERS.items()}


def _own(calls: Mapping[str, Call], course: str, **parts: str) -> Row:
    return Row(Word.OWN, calls, {"course_id": course, **parts}, own_things=True)


def _rest(calls: Mapping[str, Call], enrolment: str, **parts: str) -> Row:
    return Row(Word.OWN, calls, {"enrolment_id": enrolment, **parts}, own_things=True)


def _progress(world: World) -> Mapping[str, Any]:
    return {"page": "film", "second": "5.00", "spans": [["0", "5.00"]]}


def _evaluation(world: World) -> Mapping[str, Any]:
    return {"choices": dict(ANSWERS)}


def _nothing(world: World) -> Mapping[str, Any]:
    return {}


def _chosen(world: World) -> Mapping[str, Any]:
    return {"chosen": [0]}


READ, PAGE = "course that is learnt", {"code": "page of a course"}
EVALUATED = {"course_id": "course of the body"}
LEARNING = {
    "course_contents": _own({"GET": get()}, READ),
    "course_page": _own(
        {"GET": get(), "POST": write(302, sends(go="read"))}, READ, **PAGE
    ),
    "course_transcript": _own({"GET": get()}, READ, **PAGE),
    "course_place": _own(
        {"POST": write(200, sends(second="5", spans="[[0, 5]]"))}, READ, **PAGE
    ),
    "course_file": _own({"GET": get()}, READ, name="file of a course"),
    "course_test": _own(
        {"GET": get(), "POST": write(302, sends())}, "course to be tested"
    ),
    "course_question": _own(
        {"GET": get(), "POST": write(302, sends(chosen="0", go="next"))},
        "course at its test",
        number="first question",
    ),
    "course_question_picture": _own(
        {"GET": get()}, "course at its test", number="first question"
    ),
    "course_submit": _own(
        {"GET": get(), "POST": write(302, sends())}, "course at its test"
    ),
    "course_evaluation": _own(
        {"GET": get(), "POST": write(302, sends(**CHOICES))}, "course to evaluate"
    ),
    "course_credit": _own(
        {"GET": get(), "POST": write(302, sends())}, "course to claim"
    ),
    "staff_evaluations": shows(Word.MANAGER, **EVALUATED),
    "staff_evaluations_csv": shows(Word.MANAGER, **EVALUATED),
    "staff_evaluations_xlsx": shows(Word.MANAGER, **EVALUATED),
    "api_my_course_progress": _rest(
        {"GET": get(), "POST": write(200, _progress)}, "enrolment"
    ),
    "api_my_course_attempts": _rest(
        {"GET": get(), "POST": write(201, _nothing)}, "enrolment to be tested"
    ),
    "api_my_course_question": _rest(
        {"GET": get(), "PUT": write(200, _chosen)},
        "enrolment at its test",
        attempt_id="running test",
        number="first question",
    ),
    "api_my_course_question_picture": _rest(
        {"GET": get()},
        "enrolment at its test",
        attempt_id="running test",
        number="first question",
    ),
    "api_my_course_submit": _rest(
        {"POST": write(200, _nothing)},
        "enrolment at its test",
        attempt_id="running test",
    ),
    "api_my_course_evaluation": _rest(
        {"GET": get(), "POST": write(200, _evaluation)}, "enrolment to evaluate"
    ),
    "api_my_course_credit": _rest({"POST": write(200, _nothing)}, "enrolment to claim"),
}
