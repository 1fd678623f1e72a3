"""A holder's credentials and cycles as figures, each with its reasons (N3-N8, N15)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from accounts.models import Member
from ce_credits.rules import Reason
from credentials.models import Certification
from credentials.policy import Policy, cycle_programs, day_words
from renewals.queries import Amount, CycleBooks, life_of
from renewals.rules import standing_on
from renewals.rules.cycles import Closed, Cycle, Fee, fee_on


@dataclass(frozen=True)
class CycleFigures:
    """A cycle: its days, what it asks and has, how it stands and what is next.

    `amounts` are its credits with what each brings; `fees` are what the next
    application would cost a member of the society and others, today.
    """

    program: str
    cycle: Cycle
    policy: Policy
    standing: str
    have: Decimal
    have_approved: Decimal
    need: Decimal
    need_approved: Decimal
    amounts: Sequence[Amount]
    fees: tuple[Fee | Closed, Fee | Closed]
    why: Sequence[Reason]

    @property
    def missing(self) -> Decimal:
        """Credits still needed."""
        return max(self.need - self.have, Decimal(0))

    @property
    def missing_approved(self) -> Decimal:
        """Approved credits still needed."""
        return max(self.need_approved - self.have_approved, Decimal(0))


def certifications_of(member: Member) -> Sequence[Certification]:
    """List what a member holds under any body, the latest first."""
    found = Certification.objects.filter(member=member)
    return list(found.order_by("-earned_on", "program", "code"))


def cycles_of(member: Member, program: str, *, today: date) -> list[CycleFigures]:
    """Work out a member's cycles in a program as known at the end of a day."""
    if program not in cycle_programs():
        return []
    life = life_of(member.pk, program)
    books = life.books(today)
    assert isinstance(books, CycleBooks)
    working = books.history.working(today)
    standing = standing_on(books.history.timeline(), today)
    return [
        _figures(books, cycle, books.amounts(cycle, life.credits), working, standing)
        for cycle in books.history.cycles
        if cycle.first_on <= today
    ]


def _figures(
    books: CycleBooks,
    cycle: Cycle,
    amounts: Sequence[Amount],
    working: Cycle | None,
    standing: str,
) -> CycleFigures:
    today, nothing = books.as_of, Decimal(0)
    asked = books.asked(cycle)
    closed = cycle.recertified_by(today)
    share = [each.applied for each in amounts if each.credit.approved]
    return CycleFigures(
        program=books.program,
        cycle=cycle,
        policy=cycle.policy,
        standing=standing if cycle is working else _ended(cycle, today),
        have=sum((each.applied for each in amounts), nothing),
        have_approved=sum(share, nothing),
        need=asked.credits,
        need_approved=asked.approved,
        amounts=amounts,
        fees=(
            fee_on(cycle, today, society_member=True),
            fee_on(cycle, today, society_member=False),
        ),
        why=_why(cycle, closed=closed),
    )


def _ended(cycle: Cycle, today: date) -> str:
    return "good" if cycle.recertified_by(today) else cycle.standing(today)


def _why(cycle: Cycle, *, closed: bool) -> list[Reason]:
    """Say by which rules its days and its need are what they are."""
    plan, season = cycle.policy.cycles, cycle.season
    ends = f"The cycle ends on {day_words(season.last_on)}."
    counts = f"CE counts from {day_words(cycle.counts_from)}."
    found = [
        Reason(plan.cycle.basis.rule, ends),
        Reason(plan.counting.rule, counts),
    ]
    if not closed:
        text = (
            f"The application opens on {day_words(season.opens_on)}; it is late from "
            f"{day_words(season.late_on)} on."
        )
        found.append(Reason(plan.application.basis.rule, text))
    return found
