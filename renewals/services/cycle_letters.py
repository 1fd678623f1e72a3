"""The mail about a day of a cycle, put together when it leaves.

There is nobody to tell any more where another notice has become due meanwhile, how they
stand has changed, the address is no longer theirs, or they ended the reminders.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from accounts.models import Member
from core.letters import Letter, Moment
from core.models import OutboxMessage
from credentials.policy import versions_of, zone_of
from notifications.models import Subscription
from notifications.queries import ending_headers, unsubscribe_path
from notifications.services import preference_of
from renewals.queries import CycleBooks, life_of, rounds_of
from renewals.rules.cycles import Round
from renewals.services.cycle_words import cycle_words, held_words


def compose_cycle(*, message: OutboxMessage, moment: Moment) -> Letter | None:
    """Tell a holder what a day of their cycle means; None where there is nobody."""
    program = message.program
    member = _member(message)
    if member is None:
        return None
    today = moment.today(zone_of(program))
    life = life_of(member.pk, program)
    books = life.books(today)
    assert isinstance(books, CycleBooks)
    cycle, round_ = books.history.working(today), _round(message, books, today)
    if cycle is None or round_ is None or cycle.last_on != round_.season.last_on:
        return None
    wanted = _preference(member, round_, today, moment.now)
    if wanted is not None and not wanted.on:
        return None
    words = cycle_words(round_, life, books, cycle)
    ending = _ending(wanted)
    stop = str(ending.get("stop_url", ""))
    return Letter(
        {
            "practice": cycle.policy.body_name,
            "name": member.first_name,
            "held": held_words(cycle, today),
            "title": words.title,
            "lead": words.lead,
            "items": list(words.items),
            "zone_text": _zone_words(program),
            "url": f"{settings.BASE_URL}{reverse('me')}?program={program}",
            **ending,
        },
        headers=ending_headers(stop) if stop else {},
    )


def _member(message: OutboxMessage) -> Member | None:
    """Find whom a message is about, if its address is theirs still."""
    found = Member.objects.filter(
        pk=message.payload["member"], joined_to=None
    ).select_related("user")
    for member in found:
        if member.written_to.lower() == message.recipient.lower():
            return member
    return None


def _round(message: OutboxMessage, books: CycleBooks, today: date) -> Round | None:
    """Find the notice a message was queued for, if it is due to its member today."""
    timeline = books.history.timeline()
    for each in rounds_of(books.program, today):
        named = message.payload["key"] == f"{books.program} {each.key}"
        if named and each.meets(timeline, today):
            return each
    return None


def _preference(
    member: Member, round_: Round, today: date, now: datetime
) -> Subscription | None:
    """Find whether a member wants what can be ended; None where there is no choice."""
    if not round_.is_courtesy or member.user is None:
        return None
    return preference_of(
        user=member.user, kind=Subscription.Kind.REMINDERS, today=today, now=now
    )


def _ending(wanted: Subscription | None) -> Mapping[str, Any]:
    if wanted is None:
        return {}
    return {
        "stop_url": settings.BASE_URL + unsubscribe_path(wanted),
        "settings_url": settings.BASE_URL + reverse("notice_settings"),
    }


def _zone_words(program: str) -> str:
    """Say whose midnight a day ends at (X3)."""
    body = versions_of(program)[-1].body_name
    return f"Dates are days of {body}, in the zone {zone_of(program).key}."
