"""Holders of cycles, the day's job run by a moved clock, and what they were mailed."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import time_machine

from accounts.models import Member, User
from core.letters import Letter, Moment, compose
from core.models import OutboxMessage
from credentials.models import StandingPeriod
from renewals.services.standing import record_standing
from renewals.tasks import sweep
from tests.cast import a_member
from tests.cycles import BODY, certify, noon

KINDS = ("cycle_reminder", "cycle_notice")
# Passed in 2022: the cycle ends Dec 1, 2025 (N1).
PASSED = date(2022, 5, 10)


def holder(
    name: str, *codes: str, user: User | None = None, on: date = PASSED
) -> Member:
    """Somebody without a practice who was notified of passing."""
    member = a_member(name, None, user=user)
    for code in codes or ("CPCS",):
        certify(member, code, on)
    return member


def pass_days(*days: date) -> None:
    """Run the real job at noon of each day."""
    for day in days:
        with time_machine.travel(noon(day), tick=False):
            sweep()


def after(day: date, days: int) -> date:
    """A day some days after another."""
    return day + timedelta(days=days)


def told(member: Member) -> list[str]:
    """Which notices were queued for somebody, in their order."""
    rows = OutboxMessage.objects.filter(
        kind__in=KINDS, payload__key__startswith=BODY, recipient=member.written_to
    ).exclude(state="void")
    return [
        str(each.payload["key"]).removeprefix(f"{BODY} ")
        for each in rows.order_by("created_at")
    ]


def newest(member: Member) -> OutboxMessage:
    """The last notice queued for somebody."""
    return OutboxMessage.objects.filter(
        kind__in=KINDS, recipient=member.written_to
    ).latest("created_at")


def read(message: OutboxMessage, today: date) -> Letter | None:
    """Put a message together on a day."""
    return compose(message=message, moment=Moment(noon(today), lambda zone: today))


def written(member: Member, today: date) -> Letter:
    """What somebody's last notice says on a day."""
    letter = read(newest(member), today)
    assert letter is not None
    return letter


def stands(
    member: Member, *facts: tuple[date, str], at: datetime | None = None
) -> None:
    """Record a timeline anew, as a decision about an application does."""
    mine = StandingPeriod.objects.filter(member=member, program=BODY)
    recording = mine.latest("recording").recording + 1
    StandingPeriod.objects.bulk_create(
        StandingPeriod(
            member=member,
            program=BODY,
            from_on=from_on,
            standing=standing,
            policy="namss@2025-01-01",
            recorded_at=at or datetime(2025, 1, 1, tzinfo=UTC),
            recording=recording,
        )
        for from_on, standing in ((date.min, "none"), *facts)
    )


def recorded(members: Sequence[Member]) -> None:
    """Write down how people stand."""
    for member in members:
        record_standing(
            member_id=member.pk, program=BODY, today=PASSED, now=noon(PASSED)
        )
