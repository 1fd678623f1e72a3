"""A live activity that is held, and who comes to it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from accounts.models import Member
from courses.models import LiveActivity, LiveAttendance, LiveClaim, LiveRegistration
from courses.queries.live import codes_of
from courses.rules.live import LiveFacts, Session
from courses.services import (
    claim_live,
    create_live,
    find_claim,
    note_attendance,
    publish_live,
    register_live,
)
from tests.cast import TESTER
from tests.learning.sitting import own
from tests.learning.taking import ANSWERS, SOCIETY

WRITTEN = date(2025, 10, 1)
# A Thursday; Veterans Day comes after it, so the seventh business day is the 18th.
HELD = date(2025, 11, 6)
LETTER_FROM, LETTER_TO = date(2025, 11, 18), date(2025, 11, 21)
FACTS = LiveFacts(
    title="Pain without opioids",
    summary="What else helps.",
    provider="The society",
    joint_provider="",
    credit_kind="category_1",
    credit=Decimal("1.5"),
    topics=("pain_management",),
    place="Online",
    capacity=3,
    sessions=(Session(HELD, time(18), time(20)),),
    evaluate_by=None,
)


def at(day: date) -> datetime:
    """Noon of a day."""
    return datetime.combine(day, time(17), UTC)


def a_draft(**changes: Any) -> LiveActivity:  # noqa: ANN401
    """Write an activity that nobody knows of yet."""
    program = changes.pop("program", SOCIETY)
    facts = replace(FACTS, **changes)
    return create_live(
        actor=TESTER, program=program, facts=facts, today=WRITTEN, now=at(WRITTEN)
    )


def a_live(**changes: Any) -> LiveActivity:  # noqa: ANN401
    """Announce an activity."""
    draft = a_draft(**changes)
    return publish_live(actor=TESTER, live=draft, today=WRITTEN, now=at(WRITTEN))


def registered(
    member: Member, live: LiveActivity, *, first: str = "", last: str = ""
) -> LiveRegistration:
    """Let somebody register, by default under the name in their record."""
    return register_live(
        actor=own(member),
        live=live,
        member=member,
        first_name=first or member.first_name,
        last_name=last or member.last_name,
        today=WRITTEN,
        now=at(WRITTEN),
    )


def attended(row: LiveRegistration, on: date = HELD) -> LiveRegistration:
    """Let staff note that somebody was there."""
    note_attendance(
        actor=TESTER, live=row.live, registration_ids=[row.pk], today=on, now=at(on)
    )
    return row


def was_there(member: Member, live: LiveActivity) -> LiveRegistration:
    """Let somebody register and come."""
    return attended(registered(member, live))


def finds(
    row: LiveRegistration,
    *,
    typed: str = "",
    name: tuple[str, str] | None = None,
    today: date = LETTER_FROM,
) -> LiveRegistration:
    """Type the code and the name."""
    return find_claim(
        member=row.member,
        typed=typed or codes_of(row.live)[0],
        name=name or (row.first_name, row.last_name),
        today_in=lambda program: today,
    )


def claims(
    row: LiveRegistration,
    *,
    answers: Mapping[str, object] = ANSWERS,
    today: date = LETTER_FROM,
) -> LiveClaim:
    """Evaluate, and be given what it brings."""
    return claim_live(
        actor=own(row.member),
        registration=row,
        answers=answers,
        today=today,
        now=at(today),
    )


def attendances(live: LiveActivity) -> int:
    """How many were there."""
    return LiveAttendance.objects.filter(registration__live=live).count()
