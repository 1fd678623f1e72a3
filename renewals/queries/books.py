"""Where credit counts and how much of it: in terms or in cycles, asked the same way."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from ce_credits.rules import Credit
from credentials.policy import Basis, Policy, credit_words, policy_for, versions_of
from renewals.queries.histories import history_of
from renewals.rules import Term, Totals, applied, cut_words, in_all, term_of
from renewals.rules.cycles import Cycle, Facts, History, counted

Span = Term | Cycle
"""A stretch of days with its CE: a term or a cycle."""

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Asked:
    """What a span asks, in which unit, and by which rule."""

    credits: Decimal
    approved: Decimal
    basis: Basis
    policy: Policy

    @property
    def unit(self) -> str:
        """What the body calls its credit."""
        return self.policy.unit


@dataclass(frozen=True)
class Amount:
    """What one credit brings in its span; `cut` says why less than reported, or ''."""

    credit: Credit
    applied: Decimal
    cut: str


class Books(ABC):
    """A person's spans in one program, as known at the end of a day."""

    noun: str
    """What a span is called: term or cycle."""

    @property
    @abstractmethod
    def rule(self) -> str:
        """The rule that says in which span a day counts."""

    def __init__(self, program: str, as_of: date) -> None:
        """Ask of a program, by what is known at the end of a day."""
        self.program = program
        self.as_of = as_of

    @property
    @abstractmethod
    def spans(self) -> Sequence[Span]:
        """All there are, the oldest first; some may not have begun."""

    @abstractmethod
    def span_of(self, day: date) -> Span | None:
        """Find the span that what was learned on a day counts in; None for none."""

    @abstractmethod
    def present(self) -> Span | None:
        """Find the span that a holder is asked about today; None before the first."""

    @abstractmethod
    def asked(self, span: Span) -> Asked:
        """Say what a span asks."""

    @abstractmethod
    def amounts(self, span: Span, credits: Iterable[Credit]) -> list[Amount]:
        """Say what each credit of a span brings, by date, under the body's limits."""

    def totals(self, span: Span, credits: Iterable[Credit]) -> Totals:
        """Add up a span."""
        found = self.amounts(span, credits)
        return Totals(
            sum((each.applied for each in found), NOTHING),
            sum((each.applied for each in found if each.credit.approved), NOTHING),
        )


class TermBooks(Books):
    """Terms: a day belongs to the last one that has begun (A16)."""

    noun = "term"
    rule = "A16"

    def __init__(self, program: str, as_of: date, terms: Sequence[Term]) -> None:
        """Take a person's terms, the oldest first."""
        super().__init__(program, as_of)
        self._terms = terms
        self._found: dict[date, Term | None] = {}

    @property
    def spans(self) -> Sequence[Span]:
        """Give the terms."""
        return self._terms

    def span_of(self, day: date) -> Span | None:
        """Find the term of a day (A16)."""
        if day not in self._found:
            self._found[day] = term_of(self._terms, day)
        return self._found[day]

    def present(self) -> Span | None:
        """Find the term of today."""
        return term_of(self._terms, self.as_of)

    def asked(self, span: Span) -> Asked:
        """Say what a term asks, by the pack of its last day (A3, X6)."""
        policy = policy_for(self.program, on=span.last_on)
        need = policy.terms.requirement
        return Asked(need.credits, need.approved, need.basis, policy)

    def amounts(self, span: Span, credits: Iterable[Credit]) -> list[Amount]:
        """Cut a term's credits by the pack's caps."""
        policy = policy_for(self.program, on=span.last_on)
        found = applied(
            self._terms, _term(span), credits, as_of=self.as_of, caps=policy.caps
        )
        return [
            Amount(credit, part, cut_words(credit.credits, part))
            for credit, part in found
        ]

    def totals(self, span: Span, credits: Iterable[Credit]) -> Totals:
        """Add up a term, with what is carried over into it."""
        policy = policy_for(self.program, on=span.last_on)
        return in_all(policy, self._terms, _term(span), credits, as_of=self.as_of)


class CycleBooks(Books):
    """Cycles: CE counts from the day after the first, until the last (N2, N16)."""

    noun = "cycle"

    @property
    def rule(self) -> str:
        """The rule of counting, by the newest pack (N2)."""
        return versions_of(self.program)[-1].cycles.counting.rule

    def __init__(self, program: str, as_of: date, facts: Facts) -> None:
        """Take what is known of a person."""
        super().__init__(program, as_of)
        self._facts = facts

    @cached_property
    def history(self) -> History:
        """The cycles as known that day."""
        return history_of(self._facts, self.program, as_of=self.as_of)

    @property
    def spans(self) -> Sequence[Span]:
        """Give the cycles."""
        return self.history.cycles

    def span_of(self, day: date) -> Span | None:
        """Find the cycle that takes a day's CE."""
        for cycle in self.history.cycles:
            if cycle.counts_from <= day <= cycle.counts_until(self.as_of):
                return cycle
        return None

    def present(self) -> Span | None:
        """Find the cycle of today, or the oldest not recertified."""
        return self.history.running(self.as_of)

    def asked(self, span: Span) -> Asked:
        """Say what a cycle asks of its holder as of the day (N3, N4)."""
        cycle = _cycle(span)
        need = cycle.need(self.as_of)
        return Asked(need.credits, need.approved, need.basis, cycle.policy)

    def amounts(self, span: Span, credits: Iterable[Credit]) -> list[Amount]:
        """Count a cycle's credits, each cut with its sentence (N10, N12)."""
        rows = counted(_cycle(span), credits, as_of=self.as_of)
        return [Amount(row.credit, row.applied, row.words) for row in rows]


def lacking_words(total: Decimal, approved: Decimal) -> str:
    """Say what a cycle still lacks: 3.0 more, 1.0 of them approved; '' for nothing."""
    if not total and not approved:
        return ""
    if not approved:
        return f"{credit_words(total)} more"
    if approved >= total:
        return f"{credit_words(approved)} more approved"
    return f"{credit_words(total)} more, {credit_words(approved)} of them approved,"


def _term(span: Span) -> Term:
    assert isinstance(span, Term)
    return span


def _cycle(span: Span) -> Cycle:
    assert isinstance(span, Cycle)
    return span
