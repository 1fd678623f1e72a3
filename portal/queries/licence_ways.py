"""The fewest courses that bring a licence's holder what it still lacks (M8)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from uuid import UUID

from django.urls import reverse

from accounts.models import Member
from ce_credits.queries import credits_by_member
from ce_credits.rules import Award, Credit
from courses.models import Course
from courses.services import earnable_courses
from credentials.policy import credit_words
from renewals.models import Licence
from renewals.queries import offer_of, relicensing_of, rules_of, shortest_way
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


class Learning:
    """What somebody learned of a body by a day, and what they could learn there.

    All their licences of that body rest on it: each is read once, when it is needed.
    """

    def __init__(self, member: Member, program: str, today: date) -> None:
        """Name whose it is, and the day in the body's zone."""
        self.member, self.program, self.today = member, program, today

    @cached_property
    def credits(self) -> tuple[Credit, ...]:
        """All credit of theirs with the body."""
        found = credits_by_member([self.member.pk], self.program)
        return found[self.member.pk]

    @cached_property
    def earnable(self) -> Mapping[Course, Award]:
        """The courses that would bring them credit."""
        return earnable_courses(member=self.member, program=self.program, on=self.today)

    def standing_of(self, licence: Licence) -> Relicensing | None:
        """Say what a licence of theirs has and lacks; None where nothing is asked."""
        return relicensing_of(licence, self.credits, as_of=self.today)


def ways_of(licence: Licence, found: Relicensing, learning: Learning) -> Sequence[Way]:
    """Name the fewest courses that bring what is missing, while the period runs.

    What a course brings is what its holder could claim today: credit for physicians is
    nobody else's way (M5).

    Args:
        licence: one of the body.
        found: what it lacks on that day.
        learning: its holder's.
    """
    rules, today = rules_of(licence), learning.today
    runs = licence.first_on <= today <= licence.last_on
    if rules is None or not found.missing or not runs:
        return ()
    courses = {str(each.pk): each for each in learning.earnable}
    offers = [
        offer_of(rules, str(each.pk), brought.credits or NOTHING, brought.topics)
        for each, brought in learning.earnable.items()
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
        for each in shortest_way(licence, found, offers, learning.credits, as_of=today)
    ]
