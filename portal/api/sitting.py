"""A try at an exam or at a course's test over REST: how it is shown and answered."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from drf_spectacular.types import OpenApiTypes

from accounts.access import OwnDoor
from core import clock, public_ids
from core.failures import Missing, Stale
from core.rest import instant
from courses.models import Attempt
from courses.queries.sitting import bank_at, mark_of
from courses.rules import is_open
from courses.services import answer_question
from courses.services.sitting import HANDED_IN, TIME_UP
from portal.api.learning_shapes import ATTEMPT
from portal.queries.exams import question_page
from portal.queries.rooms import Room

# What a question shows, as the API's description says it.
PICTURE = {
    (HTTPStatus.OK, f"image/{each}"): OpenApiTypes.BINARY for each in ("png", "jpeg")
}


def open_try(attempt: Attempt) -> Attempt:
    """Hold that a try runs: nothing is asked before and after.

    Raises:
        Stale: it is handed in, or its time is up.
    """
    if attempt.ended_at is not None:
        raise Stale(HANDED_IN)
    if not is_open(clock.now(), attempt.ends_at):
        raise Stale(TIME_UP)
    return attempt


def try_shown(attempt: Attempt) -> dict[str, Any]:
    """Spell a try out: its clock, and once it is handed in what came of it."""
    ended = attempt.ended_at
    bank = bank_at(attempt)
    weak = mark_of(attempt).weak if ended else ()
    return {
        "id": public_ids.spell(ATTEMPT, attempt.pk),
        "number": attempt.nth,
        "questions": attempt.number,
        "started_at": instant(attempt.started_at),
        "ends_at": instant(attempt.ends_at),
        "ended_at": instant(ended) if ended else None,
        "right": attempt.right,
        "passed": attempt.passed,
        "weak_topics": [bank.topic_words(each.topic) for each in weak],
    }


def question_shown(room: Room, attempt: Attempt, number: int) -> dict[str, Any]:
    """Spell out one question of a running try; which option is right is never told.

    Raises:
        Missing: there is no such question.
        Stale: the try is handed in, or its time is up.
    """
    page = question_page(room, open_try(attempt), number, now=clock.now())
    return {
        "number": page.number,
        "of": page.of,
        "text": page.text,
        "picture_words": page.picture_words,
        "several": page.several,
        "options": [
            {"place": each.place, "text": each.text, "chosen": each.checked}
            for each in page.options
        ],
        "flagged": page.flagged,
        "ends_at": instant(attempt.ends_at),
    }


def keep_choice(
    door: OwnDoor, attempt: Attempt, number: int, sent: Mapping[str, Any]
) -> None:
    """Keep what was sent as `NewChoice` for a question.

    Raises:
        Stale: the try is handed in, or its time is up.
        NotUsable: there is no such option, or one alone can be chosen.
    """
    answer_question(
        actor=door.actor,
        attempt=attempt,
        number=number,
        chosen=sent["chosen"],
        flagged=sent["flagged"],
        now=clock.now(),
    )


def check_number(attempt: Attempt, number: int) -> None:
    """Hold that a try has a question of this number.

    Raises:
        Missing: it has none.
    """
    if not 1 <= number <= attempt.number:
        raise Missing("Not found.")
