"""Running scenarios: every expectation is held against what the rules answer."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path

from ce_credits.rules import Award, award
from credentials.policy import CyclePlan, LicencePlan, PolicyBook
from portal.scenarios.answering import Answer
from portal.scenarios.answers import answers_on
from portal.scenarios.cycles import CycleLife, live_cycles
from portal.scenarios.format import AwardCase, Expectation, Story
from portal.scenarios.licences import LicenceLife, live_licence
from portal.scenarios.lives import Life, live_terms
from portal.scenarios.reading import read_scenario

AnyLife = Life | CycleLife | LicenceLife


@dataclass(frozen=True, slots=True)
class Result:
    """One expectation: whether it holds, what differs, and why the result is so.

    `steps` is the whole reasoning, line by line.
    """

    place: str
    passed: bool
    want: str
    got: str
    why: str
    steps: tuple[str, ...]

    def line(self) -> str:
        """Say the result in one line."""
        if self.passed:
            return f"ok   {self.place}: {self.why}"
        return f"FAIL want {self.want} got {self.got} in {self.place}: {self.why}"


def run_file(path: Path, book: PolicyBook) -> tuple[Result, ...]:
    """Read a scenario and run all of it; ScenarioError names file, key and reason."""
    scenario = read_scenario(path, book)
    results = [_run_award(scenario.file, case, book) for case in scenario.awards]
    if scenario.story is not None:
        results.extend(_run_story(scenario.file, scenario.story, book))
    return tuple(results)


def _run_award(file: str, case: AwardCase, book: PolicyBook) -> Result:
    answer = award(book.policy_for(case.program, on=case.activity.on), case.activity)
    got = {key: getattr(answer, key) for key in case.expect}
    return _result(
        f"{file} {case.place} ({case.activity.kind}, {case.activity.on})",
        case.expect,
        got,
        why=f"{answer.explanation} ({answer.rule}, {answer.policy})",
        steps=_award_steps(answer),
    )


def _award_steps(answer: Award) -> tuple[str, ...]:
    return tuple(
        f"{reason.rule}{' (ruling)' if reason.ruling else ''}: {reason.text}"
        for reason in answer.reasons
    )


def _run_story(file: str, story: Story, book: PolicyBook) -> Iterator[Result]:
    life, answers = _lived(story, book)
    for expectation in story.expectations:
        yield _run_expectation(file, expectation, answers(expectation.on), life)


def _lived(
    story: Story, book: PolicyBook
) -> tuple[AnyLife, Callable[[date], Mapping[str, Answer]]]:
    """Replay a story by its program's plan, and give what answers for a day."""
    plan = book.versions(story.program)[-1].plan
    if isinstance(plan, LicencePlan):
        by_licence = live_licence(story, book)
        return by_licence, by_licence.answers_on
    if isinstance(plan, CyclePlan):
        by_cycles = live_cycles(story, book)
        return by_cycles, by_cycles.answers_on
    by_terms = live_terms(story, book)
    return by_terms, partial(answers_on, by_terms)


def _run_expectation(
    file: str,
    expectation: Expectation,
    answers: Mapping[str, Answer],
    life: AnyLife,
) -> Result:
    got = {
        key: _as_named(want, answers[key].value)
        for key, want in expectation.wants.items()
    }
    why = "; ".join(dict.fromkeys(answers[key].why for key in expectation.wants))
    return _result(
        f"{file} {expectation.place} ({expectation.on})",
        expectation.wants,
        got,
        why=why,
        steps=_story_steps(life, expectation.on, answers),
    )


def _as_named(want: object, got: object) -> object:
    """Keep of a table what the expectation names in its own, in its order."""
    if not isinstance(want, Mapping) or not isinstance(got, Mapping):
        return got
    return {key: _as_named(want[key], got[key]) for key in want if key in got}


def _story_steps(
    life: AnyLife, day: date, answers: Mapping[str, Answer]
) -> tuple[str, ...]:
    notes = [text for on, text in life.notes if on <= day]
    found = [
        f"{key} = {in_words(answer.value)} ({answer.why})"
        for key, answer in answers.items()
    ]
    rulings = [
        f"{answer.basis.rule} (ruling): {answer.basis.ruling}"
        for answer in answers.values()
        if answer.basis is not None and answer.basis.is_ruling
    ]
    return (*notes, *found, *rulings)


def _result(
    place: str,
    wants: Mapping[str, object],
    got: Mapping[str, object],
    *,
    why: str,
    steps: tuple[str, ...],
) -> Result:
    wrong = [key for key, want in wants.items() if want != got[key]]
    return Result(
        place=place,
        passed=not wrong,
        want=", ".join(f"{key} = {in_words(wants[key])}" for key in wrong),
        got=", ".join(f"{key} = {in_words(got[key])}" for key in wrong),
        why=why,
        steps=steps,
    )


def in_words(value: object) -> str:
    """Write a value as a scenario would."""
    match value:
        case None:
            return "nothing"
        case bool():
            return str(value).lower()
        case Decimal():
            return f"{value:f}"
        case date():
            return value.isoformat()
        case tuple():
            return f"[{', '.join(in_words(item) for item in value)}]"
        case dict():
            inside = ", ".join(f"{key} = {in_words(it)}" for key, it in value.items())
            return f"{{ {inside} }}" if inside else "{}"
        case _:
            return f'"{value}"'
