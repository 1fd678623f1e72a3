"""What a member reports of an activity, and whether it can be taken as it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ce_credits.models import CatalogueItem
from ce_credits.rules import ActivityInput, Award, award
from core.failures import FieldProblem
from credentials.policy import Policy, day_words, policy_for

LONGEST = {"title": 300, "provider": 200, "licence_number": 40}


@dataclass(frozen=True)
class Report:
    """An activity as somebody reports it.

    `minutes` is taken as it was typed; None lets the title speak where the body reads
    titles (A7).
    """

    kind: str
    title: str
    on: date | None
    minutes: object = None
    provider: str = ""
    licence_number: str = ""
    item: CatalogueItem | None = None

    def policy(self, program: str, today: date) -> Policy:
        """The pack of the day it was done (X6); today's while there is no day yet."""
        return policy_for(program, on=self.on or today)

    def answer(self, program: str, today: date) -> Award:
        """What the rules give for it."""
        return award(
            self.policy(program, today),
            ActivityInput(
                kind=self.kind,
                on=self.on or today,
                minutes=self.minutes,
                title=self.title.strip(),
            ),
        )


def problems_of(*, report: Report, program: str, today: date) -> list[FieldProblem]:
    """List what stands in the way of taking a report, each with the way out."""
    found = [*_problems_of_text(report), *_problems_of_day(report, today)]
    policy = report.policy(program, today)
    if policy.asks_licence_number and not report.licence_number.strip():
        text = "Enter your licence number. It stands on your credential."
        found.append(FieldProblem("licence_number", text))
    if policy.kind(report.kind) is None:
        return [FieldProblem("kind", "Choose a kind of activity."), *found]
    answer = report.answer(program, today)
    if answer.outcome == "refused":
        found.append(FieldProblem("minutes", answer.explanation))
    return found


def _problems_of_text(report: Report) -> Iterator[FieldProblem]:
    if not report.title.strip():
        yield FieldProblem("title", "Enter the activity's title.")
    for name, most in LONGEST.items():
        if len(getattr(report, name)) > most:
            yield FieldProblem(name, f"Use at most {most} characters.", "too_long")


def _problems_of_day(report: Report, today: date) -> Iterator[FieldProblem]:
    if report.on is None:
        yield FieldProblem("on", "Enter the day it was done.")
    elif report.on > today:
        text = f"{day_words(report.on)} is still to come. Enter the day it was done."
        yield FieldProblem("on", text)
