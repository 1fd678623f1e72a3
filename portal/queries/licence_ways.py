"""The fewest courses that bring a licence's holder what it still lacks (M8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.urls import reverse

from courses.services import earnable_courses
from credentials.policy import credit_words
from renewals.models import Licence
from renewals.queries import offer_of, rules_of, shortest_way
from renewals.rules.licences import Relicensing

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Way:
    """A course that brings something that is missing: titles by requirement's code."""

    course_id: UUID
    title: str
    credits: Decimal
    requirements: dict[str, str]

    @property
    def brings(self) -> str:
        """Say how much it brings, and for what."""
        return f"{credit_words(self.credits)} for " + ", ".join(
            self.requirements.values()
        )

    @property
    def url(self) -> str:
        """Where it is begun."""
        return reverse("course", kwargs={"course_id": self.course_id})


def ways_of(licence: Licence, found: Relicensing, today: date) -> Sequence[Way]:
    """Name the fewest courses that bring what is missing, while the period runs.

    What a course brings is what its holder could claim today: credit for physicians is
    nobody else's way (M5).

    Args:
        licence: with its holder.
        found: what it lacks on that day.
        today: the day in the body's zone.
    """
    rules = rules_of(licence)
    runs = licence.first_on <= today <= licence.last_on
    if rules is None or not found.missing or not runs:
        return ()
    earnable = earnable_courses(
        member=licence.member, program=licence.program, on=today
    )
    courses = {str(each.pk): each for each in earnable}
    offers = [
        offer_of(rules, str(each.pk), brought.credits or NOTHING, brought.topics)
        for each, brought in earnable.items()
    ]
    titles = {each.code: each.title for each in found.asked}
    return [
        Way(
            course_id=courses[each.code].pk,
            title=courses[each.code].title,
            credits=each.credits,
            requirements={
                code: titles[code] for code in titles if code in each.requirements
            },
        )
        for each in shortest_way(licence, found, offers, as_of=today)
    ]
