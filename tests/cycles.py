"""Bob under a body of cycles, for tests of any edge."""

from datetime import UTC, date, datetime

from accounts.models import Member
from ce_credits.services import record_accepted_activity
from credentials.services import record_certification
from tests.cast import TESTER, Cast

BODY = "namss"
# The body's days begin in Eastern time (X3).
NOON = (17, 0)


def noon(day: date) -> datetime:
    """Noon in the body's zone, give or take an hour."""
    return datetime(day.year, day.month, day.day, *NOON, tzinfo=UTC)


def earn(cast: Cast, code: str, on: date) -> None:
    """Bob is notified of passing."""
    certify(cast.bob, code, on)


def certify(member: Member, code: str, on: date) -> None:
    """Somebody is notified of passing."""
    record_certification(
        actor=TESTER,
        member=member,
        program=BODY,
        code=code,
        earned_on=on,
        proof="Notification of passing",
        today=on,
        now=noon(on),
    )


def learn(cast: Cast, kind: str, on: date, minutes: int, title: str) -> None:
    """Bob's education is recorded."""
    record_accepted_activity(
        actor=TESTER,
        member=cast.bob,
        program=BODY,
        kind=kind,
        title=title,
        on=on,
        minutes=minutes,
        proof="Certificate",
        reason="Seen",
        today=on,
        now=noon(on),
    )


def first_time_dual(cast: Cast) -> None:
    """Let Bob be dual for the first time, with 27 credits, 14 of them approved."""
    earn(cast, "CPCS", date(2022, 5, 10))
    learn(cast, "approved_education", date(2022, 5, 10), 300, "On the day itself")
    learn(cast, "approved_education", date(2023, 2, 14), 840, "Fourteen hours")
    earn(cast, "CPMSM", date(2024, 6, 30))
    learn(cast, "non_accredited_education", date(2025, 1, 20), 780, "Thirteen hours")
