"""The rows of courses: written by a body's managers, found by its members."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.courses.packs import packed_sample
from tests.learning.taking import BANK
from tests.matrix.expectations import Row, Word, get, sends, shows, write
from tests.matrix.world import World

FACTS = {
    "title": "Rights",
    "slug": "rights",
    "kind": "course",
    "provider": "The body",
    "member_price": "0",
    "nonmember_price": "0",
    "released_on": "2025-01-02",
}
PAGE = {"title": "Hello", "code": "hello", "markdown": "Hello"}
COURSE = {"course_id": "course of the body"}
VERSION = {"version_id": "course version"}

FIGURES = {"do": "figures", "questions": "2", "pass_percent": "50", "tries": "3"}
QUESTION = {
    "text": "What helps first?",
    "topic": "Sleep",
    "why": "It was measured.",
    "option_1": "Rest",
    "right_1": "on",
    "option_2": "Coffee",
}


def _zip(world: World) -> Mapping[str, Any]:
    return {"file": SimpleUploadedFile("course.zip", packed_sample("mscat-training"))}


def _captions(world: World) -> Mapping[str, Any]:
    content = b"WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n"
    return {"file": SimpleUploadedFile("new.vtt", content)}


def _begins(world: World) -> Mapping[str, Any]:
    return {"course": world.things["course over REST"].own}


COURSES = {
    "api_courses": shows(Word.OWN),
    "api_course": shows(Word.OWN, course_id="course over REST"),
    "api_enrolments": Row(Word.OWN, {"GET": get(), "POST": write(201, _begins)}),
    "my_learning": shows(Word.OWN),
    "course": Row(
        Word.OWN,
        {"GET": get(), "POST": write(302, sends())},
        {"course_id": "course to begin"},
    ),
    "staff_courses": Row(Word.MANAGER, {"GET": get(), "POST": write(302, _zip)}),
    "staff_course_new": Row(
        Word.MANAGER, {"GET": get(), "POST": write(302, sends(**FACTS))}
    ),
    "staff_course": Row(
        Word.MANAGER, {"GET": get(), "POST": write(302, sends(do="draft"))}, COURSE
    ),
    "staff_course_facts": Row(
        Word.MANAGER, {"GET": get(), "POST": write(302, sends(**FACTS))}, COURSE
    ),
    "staff_allowances": Row(
        Word.MANAGER,
        {
            "GET": get(),
            "POST": write(302, sends(act="time", percent="50", reason="A note")),
        },
        {"member_id": "person of the body"},
    ),
    "staff_version": Row(
        Word.MANAGER,
        {"GET": get(), "POST": write(302, sends(objectives="Know"))},
        VERSION,
    ),
    "staff_version_act": Row(
        Word.MANAGER,
        {"POST": write(302, sends(do="module", title="Second"))},
        VERSION,
    ),
    "staff_version_zip": shows(Word.MANAGER, **VERSION),
    "staff_version_files": Row(
        Word.MANAGER, {"GET": get(), "POST": write(302, _captions)}, VERSION
    ),
    # It leads on to a link of the person's own.
    "staff_version_file": Row(
        Word.MANAGER, {"GET": get(302)}, VERSION | {"name": "course file"}
    ),
    "staff_page_new": Row(
        Word.MANAGER,
        {"GET": get(), "POST": write(302, sends(**PAGE))},
        VERSION | {"module_id": "course module"},
    ),
    "staff_page": Row(
        Word.MANAGER,
        {"GET": get(), "POST": write(302, sends(**PAGE))},
        VERSION | {"page_id": "course page"},
    ),
    "staff_page_preview": shows(Word.MANAGER, **VERSION, page_id="course page"),
    "staff_test": Row(
        Word.MANAGER, {"GET": get(), "POST": write(302, sends(**FIGURES))}, VERSION
    ),
    "staff_test_text": Row(
        Word.MANAGER,
        {"GET": get(), "POST": write(302, sends(bank=BANK))},
        VERSION,
    ),
    "staff_test_preview": shows(Word.MANAGER, **VERSION),
    "staff_test_question_new": Row(
        Word.MANAGER, {"GET": get(), "POST": write(302, sends(**QUESTION))}, VERSION
    ),
    "staff_test_question": Row(
        Word.MANAGER,
        {"GET": get(), "POST": write(302, sends(**QUESTION))},
        VERSION | {"code": "question of a test"},
    ),
}
