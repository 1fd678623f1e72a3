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
from credentials.policy import credit_words, day_words, policy_for
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
from portal.queries.shown import Measure, Tag
from renewals.queries import Asked, Books, Life, Span, lacking_words

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
    """A span's CE as figures: a term's, or a cycle's; and the rule that asks for it."""

    term: Span
    unit: str
    have: Decimal
    need: Decimal
    measure: Measure
    totals: Trio
    noun: str = "term"
    have_approved: Decimal = NOTHING
    need_approved: Decimal = NOTHING
    rule: str = ""
    policy: str = ""

    @property
    def missing(self) -> Decimal:
        """Credits still needed."""
        return max(self.need - self.have, NOTHING)

    @property
    def missing_approved(self) -> Decimal:
        """Approved credits still needed."""
        return max(self.need_approved - self.have_approved, NOTHING)


@dataclass(frozen=True)
class Account:
    """What a member's spans, terms or cycles, are added up from.

    `rows` are what they reported, for the words; the sums are those of the credits.
    """

    books: Books
    credits: Sequence[Credit]
    rows: Sequence[Reported] = ()

    @classmethod
    def of(cls, life: Life, today: date, rows: Sequence[Reported] = ()) -> Self:
        """Take a life as it stands."""
        return cls(life.books(today), life.credits, rows)

    @property
    def program(self) -> str:
        """The body's code."""
        return self.books.program

    @property
    def spans(self) -> Sequence[Span]:
        """All there are, the oldest first."""
        return self.books.spans

    def with_it(self, row: UUID | None, *more: Credit) -> Self:
        """The same, had one activity brought other credit than it does."""
        rest = [each for each in self.rows if each.activity.pk != row]
        return replace(self, rows=rest, credits=(*self.credits, *more))

    def term(self, span: Span) -> TermCredit:
        """Add up a span as the rules do (A16, N2)."""
        asked = self.books.asked(span)
        found = self.books.amounts(span, self.credits)
        have = sum((each.applied for each in found), NOTHING)
        share = sum((each.applied for each in found if each.credit.approved), NOTHING)
        mine = [row for row in self.rows if self.place(row) == span]
        return TermCredit(
            term=span,
            noun=self.books.noun,
            unit=asked.unit,
            have=have,
            need=asked.credits,
            have_approved=share,
            need_approved=asked.approved,
            rule=asked.basis.rule,
            policy=asked.policy.version,
            measure=_measure(asked, span, have, self.books.noun),
            totals=_trio([each.credit for each in found], mine, asked, have, span),
        )

    def present(self) -> TermCredit | None:
        """Add up the span that today is in; None where none has begun."""
        span = self.books.present()
        return self.term(span) if span else None

    def place(self, row: Reported) -> Span | None:
        """The span that what was reported counts in."""
        return self.books.span_of(row.on) if row.on else None


def term_credit(
    life: Life, program: str, today: date, rows: Sequence[Reported] = ()
) -> TermCredit | None:
    """Add up the span the day is in (A16, N2); None where none has begun."""
    return Account.of(life, today, rows).present()


def _measure(asked: Asked, span: Span, have: Decimal, noun: str) -> Measure:
    return Measure(
        id=f"ce-{span.first_on}",
        label=f"{asked.unit} this {noun}",
        done=credit_words(have),
        of=credit_words(asked.credits),
        value=str(min(have, asked.credits)),
        max=str(asked.credits),
    )


def _trio(
    found: Sequence[Credit],
    rows: Sequence[Reported],
    asked: Asked,
    have: Decimal,
    span: Span,
) -> Trio:
    done = sum((credit.credits for credit in found), NOTHING)
    missing = max(asked.credits - have, NOTHING)
    over = f"{credit_words(done - have)} over a limit" if done > have else ""
    return Trio(
        completed=credit_words(done),
        completed_why=_count_words(found, rows),
        applied=credit_words(have),
        applied_why=over or ("all of it counts" if have else "nothing yet"),
        needed=credit_words(missing),
        needed_why=f"by {day_words(span.last_on)}" if missing else "nothing more",
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


def term_words(term: Span) -> str:
    """Spell a term or a cycle as the rules know it."""
    return f"{day_words(term.first_on)} to {day_words(term.last_on)}"


def missing_words(credit: TermCredit) -> str:
    """Say what a cycle still lacks; '' for nothing."""
    return lacking_words(credit.missing, credit.missing_approved)
