"""What a member reports of an activity, and whether it can be taken as it is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Self

from accounts.models import Member
from ce_credits.models import CatalogueItem
from ce_credits.rules import EXTRAS, Award, activity_input, award, only_asked
from ce_credits.services.settling import problem_of, too_much
from core.failures import FieldProblem
from credentials.policy import Kind, Policy, day_words, policy_for

LONGEST = {"title": 300, "provider": 200, "licence_number": 40}


@dataclass(frozen=True)
class Report:
    """An activity as somebody reports it.

    `minutes` is taken as it was typed; None lets the title speak where the body reads
    titles (A7). `inputs` are those of `EXTRAS` that were typed, as they were; what the
    kind doesn't ask is left aside.
    """

    kind: str
    title: str
    on: date | None
    minutes: object = None
    provider: str = ""
    licence_number: str = ""
    item: CatalogueItem | None = None
    inputs: Mapping[str, object] = field(default_factory=dict)

    def by(self, member: Member) -> Self:
        """The same, with what the record of whoever did it says (M5)."""
        inputs = {**self.inputs, "profession": member.profession}
        return replace(self, inputs=inputs)

    def policy(self, program: str, today: date) -> Policy:
        """The pack of the day it was done (X6); today's while there is no day yet."""
        return policy_for(program, on=self.on or today)

    def kind_in(self, program: str, today: date) -> Kind | None:
        """The kind as that pack has it; None where it knows none of this code."""
        return self.policy(program, today).kind(self.kind)

    def asked(self, program: str, today: date) -> dict[str, object]:
        """What was typed of the inputs that its kind asks."""
        return only_asked(self.kind_in(program, today), self.inputs)

    def lacks(self, answer: Award) -> bool:
        """Whether an answer refuses only what has yet to be typed."""
        if answer.field == "minutes":
            return answer.asks_minutes
        return answer.field in EXTRAS and not self._has(answer.field)

    def _has(self, name: str) -> bool:
        return self.inputs.get(name) not in (None, "")

    def answer(self, program: str, today: date) -> Award:
        """What the rules give for it."""
        return award(
            self.policy(program, today),
            activity_input(
                self.kind,
                self.on or today,
                minutes=self.minutes,
                title=self.title.strip(),
                extras=self.asked(program, today),
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
    return [*found, *problems_of_inputs(report=report, program=program, today=today)]


def problems_of_inputs(
    *, report: Report, program: str, today: date
) -> list[FieldProblem]:
    """List what is wrong with time, positions, level and whatever else a kind asks."""
    kind, answer = report.kind_in(program, today), report.answer(program, today)
    refused = (
        problem_of(kind=kind, answer=answer) if answer.outcome == "refused" else None
    )
    found = [each for each in (refused, too_much(kind, answer)) if each]
    if kind and "paid" in kind.inputs and report.inputs.get("paid") in (None, ""):
        found.append(FieldProblem("paid", "Say whether you were paid for it."))
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
