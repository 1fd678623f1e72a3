"""Courses in two hands, each at every step from its first page to its credit."""

from collections.abc import Callable

from courses.models import Enrolment
from courses.services import begin_test
from tests.cast import NOW, TODAY, Cast
from tests.files.samples import picture
from tests.learning.sitting import own
from tests.learning.taking import (
    a_course,
    completed,
    enrolled,
    reads_all,
    sits,
)
from tests.matrix.things import Thing


def learning_things(cast: Cast) -> dict[str, Thing]:
    """Let Bob and Charlie learn courses of their own, each as far as a step needs."""
    steps: dict[str, Callable[[Enrolment], object]] = {
        "that is learnt": lambda each: None,
        "to be tested": reads_all,
        "at its test": _begins,
        "to evaluate": _passes,
        "to claim": completed,
    }
    found = {
        "page of a course": Thing("film", "elsewhere", "nowhere"),
        "file of a course": Thing("film.webm", "none.webm", "nothing.webm"),
    }
    for name, step in steps.items():
        asked = picture() if name == "at its test" else b""
        people = (cast.bob, cast.charlie)
        mine, theirs = (enrolled(each, a_course(asked=asked)) for each in people)
        for each in (mine, theirs):
            step(each)
        rest = "enrolment" if name == "that is learnt" else f"enrolment {name}"
        found[f"course {name}"] = Thing.rows(mine.course, theirs.course)
        found[rest] = Thing.rows(mine, theirs, "enr")
        if name == "at its test":
            tests = [each.attempts.get() for each in (mine, theirs)]
            found["running test"] = Thing.rows(tests[0], tests[1], "att")
    return found


def _begins(enrolment: Enrolment) -> None:
    reads_all(enrolment)
    begin_test(actor=own(enrolment.member), enrolment=enrolment, today=TODAY, now=NOW)


def _passes(enrolment: Enrolment) -> None:
    reads_all(enrolment)
    sits(enrolment, right=2)
