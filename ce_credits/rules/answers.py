"""The answer to one activity: credit, a question to staff, or a refusal, and why."""

from dataclasses import dataclass, replace
from decimal import Decimal

from ce_credits.rules.inputs import Refusal
from credentials.policy import Basis, Kind, Outcome, Policy

ASK_STAFF = "A staff member will decide."


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of the answer: its rule, a sentence, and whether it is our ruling."""

    rule: str
    text: str
    ruling: bool = False


@dataclass(frozen=True, slots=True)
class Award:
    """The answer to one activity, and why.

    `credits` is None unless the outcome is `awarded`; `policy` is the version that
    answered, so that the same answer can be computed again (X1). `minutes` is what was
    counted; None where the kind asks no time or the figure is beyond any table.
    `asks_minutes` marks a refusal that is only a question: no length is known yet.
    `field` is the input that a refusal is about; empty where nothing is refused.
    `topics` is what the activity was about, with what its kind always counts as (M8).
    """

    outcome: Outcome
    credits: Decimal | None
    unit: str
    index: str | None
    approved: bool | None
    rule: str
    policy: str
    minutes: int | None
    explanation: str
    reasons: tuple[Reason, ...]
    attendance_only: bool = False
    asks_minutes: bool = False
    field: str = ""
    topics: tuple[str, ...] = ()


def awarded(
    policy: Policy, kind: Kind, credits: Decimal, line: str, basis: Basis
) -> Award:
    """Answer with credit; a ruling of its basis stands among the reasons."""
    return Award(
        outcome="awarded",
        credits=credits,
        unit=kind.unit,
        index=None,
        approved=kind.approved,
        rule=basis.rule,
        policy=policy.version,
        minutes=None,
        explanation=line,
        reasons=reasons_of(basis, line),
    )


def staff(policy: Policy, kind: Kind, given: str, basis: Basis, words: str) -> Award:
    """Leave the credit to a person, and say why the rules do not give it."""
    line = f"{given} -> not computed, {words}. {ASK_STAFF}"
    answer = awarded(policy, kind, Decimal(0), line, basis)
    return replace(answer, outcome="staff", credits=None)


def refused(
    policy: Policy,
    kind: Kind | None,
    refusal: Refusal,
    basis: Basis,
    before: tuple[Reason, ...] = (),
) -> Award:
    """Refuse an input or an activity; `before` are the steps that led there."""
    line = f"{refusal.shown} -> no credit, {refusal.text}"
    return Award(
        outcome="refused",
        credits=None,
        unit=kind.unit if kind else policy.unit,
        index=None,
        approved=kind.approved if kind else None,
        rule=basis.rule,
        policy=policy.version,
        minutes=None,
        explanation=line,
        reasons=(*before, Reason(basis.rule, line)),
        asks_minutes=refusal.asks,
        field=refusal.field,
    )


def reasons_of(basis: Basis, line: str) -> tuple[Reason, ...]:
    """Give a step its rule, and beside it the ruling it rests on, if any."""
    step = Reason(basis.rule, line)
    if not basis.is_ruling:
        return (step,)
    return (step, Reason(basis.rule, basis.ruling, ruling=True))
