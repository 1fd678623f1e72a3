"""A member's CE in a term: lines with their reasons, and the three totals."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from ce_credits.models import Activity, CreditAward
from ce_credits.rules import Credit
from credentials.models import Window
from credentials.policy import Policy, credit_words, day_words, policy_for
from portal.queries.shown import Tag
from renewals.queries import Life
from renewals.rules import Term, counting, term_of, totals

TAGS = {
    Activity.State.SUBMITTED: Tag("info", "Submitted"),
    Activity.State.ACCEPTED: Tag("ok", "Approved"),
    Activity.State.REJECTED: Tag("bad", "Not accepted"),
    Activity.State.RETURNED: Tag("warn", "Needs information"),
    Activity.State.DRAFT: Tag("neutral", "Draft"),
    Activity.State.WITHDRAWN: Tag("neutral", "Withdrawn"),
}


@dataclass(frozen=True)
class CreditLine:
    """One activity with its credit, the reason, and how it was worked out."""

    title: str
    credit: str
    reason: str
    tag: Tag
    steps: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Measure:
    """A bar: what is there of what is asked."""

    id: str
    label: str
    done: str
    of: str
    value: str
    max: str


@dataclass(frozen=True)
class Trio:
    """Completed, Applied, Still needed; each with a short why."""

    completed: str
    completed_why: str
    applied: str
    applied_why: str
    needed: str
    needed_why: str
    short: bool


@dataclass(frozen=True)
class TermCredit:
    """A term's CE as figures."""

    term: Term
    unit: str
    have: Decimal
    need: Decimal
    measure: Measure
    totals: Trio

    @property
    def missing(self) -> Decimal:
        """Credits still needed."""
        return max(self.need - self.have, Decimal(0))


def term_credit(life: Life, program: str, today: date) -> TermCredit | None:
    """Add up the term the day is in (A16); None where no term has begun."""
    terms = life.terms
    term = term_of(terms, today)
    if term is None:
        return None
    policy = policy_for(program, on=term.last_on)
    found = counting(terms, term, life.credits, as_of=today)
    have = totals(terms, term, life.credits, as_of=today, caps=policy.caps).credits
    need = policy.requirement.credits
    return TermCredit(
        term=term,
        unit=policy.unit,
        have=have,
        need=need,
        measure=_measure(policy, term, have, need),
        totals=_trio(found, have, need, term),
    )


def _measure(policy: Policy, term: Term, have: Decimal, need: Decimal) -> Measure:
    return Measure(
        id=f"ce-{term.first_on}",
        label=f"{policy.unit} this term",
        done=credit_words(have),
        of=credit_words(need),
        value=str(min(have, need)),
        max=str(need),
    )


def _trio(found: Sequence[Credit], have: Decimal, need: Decimal, term: Term) -> Trio:
    done = sum((credit.credits for credit in found), Decimal(0))
    count = len(found)
    missing = max(need - have, Decimal(0))
    over = credit_words(done - have)
    return Trio(
        completed=credit_words(done),
        completed_why="1 activity" if count == 1 else f"{count} activities",
        applied=credit_words(have),
        applied_why="all of it counts" if done == have else f"{over} over a limit",
        needed=credit_words(missing),
        needed_why=f"by {day_words(term.last_on)}" if missing else "nothing more",
        short=missing > 0,
    )


def credit_lines(
    member_id: UUID,
    program: str,
    *,
    terms: Sequence[Term] = (),
    term: Term | None = None,
    activity_id: UUID | None = None,
) -> list[CreditLine]:
    """List a member's activities, newest first.

    With `term` those of that term alone, with `activity_id` that one alone.
    """
    awards = (
        CreditAward.objects.filter(
            activity__member=member_id, activity__program=program
        )
        .exclude(activity__state=Activity.State.WITHDRAWN)
        .filter(**({"activity": activity_id} if activity_id else {}))
        .select_related("activity")
        .order_by("-on", "activity_id", "-sequence")
    )
    newest: dict[object, CreditAward] = {}
    for award in awards:
        newest.setdefault(award.activity_id, award)
    return [
        _line(award)
        for award in newest.values()
        if term is None or term_of(terms, award.on) == term
    ]


def _line(award: CreditAward) -> CreditLine:
    activity = award.activity
    steps = [(f"Rule {step['rule']}", str(step["text"])) for step in award.reasons]
    steps.append(("Policy", award.policy))
    steps.append(
        (
            "Recorded",
            f"by {award.decided_by}, counts from {day_words(award.counts_from)}",
        )
    )
    return CreditLine(
        title=activity.title,
        credit=f"{credit_words(award.credits)} {award.unit}",
        reason=f"{day_words(award.on)}. {award.explanation}".replace("->", "→"),
        tag=TAGS[Activity.State(activity.state)],
        steps=steps,
    )


def window_words(window: Window) -> str:
    """Spell a term: Dec 1, 2024 to Nov 30, 2025."""
    return f"{day_words(window.first_on)} to {day_words(window.last_on)}"
