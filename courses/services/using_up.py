"""Marking who used up the tries of a course's test, so that staff find them."""

from datetime import datetime

from courses.models import Attempt, Enrolment
from courses.queries.allowances import tries_of
from courses.queries.course_tests import tests_taken


def mark_used_up(row: Enrolment, *, given_up: bool = False) -> None:
    """Mark whether somebody took their test as often as they can, and never passed.

    Called wherever a try ends, one more is allowed, or a record is merged.

    Args:
        row: locked by the caller.
        given_up: their record was merged into another: what stays there is nobody's
            to take.
    """
    found = None if given_up or row.completed_at else _used_up_at(row)
    if row.used_up_at != found:
        row.used_up_at = found
        row.save(update_fields=["used_up_at"])


def _used_up_at(row: Enrolment) -> datetime | None:
    if row.version.tries is None:
        return None
    taken = tests_taken(row)
    if not taken or any(_goes_on(each) for each in taken):
        return None
    return taken[-1].ended_at if len(taken) >= tries_of(row) else None


def _goes_on(attempt: Attempt) -> bool:
    return attempt.ended_at is None or bool(attempt.passed)
