"""A member's CE in a term: lines with their reasons, and the three totals."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Self
from uuid import UUID

from ce_credits.models import Activity, ActivityStep
from ce_credits.rules import Credit
from credentials.models import Window
from credentials.policy import Policy, credit_words, day_words, policy_for
from portal.queries.activity_reported import (
    NOTHING,
    SENT_BACK,
    Reported,
    State,
)
from portal.queries.activity_workings import (
    Steps,
    arrows,
    given_words,
    workings_of_award,
    workings_of_facts,
)
from portal.queries.shown import Tag
from renewals.queries import Life
from renewals.rules import Term, applied, term_of

TAGS = {
    Activity.State.SUBMITTED: Tag("info", "Submitted"),
    Activity.State.ACCEPTED: Tag("ok", "Approved"),
    Activity.State.REJECTED: Tag("bad", "Not accepted"),
    Activity.State.RETURNED: Tag("warn", "Needs information"),
    Activity.State.DRAFT: Tag("neutral", "Draft"),
    Activity.State.WITHDRAWN: Tag("neutral", "Withdrawn"),
}
WAITS = Tag("info", "Under review")


@dataclass(frozen=True)
class CreditLine:
    """One activity with its credit, the reason, and how it was worked out.

    `reason` begins with the day, `why` is the same without. `url` leads its holder to
    it, `action` to what they do next; staff have neither.
    """

    title: str
    credit: str
    reason: str
    why: str
    tag: Tag
    steps: Sequence[tuple[str, str]]
    url: str = ""
    action: str = ""
    action_url: str = ""


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


@dataclass(frozen=True)
class Account:
    """What a member's terms are added up from.

    `rows` are what they reported, for the words; the sums are those of the credits.
    """

    program: str
    terms: Sequence[Term]
    credits: Sequence[Credit]
    today: date
    rows: Sequence[Reported] = ()

    @classmethod
    def of(
        cls, life: Life, program: str, today: date, rows: Sequence[Reported] = ()
    ) -> Self:
        """Take a life as it stands."""
        return cls(program, life.terms, life.credits, today, rows)

    def with_it(self, row: UUID | None, *more: Credit) -> Self:
        """The same, had one activity brought other credit than it does."""
        rest = [each for each in self.rows if each.activity.pk != row]
        return replace(self, rows=rest, credits=(*self.credits, *more))

    def term(self, term: Term) -> TermCredit:
        """Add up a term as the rules do (A16)."""
        policy = policy_for(self.program, on=term.last_on)
        found = applied(
            self.terms, term, self.credits, as_of=self.today, caps=policy.caps
        )
        have = sum((amount for _, amount in found), NOTHING)
        mine = [row for row in self.rows if self.place(row) == term]
        return TermCredit(
            term=term,
            unit=policy.unit,
            have=have,
            need=policy.requirement.credits,
            measure=_measure(policy, term, have),
            totals=_trio([each for each, _ in found], mine, policy, have, term),
        )

    def place(self, row: Reported) -> Term | None:
        """The term that what was reported counts in."""
        return term_of(self.terms, row.on) if row.on else None


def term_credit(
    life: Life, program: str, today: date, rows: Sequence[Reported] = ()
) -> TermCredit | None:
    """Add up the term the day is in (A16); None where no term has begun."""
    term = term_of(life.terms, today)
    if term is None:
        return None
    return Account.of(life, program, today, rows).term(term)


def _measure(policy: Policy, term: Term, have: Decimal) -> Measure:
    need = policy.requirement.credits
    return Measure(
        id=f"ce-{term.first_on}",
        label=f"{policy.unit} this term",
        done=credit_words(have),
        of=credit_words(need),
        value=str(min(have, need)),
        max=str(need),
    )


def _trio(
    found: Sequence[Credit],
    rows: Sequence[Reported],
    policy: Policy,
    have: Decimal,
    term: Term,
) -> Trio:
    done = sum((credit.credits for credit in found), NOTHING)
    missing = max(policy.requirement.credits - have, NOTHING)
    over = f"{credit_words(done - have)} over a limit" if done > have else ""
    return Trio(
        completed=credit_words(done),
        completed_why=_count_words(found, rows),
        applied=credit_words(have),
        applied_why=over or ("all of it counts" if have else "nothing yet"),
        needed=credit_words(missing),
        needed_why=f"by {day_words(term.last_on)}" if missing else "nothing more",
        short=missing > 0,
    )


def _count_words(found: Sequence[Credit], rows: Sequence[Reported]) -> str:
    """Count what makes up the credit, and name what was reported beside it."""
    # An award of nothing ends a credit, and is no activity of its own.
    count = sum(1 for credit in found if credit.credits)
    beside = [
        (sum(1 for row in rows if row.waits), "waiting for staff"),
        (sum(1 for row in rows if row.state == State.RETURNED), "needs information"),
        (sum(1 for row in rows if row.state == State.REJECTED), "not accepted"),
    ]
    words = ["1 activity" if count == 1 else f"{count} activities"]
    return ", ".join([*words, *(f"{many} {word}" for many, word in beside if many)])


def line_of(row: Reported) -> CreditLine:
    """Show an activity that was reported, with its credit and why."""
    activity = row.activity
    credit, reason, steps = _credit_of(row)
    on = f"{day_words(activity.on)}. " if activity.on else ""
    return CreditLine(
        title=str(activity),
        credit=credit,
        reason=arrows(f"{on}{reason}"),
        why=arrows(reason),
        tag=WAITS if row.waits else TAGS[row.state],
        steps=[("Input", given_words(activity)), *steps] if steps else [],
    )


def _credit_of(row: Reported) -> tuple[str, str, Steps]:
    """Give the figure, the reason, and the steps to it."""
    award, sent = row.award, row.submission
    answer = sent.facts.get("answer") if sent else None
    if row.state in SENT_BACK and row.steps and not (award and not award.credits):
        # It never had credit to lose: the decision says why it has none.
        unit = policy_for(row.activity.program, on=row.activity.day).unit
        return f"0.0 {unit}", decision_words(row.steps[0], row.activity), []
    if award and not row.waits:
        figure = f"{credit_words(award.credits)} {award.unit}"
        return figure, award.explanation, workings_of_award(award)
    if answer:
        credits = Decimal(answer["credits"] or 0)
        figure = "Staff decide" if row.waits else f"{credit_words(credits)} "
        figure = figure if row.waits else f"{figure}{answer['unit']}"
        return figure, str(answer["explanation"]), workings_of_facts(answer)
    return "", "", []


def decision_words(step: ActivityStep, activity: Activity) -> str:
    """Say what happened and why: Not accepted: product-specific training."""
    said = said_of(step, activity)
    word = TAGS[State(step.kind)].word if step.kind in State.values else "Recorded"
    return f"{word}: {said}" if said else word


def said_of(step: ActivityStep, activity: Activity) -> str:
    """Give the reason of a step: the ground out of the pack, then the words."""
    ground = None
    if step.ground and activity.on:
        ground = policy_for(activity.program, on=activity.on).ground(step.ground)
    said = [ground.text[:1].upper() + ground.text[1:]] if ground else []
    return ". ".join([*said, *([step.words] if step.words else [])])


def window_words(window: Window) -> str:
    """Spell a term: Dec 1, 2024 to Nov 30, 2025."""
    return f"{day_words(window.first_on)} to {day_words(window.last_on)}"


def term_words(term: Term) -> str:
    """Spell a term as the rules know it."""
    return f"{day_words(term.first_on)} to {day_words(term.last_on)}"


def cut_words(reported: Decimal, amount: Decimal) -> str:
    """Say how much of a credit a limit lets count."""
    return (
        f"{credit_words(reported)} reported, {credit_words(amount)} applied: only "
        f"{credit_words(amount)} left under this type's limit."
    )
