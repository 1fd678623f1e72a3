"""The weekly summary: put together when it leaves, out of what is true then."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import F, Q, Sum
from django.urls import reverse

from accounts.models import Member, Practice, User
from core.letters import Letter, Moment
from core.models import OutboxMessage
from core.words import day_words
from credentials.models import Product, SeatPool
from credentials.policy import (
    credit_words,
    cycle_programs,
    policy_for,
    programs,
    term_programs,
    zone_of,
)
from notifications.models import Notice, Subscription, WeeklySummary
from notifications.queries import ending_headers, unsubscribe_path
from notifications.rules import WEEKLY
from portal.queries.assignments import verdict
from portal.queries.cycle_standing import cycle_news
from portal.queries.learning import term_credit
from portal.queries.people import counts, people
from portal.queries.places import body_name
from renewals.queries import Life, life_of

# What is further away than this is no news.
AHEAD = timedelta(days=90)
WEEK = timedelta(days=7)
MOST_PEOPLE, MOST_NEWS = 10, 5
Today = Callable[[ZoneInfo], date]


@dataclass(frozen=True)
class Section:
    """A heading, and what is to be said under it."""

    title: str
    items: Sequence[str]


def compose_weekly(*, message: OutboxMessage, moment: Moment) -> Letter | None:
    """Write somebody's week; None where there is nothing to say, or nobody to tell.

    Whoever has ended it meanwhile, or signs in by another address, is sent none.
    """
    held = _subscription(message)
    if held is None:
        return None
    sections = [
        *_own(held.user, moment.today),
        *_practices(held.user, moment.today),
        *_news(held.user, moment),
    ]
    if not sections:
        return None
    stop = settings.BASE_URL + unsubscribe_path(held)
    return Letter(
        {
            "name": held.user.name,
            "sections": [asdict(each) for each in sections],
            "date_text": day_words(moment.today(zone_of(programs()[0]))),
            "url": settings.BASE_URL + reverse("home"),
            "stop_url": stop,
            "settings_url": settings.BASE_URL + reverse("notice_settings"),
        },
        headers=ending_headers(stop),
    )


def _subscription(message: OutboxMessage) -> Subscription | None:
    return (
        Subscription.objects.filter(
            kind=Subscription.Kind.WEEKLY,
            on=True,
            user__is_active=True,
            user__email__iexact=message.recipient,
            user__in=WeeklySummary.objects.filter(pk=message.subject_id).values("user"),
        )
        .select_related("user")
        .first()
    )


def _own(user: User, today_in: Today) -> list[Section]:
    member = Member.objects.visible_to(user).first()
    if member is None:
        return []
    found = []
    for program in term_programs():
        life = life_of(member.pk, program)
        items = _term_items(life, program, today_in(zone_of(program)))
        if items:
            found.append(Section(f"Where you stand, {body_name(program)}", items))
    for program in cycle_programs():
        items = [*cycle_news(member.pk, program, today_in(zone_of(program)), AHEAD)]
        if items:
            found.append(Section(f"Where you stand, {body_name(program)}", items))
    return found


def _term_items(life: Life, program: str, today: date) -> list[str]:
    """Say what a term still asks, and when it ends, where either is news."""
    items = []
    credit = term_credit(life, program, today)
    if credit and credit.missing:
        have, need = credit_words(credit.have), credit_words(credit.need)
        items.append(
            f"You have {have} of {need} {credit.unit}. {credit_words(credit.missing)} "
            f"more by {day_words(credit.term.last_on)}."
        )
    latest = life.latest
    if latest is None:
        return items
    on = latest.renewal_on
    if on <= today:
        items.append(f"Your membership has needed renewal since {day_words(on)}.")
    elif on - today <= AHEAD:
        items.append(f"Your renewal date is {day_words(on)}.")
    return items


def _practices(user: User, today_in: Today) -> list[Section]:
    found = []
    for practice in Practice.objects.visible_to(user):
        items: list[str] = []
        for program in term_programs():
            items += _practice_items(practice, program, today_in(zone_of(program)))
        if items:
            found.append(Section(practice.name, items))
    return found


def _practice_items(practice: Practice, program: str, today: date) -> list[str]:
    """Say who needs a renewal, and what is left to renew them with."""
    everybody = people(practice, program, today)
    numbers = counts(everybody)
    if not numbers["renew"] + numbers["due"]:
        return []
    body = body_name(program)
    due_days = policy_for(program, on=today).terms.standing.due_days
    urgent = everybody.filter(Q(standing="renew_now") | Q(standing="due")).order_by(
        "last_on", "member__last_name", "member_id"
    )[:MOST_PEOPLE]
    said = [f"{body}: {verdict(numbers, due_days)}"]
    said += [
        f"{row.member.name}: renewal date {day_words(row.last_on + timedelta(days=1))}"
        for row in urgent
        if row.last_on
    ]
    more = numbers["renew"] + numbers["due"] - MOST_PEOPLE
    if more > 0:
        said.append(f"and {more} more")
    return [*said, _seats_words(practice, program)]


def _seats_words(practice: Practice, program: str) -> str:
    pools = SeatPool.objects.of(practice).filter(
        product__program=program, product__kind=Product.Kind.RENEWAL
    )
    free = pools.aggregate(free=Sum(F("granted") - F("used")))["free"] or 0
    return f"{free} {'renewal' if free == 1 else 'renewals'} left to assign"


def _news(user: User, moment: Moment) -> list[Section]:
    """List what they were told in the last seven days, and how much of it is unread."""
    mine = Notice.objects.visible_to(user, whole=True).exclude(kind=WEEKLY)
    new = mine.filter(created_at__gt=moment.now - WEEK)
    count = new.count()
    if not count:
        return []
    items = [each.title for each in new.order_by("-created_at", "pk")[:MOST_NEWS]]
    if count > MOST_NEWS:
        items.append(f"and {count - MOST_NEWS} more")
    unread = mine.unread().count()
    if unread:
        items.append(f"{unread} of your notifications are unread")
    return [Section("New in the last 7 days", items)]
