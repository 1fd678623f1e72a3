"""How a credit was worked out: rule, policy, source, inputs and steps, as shown."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any

from ce_credits.models import Activity, CreditAward
from ce_credits.rules import Award
from credentials.policy import Basis, Policy, day_words, policy_for
from portal.queries.activity_inputs import input_words, inputs_of

Steps = list[tuple[str, str]]


def workings_of_answer(answer: Award) -> Steps:
    """Say how the rules came to an answer that was not stored."""
    reasons = [(each.rule, each.text, each.ruling) for each in answer.reasons]
    return _workings(answer.policy, answer.rule, answer.index, reasons)


def workings_of_facts(facts: Mapping[str, Any]) -> Steps:
    """Say how the rules came to the answer that a step keeps."""
    reasons = [
        (str(each["rule"]), str(each["text"]), bool(each.get("ruling")))
        for each in facts.get("reasons", ())
    ]
    return _workings(
        str(facts["policy"]), str(facts["rule"]), facts.get("index"), reasons
    )


def workings_of_award(award: CreditAward) -> Steps:
    """Say how a stored award came about, and since when it counts."""
    reasons = [
        (str(each["rule"]), str(each["text"]), bool(each.get("ruling")))
        for each in award.reasons
    ]
    since = f"by {award.decided_by}, counts from {day_words(award.counts_from)}"
    return [
        *_workings(award.policy, award.rule, award.index_number, reasons),
        ("Recorded", since),
    ]


def given_words(activity: Activity) -> str:
    """Say what a reported activity's credit was worked out from."""
    extras = input_words(inputs_of(activity), activity.program)
    return inputs_words(
        activity.program, activity.kind, activity.minutes, activity.on, extras
    )


def inputs_words(
    program: str,
    kind: str,
    minutes: int | None,
    on: date | None,
    extras: Sequence[str] = (),
) -> str:
    """Say what a credit is worked out from: kind, minutes, `extras` and day."""
    found = policy_for(program, on=on or date.max).kind(kind)
    parts = [found.label] if found else []
    parts += [f"{minutes} min"] if minutes else []
    parts += extras
    parts += [f"done on {day_words(on)}"] if on else []
    return ", ".join(parts)


def arrows(line: str) -> str:
    """Draw the arrows of a credit line."""
    return line.replace("->", "→")


def policy_of(version: str) -> Policy:
    """Read the policy that a version's name stands for (X1)."""
    program, _, effective = version.partition("@")
    return policy_for(program, on=date.fromisoformat(effective))


def source_words(version: str, rule: str) -> str:
    """Say which text a rule was taken from; one of ours alone is a ruling."""
    return _sources(version).get(rule) or "A ruling of this portal"


@cache
def _sources(version: str) -> Mapping[str, str]:
    """Give the titles of each rule's texts; a version is never edited."""
    policy = policy_of(version)
    codes: defaultdict[str, set[str]] = defaultdict(set)
    for basis in _bases(policy):
        codes[basis.rule].add(basis.source)
    return {
        rule: "; ".join(policy.source_title(code) for code in sorted(of - {"ours"}))
        for rule, of in codes.items()
    }


def _workings(
    version: str,
    rule: str,
    index: str | None,
    reasons: Sequence[tuple[str, str, bool]],
) -> Steps:
    steps = [
        (f"{'Ruling' if ruling else 'Step'} {name}", arrows(text))
        for name, text, ruling in reasons
    ]
    return [
        ("Rule", rule),
        ("Policy", _in_force_words(version)),
        ("Source", source_words(version, rule)),
        *steps,
        *([("Index number", index)] if index else []),
    ]


@cache
def _in_force_words(version: str) -> str:
    policy = policy_of(version)
    return f"{policy.body_name}, in force since {day_words(policy.effective)}"


def _bases(part: object) -> Iterator[Basis]:
    if isinstance(part, Basis):
        yield part
    elif isinstance(part, tuple):
        for each in part:
            yield from _bases(each)
    elif is_dataclass(part):
        for field in fields(part):
            yield from _bases(getattr(part, field.name))
