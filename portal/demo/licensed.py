"""A physician of the demonstration: his licence, what he learnt, who reads of it."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from typing import Any

from accounts.models import Member, User
from ce_credits.services import record_accepted_activity
from core.actor import Actor
from portal.demo.courses import SOCIETY
from portal.services.sharing import make_link
from renewals.services import LicenceDetails, enter_licence

At = Callable[[date], datetime]
Deed = tuple[date, Callable[[], object]]
NAME, ACCOUNT = "Samuel Reyes", "samuel"
ENTERED_ON, SHARED_ON = date(2024, 6, 3), date(2025, 11, 10)
LICENCE = LicenceDetails("MA 118204", date(2024, 6, 1), date(2026, 5, 31))
# What is about both counts for both, and once in the sum: 3 of 10 hours, and 3 of 3.
LEARNT: tuple[tuple[date, dict[str, Any]], ...] = (
    (
        date(2025, 3, 12),
        {
            "kind": "category_1",
            "title": "Opioids: prescribing and its risks",
            "minutes": 180,
            "inputs": {
                "stated_credits": 3,
                "topics": ["pain_management", "risk_management"],
            },
        },
    ),
    (
        date(2025, 5, 20),
        {
            "kind": "category_1",
            "title": "Records that others can read",
            "minutes": 60,
            "inputs": {"topics": ["ehr"]},
        },
    ),
    (
        date(2025, 9, 4),
        {
            "kind": "category_2",
            "title": "Journal club: sleep and shift work",
            "minutes": 50,
            "inputs": {},
        },
    ),
)


def licensed_deeds(
    open_account: Callable[[str, str], User], actor: Actor, at: At
) -> Iterator[Deed]:
    """Give what happened to him, each with its day; `open_account` lets him in."""
    user = open_account(NAME, ACCOUNT)
    first, _, last = NAME.partition(" ")
    member = Member.objects.create(
        first_name=first,
        last_name=last,
        email=user.email,
        user=user,
        profession="MD",
    )
    yield ENTERED_ON, partial(_enters, member, at(ENTERED_ON))
    for on, facts in LEARNT:
        yield on, partial(_learns, member, on, facts, actor, at(on))
    yield SHARED_ON, partial(_shares, member, user, at(SHARED_ON))


def _own(member: Member) -> Actor:
    return Actor(member.name, user_id=member.user_id)


def _enters(member: Member, now: datetime) -> None:
    enter_licence(
        actor=_own(member), member=member, program=SOCIETY, details=LICENCE, now=now
    )


def _learns(
    member: Member, on: date, facts: dict[str, Any], actor: Actor, now: datetime
) -> None:
    record_accepted_activity(
        actor=actor,
        member=member,
        program=SOCIETY,
        on=on,
        proof="Certificate of completion",
        reason="Sent in by its holder",
        today=on,
        now=now,
        **facts,
    )


def _shares(member: Member, user: User, now: datetime) -> None:
    make_link(
        actor=_own(member),
        user=user,
        program=SOCIETY,
        name="Credentials office",
        days=90,
        today=SHARED_ON,
        now=now,
    )
