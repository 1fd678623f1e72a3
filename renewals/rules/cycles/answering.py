"""By when whoever applied is answered (N13)."""

from dataclasses import dataclass
from datetime import date, timedelta

from credentials.policy import Policy, day_words


@dataclass(frozen=True, slots=True)
class Answer:
    """The days between which an answer is due, and the rule that says so."""

    first_on: date
    last_on: date
    rule: str

    def overdue(self, today: date) -> bool:
        """Say whether the last of the days is over."""
        return today > self.last_on

    @property
    def words(self) -> str:
        """Spell the days: Answer due between Dec 15 and Dec 22, 2025."""
        last = day_words(self.last_on)
        if self.first_on == self.last_on:
            return f"Answer due by {last}"
        first = day_words(self.first_on)
        if self.first_on.year == self.last_on.year:
            first = first.rpartition(",")[0]
        return f"Answer due between {first} and {last}"


def clock_begins(submitted_on: date, paid_on: date | None) -> date:
    """The day the weeks are counted from: of the fee, never before it was submitted.

    What costs nothing is counted from the day it was submitted.
    """
    return max(submitted_on, paid_on or submitted_on)


def answer_due(policy: Policy, begins: date) -> Answer:
    """Say by when an application is answered whose clock begins on a day (N13)."""
    plan = policy.cycles.application
    fewest, most = plan.review_weeks[0], plan.review_weeks[-1]
    return Answer(
        begins + timedelta(weeks=fewest),
        begins + timedelta(weeks=most),
        plan.review_basis.rule,
    )
