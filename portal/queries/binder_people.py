"""Whom an audit binder may be about: everybody a practice stood for in some days."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from django.db.models import Q, QuerySet

from accounts.models import Member, Practice, Sponsorship
from credentials.policy import day_words
from portal.queries.narrowing import NAME, every_word
from portal.queries.people import narrowed, people

ONLY = (
    ("", "Everybody"),
    ("open", "On your list now"),
    ("left", "Who left"),
    ("renew", "Renew now"),
    ("due", "Due soon"),
    ("non", "Non-members"),
)


@dataclass(frozen=True)
class Period:
    """From a day until a day, both included."""

    from_on: date
    until_on: date

    @classmethod
    def usual(cls, today: date) -> Self:
        """The last six years: as long as an audit may ask back (X5)."""
        month_end = (today.month, today.day) == (2, 29)
        day = 28 if month_end else today.day
        return cls(date(today.year - 6, today.month, day), today)

    @property
    def words(self) -> str:
        """Spell it."""
        return f"{day_words(self.from_on)} to {day_words(self.until_on)}"


@dataclass(frozen=True)
class Chosen:
    """A period, and the filter of people; an empty filter is none."""

    period: Period
    only: str = ""
    q: str = ""


def chosen_people(
    practice: Practice, program: str, chosen: Chosen, *, today: date
) -> "QuerySet[Member]":
    """Keep those whom the practice stood for on a day of the period, by name."""
    period = chosen.period
    sponsored = Sponsorship.objects.of(practice).filter(
        Q(until_on=None) | Q(until_on__gte=period.from_on),
        program=program,
        from_on__lte=period.until_on,
    )
    if chosen.only == "left":
        open_now = Sponsorship.objects.of(practice).open().filter(program=program)
        sponsored = sponsored.exclude(member__in=open_now.values("member"))
    elif chosen.only:
        only = "" if chosen.only == "open" else chosen.only
        now = narrowed(people(practice, program, today), only=only)
        sponsored = sponsored.filter(member__in=now.order_by().values("member"))
    named = every_word(chosen.q, *NAME)
    # Whose record was joined with another is there by that one.
    found = Member.objects.filter(named, joined_to=None)
    return found.filter(pk__in=sponsored.values("member")).order_by(
        "last_name", "first_name", "pk"
    )


def current_terms(practice: Practice, program: str, today: date) -> date | None:
    """Give the first day of the oldest term that somebody is in today."""
    from_on: date | None = (
        Member.objects.of(practice)
        .filter(
            windows__program=program,
            windows__undone_at=None,
            windows__first_on__lte=today,
            windows__last_on__gte=today,
            sponsorships__practice=practice,
            sponsorships__program=program,
            sponsorships__until_on=None,
        )
        .order_by("windows__first_on")
        .values_list("windows__first_on", flat=True)
        .first()
    )
    return from_on
