"""What the next application costs on a day, part by part (N5-N8)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ce_credits.rules import Reason
from credentials.policy import day_words, money_words
from renewals.rules.cycles.facts import ApplicationKind
from renewals.rules.cycles.one import Cycle

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Part:
    """A line of the fee: its code, what it is for, its amount and rule."""

    code: str
    label: str
    amount: Decimal
    rule: str


@dataclass(frozen=True, slots=True)
class Fee:
    """What an application costs on a day, of which kind it is, and why."""

    kind: ApplicationKind
    parts: tuple[Part, ...]
    currency: str

    @property
    def amount(self) -> Decimal:
        """The whole fee."""
        return sum((part.amount for part in self.parts), NOTHING)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Say each part with its rule."""
        return tuple(
            Reason(
                part.rule, f"{part.label}: {money_words(part.amount, self.currency)}"
            )
            for part in self.parts
        )


@dataclass(frozen=True, slots=True)
class Closed:
    """Nothing can be applied for on a day, and why."""

    reason: Reason


def fee_on(
    cycle: Cycle | None,
    day: date,
    *,
    society_member: bool,
    paid_on: date | None = None,
) -> Fee | Closed:
    """Say what the next application would cost on a day.

    Args:
        cycle: the oldest cycle not recertified by that day; None before the first.
        day: the day of the application: it decides the window, who holds what, and who
            is a member of the society (N3, N6).
        society_member: whether the society membership is active that day.
        paid_on: the day of payment, or a cheque's date: it decides lateness (N5). The
            same day where it is None.
    """
    if cycle is None:
        return Closed(Reason("", "There is no certification yet."))
    kind = _open_kind(cycle, day)
    if isinstance(kind, Closed):
        return kind
    base = _base(cycle, day, society_member=society_member)
    extra = _extra(cycle, kind, day, paid_on or day)
    parts = (base, extra) if extra else (base,)
    return Fee(kind, parts, cycle.policy.cycles.currency)


def _extra(
    cycle: Cycle, kind: ApplicationKind, day: date, paid_on: date
) -> Part | None:
    """Find the fee beside the base: one of three, or none."""
    plan = cycle.policy.cycles
    if kind == "reinstatement":
        grace = plan.grace
        return Part("reinstatement", "Reinstatement", grace.fee, grace.basis.rule)
    if cycle.decreed(day, paid_on):
        return None
    if cycle.asked_by(day) and cycle.extended(day):
        extension = plan.extension
        return Part("extension", "Extension", extension.fee, extension.basis.rule)
    if paid_on <= cycle.last_on:
        return None
    rules = plan.application
    return Part("late", "Late application", rules.late_fee, rules.late_basis.rule)


def _open_kind(cycle: Cycle, day: date) -> ApplicationKind | Closed:
    """Say what can be applied for on a day, or why nothing can (N5, N8, N16)."""
    plan, season = cycle.policy.cycles, cycle.season
    rule = plan.application.basis.rule
    if cycle.recertified_by(day):
        return Closed(Reason(rule, "The cycle is recertified already."))
    if day < season.opens_on:
        text = f"The application opens on {day_words(season.opens_on)}."
        return Closed(Reason(rule, text))
    waiting = cycle.in_review(day)
    if waiting is not None:
        text = f"The application of {day_words(waiting.on)} is under review."
        return Closed(Reason(rule, text))
    if day <= season.late_until or cycle.extended(day):
        return "recertification"
    standing = cycle.standing(day)
    if standing == "lapsed":
        return "reinstatement"
    if standing == "under_review":
        text = "The request is under review, and the window has closed."
        return Closed(Reason(rule, text))
    text = f"From {day_words(season.expires_on)} on only a new exam helps."
    return Closed(Reason(plan.grace.basis.rule, text))


def _base(cycle: Cycle, day: date, *, society_member: bool) -> Part:
    count = len(cycle.held(day))
    price = cycle.policy.cycles.price_for(count)
    who = "member of the society" if society_member else "not a member of the society"
    certified = "one credential" if count == 1 else f"{count} credentials"
    amount = price.members if society_member else price.others
    label = f"Recertification, {certified}, {who}"
    return Part("recertification", label, amount, price.basis.rule)
