"""A person's deadlines as a calendar: their own, and those of practices they run."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse

from accounts.models import Member, Practice, User
from billing.models import Order
from core.day_entries import DayEntry, feed_of
from core.scope import Scope, scoped
from core.words import day_words
from credentials.policy import credit_words, cycle_programs, term_programs, zone_of
from portal.queries.learning import term_credit
from portal.queries.people import people
from portal.queries.places import body_name
from renewals.queries import life_of, own_deadlines

# How long a renewal date that has passed stays in a practice's calendar.
BEHIND = timedelta(days=60)
Today = Callable[[ZoneInfo], date]
CYCLE_DAYS = {
    "opens": (
        "the application opens",
        "From this day on you can apply for recertification.",
    ),
    "ends": (
        "your cycle ends",
        "The last day to earn credits and to apply without a late fee.",
    ),
    "late_until": (
        "last day to apply late",
        "From the day after your certification has lapsed.",
    ),
    "extended_until": (
        "your extension ends",
        "The last day to earn credits and to apply.",
    ),
    "grace_until": (
        "last day to be reinstated",
        "From the day after only a new exam helps.",
    ),
}


def calendar_of(user: User, *, today_in: Today) -> bytes:
    """Write the calendar of somebody, in the roles they have today.

    Each role's days are read in its own scope. Nobody is named: calendars are kept by
    programs of other companies.
    """
    with scoped(Scope.own(user.pk)):
        member = Member.objects.visible_to(user).first()
        practices = list(Practice.objects.visible_to(user))
        entries = _own(member, today_in) if member else []
    for practice in practices:
        with scoped(Scope.practice(practice.pk)):
            entries += _practice(practice, today_in)
    return feed_of(entries, name="Goodstanding")


def _own(member: Member, today_in: Today) -> list[DayEntry]:
    found = []
    url = settings.BASE_URL + reverse("me")
    for program in term_programs():
        today = today_in(zone_of(program))
        life, body = life_of(member.pk, program), body_name(program)
        if life.latest is None:
            continue
        # The same id as in the mail's file: neither doubles the other.
        found.append(
            DayEntry(
                key=f"term-{life.latest.pk}",
                day=life.latest.renewal_on,
                title=f"{body} renewal due",
                text=f"Your {body} membership ends the day before.",
                url=url,
                made_at=_stamp(today),
            )
        )
        credit = term_credit(life, program, today)
        if credit and credit.missing:
            missing = f"{credit_words(credit.missing)} {credit.unit}"
            last_on = credit.term.last_on
            found.append(
                DayEntry(
                    key=f"credit-{program}-{member.pk}-{credit.term.first_on}",
                    day=last_on,
                    title=f"{body}: last day for {missing}",
                    text=f"{missing} more by {day_words(last_on)}.",
                    url=url,
                    made_at=_stamp(today),
                )
            )
    return found + _cycles(member, today_in)


def _cycles(member: Member, today_in: Today) -> list[DayEntry]:
    """List the days of a member's cycles that are still before them."""
    found = []
    for program in cycle_programs():
        today = today_in(zone_of(program))
        days = own_deadlines(member.pk, program, today)
        url = f"{settings.BASE_URL}{reverse('me')}?program={program}"
        for cycle, each in days:
            title, text = CYCLE_DAYS[each.code]
            found.append(
                DayEntry(
                    key=f"cycle-{program}-{member.pk}-{cycle.last_on}-{each.code}",
                    day=each.day,
                    title=f"{body_name(program)}: {title}",
                    text=text,
                    url=url,
                    made_at=_stamp(today),
                )
            )
    return found


def _practice(practice: Practice, today_in: Today) -> list[DayEntry]:
    found = []
    place = {"practice": practice.slug}
    url = settings.BASE_URL + reverse("renewals", kwargs=place)
    for program in term_programs():
        today = today_in(zone_of(program))
        ends = (
            people(practice, program, today)
            # Whoever is left out is not renewed then.
            .filter(last_on__gte=today - BEHIND, left_from=None)
            .values_list("last_on", flat=True)
        )
        # The renewal date is the day after the last one.
        days = Counter(end + timedelta(days=1) for end in ends.order_by() if end)
        for day, count in sorted(days.items()):
            noun = "renewal" if count == 1 else "renewals"
            found.append(
                DayEntry(
                    key=f"renewals-{practice.pk}-{program}-{day}",
                    day=day,
                    title=f"{count} {body_name(program)} {noun} due: {practice.name}",
                    text="Whose they are stands on the page Renewals.",
                    url=url,
                    made_at=_stamp(today),
                )
            )
        found += _orders(practice, program, today)
    return found


def _orders(practice: Practice, program: str, today: date) -> list[DayEntry]:
    found = Order.objects.of(practice).filter(
        program=program, state=Order.State.AWAITING, due_on__gte=today - BEHIND
    )
    return [
        DayEntry(
            key=f"order-{order.pk}",
            day=order.due_on,
            title=f"Order {order.number} is due: {practice.name}",
            text="What is left to pay stands on the order's page.",
            url=settings.BASE_URL
            + reverse(
                "order", kwargs={"practice": practice.slug, "order_id": order.pk}
            ),
            made_at=_stamp(today),
        )
        for order in found.order_by("due_on", "pk")
    ]


def _stamp(today: date) -> datetime:
    """Date what is written on a day the same, so that it reads the same all day."""
    return datetime.combine(today, time(), UTC)
