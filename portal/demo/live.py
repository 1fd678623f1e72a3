"""The demonstration's live activities: one that was held, one that is to come."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial

from accounts.models import Member
from core.actor import Actor
from courses.models import LiveActivity
from courses.rules.live import LiveFacts
from courses.services import (
    create_live,
    note_attendance,
    publish_live,
    register_live,
)
from portal.demo.courses import SOCIETY
from portal.demo.live_facts import HELD, HELD_ON, TO_COME
from portal.demo.roster import DOMAIN

At = Callable[[date], datetime]
Deed = tuple[date, Callable[[], object]]
WRITTEN_ON, REGISTERED_ON = date(2025, 9, 15), date(2025, 10, 6)
ATTENDED = ("maya", "tom")


def live_deeds(actor: Actor, at: At) -> Iterator[Deed]:
    """Give what announces both, and who was at the first."""
    for facts in (HELD, TO_COME):
        yield WRITTEN_ON, partial(_announced, actor, facts, at(WRITTEN_ON))
    for account in ATTENDED:
        yield REGISTERED_ON, partial(_registers, account, at(REGISTERED_ON))
    yield HELD_ON, partial(_noted, actor, at(HELD_ON))


def _announced(actor: Actor, facts: LiveFacts, now: datetime) -> None:
    live = create_live(
        actor=actor, program=SOCIETY, facts=facts, today=WRITTEN_ON, now=now
    )
    publish_live(actor=actor, live=live, today=WRITTEN_ON, now=now)


def _registers(account: str, now: datetime) -> None:
    member = Member.objects.get(email=f"{account}@{DOMAIN}")
    register_live(
        actor=Actor(member.name, user_id=member.user_id),
        live=LiveActivity.objects.get(title=HELD.title),
        member=member,
        first_name=member.first_name,
        last_name=member.last_name,
        today=REGISTERED_ON,
        now=now,
    )


def _noted(actor: Actor, now: datetime) -> None:
    live = LiveActivity.objects.get(title=HELD.title)
    note_attendance(
        actor=actor,
        live=live,
        registration_ids=list(live.registrations.values_list("pk", flat=True)),
        today=HELD_ON,
        now=now,
    )
