"""Random lives under a program of terms, for tests that compare two computations.

`lives()` is a Hypothesis strategy. A life is what a database would hold: the days on
which a membership and its renewals were applied (early, on the day, late by any
length, twice on one day), activities with their fate, the day the credential was
earned and the waivers. Days are drawn around the edges that decide something: the
renewal date, the first due day, Feb 29. `Life.terms` and `Life.credits` are the pure
rules' facts for it, `Life.days` the days worth asking about.

That the strategy reaches every standing, and every state of a certificate, is shown in
`test_lives.py`; whoever reuses it may rely on that.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from ce_credits.rules import (
    ActivityInput,
    Award,
    Credit,
    Decision,
    Submission,
    award,
    credits_of,
)
from credentials.policy import Policy
from renewals.rules import Term, next_term, waive
from tests.rules.packs_of_tests import acmss

FIRST = date(2016, 1, 1)
"""Some lives begin before the first pack is in force (X6)."""

DECISIONS: tuple[Decision, ...] = (
    "submitted",
    "submitted",
    "accepted",
    "rejected",
    "returned",
)


@dataclass(frozen=True)
class Deed:
    """An activity and what became of it."""

    on: date
    kind: str
    minutes: int
    proof: bool
    decision: Decision
    decided_on: date | None
    determined: Decimal | None

    @property
    def activity(self) -> ActivityInput:
        """The deed as a member reports it."""
        return ActivityInput(kind=self.kind, on=self.on, minutes=self.minutes)

    def award(self, policy: Policy) -> Award:
        """Answer the deed."""
        return award(policy, self.activity)

    def credits(self, policy: Policy) -> tuple[Credit, ...]:
        """Say what of it counts, and when."""
        submission = Submission(
            submitted_on=self.on,
            proof=self.proof,
            decision=self.decision,
            decided_on=self.decided_on,
            determined=self.determined,
        )
        answer = self.award(policy)
        return credits_of(answer, submission, on=self.on, kind=self.kind)


@dataclass(frozen=True)
class Life:
    """One person under one program.

    `applied` holds the day of the membership and of each renewal, in order; `waived`
    the days on which staff waived what the latest certificate waited for.
    """

    policy: Policy
    applied: tuple[date, ...]
    deeds: tuple[Deed, ...]
    certified_on: date | None
    waived: tuple[date, ...]

    @property
    def terms(self) -> tuple[Term, ...]:
        """The chain of terms, with their waivers."""
        chain: list[Term] = []
        for day in self.applied:
            previous = chain[-1] if chain else None
            chain.append(next_term(self.policy, applied_on=day, previous=previous))
        for day in self.waived:
            known = [
                number for number, term in enumerate(chain) if term.applied_on <= day
            ]
            if known:
                chain[known[-1]] = waive(chain[known[-1]], on=day)
        return tuple(chain)

    @property
    def credits(self) -> tuple[Credit, ...]:
        """What of the deeds counts, and when."""
        return tuple(
            credit for deed in self.deeds for credit in deed.credits(self.policy)
        )

    @property
    def days(self) -> tuple[date, ...]:
        """Days on which something changes, and their neighbours."""
        marks = {FIRST, *self.applied, *self.waived}
        for term in self.terms:
            due = timedelta(days=self.policy.terms.standing.due_days)
            marks |= {term.first_on, term.renewal_on, term.renewal_on - due}
        for deed in self.deeds:
            marks |= {deed.on, deed.decided_on or deed.on}
        if self.certified_on:
            marks.add(self.certified_on)
        steps = (timedelta(days=-1), timedelta(0), timedelta(days=1))
        return tuple(sorted({mark + step for mark in marks for step in steps}))


def starts() -> st.SearchStrategy[date]:
    """First days of a membership: any, and Feb 29 often enough."""
    leap_days = st.sampled_from([date(2020, 2, 29), date(2024, 2, 29)])
    return st.one_of(st.dates(FIRST, date(2026, 12, 31)), leap_days)


@st.composite
def applied_days(draw: st.DrawFn, policy: Policy) -> tuple[date, ...]:
    """Days of a membership and its renewals; empty for somebody without any."""
    if draw(st.integers(0, 9)) == 0:
        return ()
    days = [draw(starts())]
    term = next_term(policy, applied_on=days[0], previous=None)
    due = policy.terms.standing.due_days
    for _ in range(draw(st.integers(0, 4))):
        # Relative to the renewal date: well before, the due days, the day, late.
        offset = draw(
            st.one_of(
                st.integers(-700, 900),
                st.integers(-due - 1, 1),
                st.sampled_from([-1, 0, 1]),
            )
        )
        day = max(days[-1], term.renewal_on + timedelta(days=offset))
        days.append(day)
        term = next_term(policy, applied_on=day, previous=term)
    return tuple(days)


@st.composite
def deeds(draw: st.DrawFn, policy: Policy, first: date, last: date) -> Deed:
    """Draw an activity: mostly minutes that matter, some refused or for staff."""
    on = draw(st.dates(first, last))
    decision: Decision = draw(st.sampled_from(DECISIONS))
    decided_on = None
    if decision != "submitted":
        decided_on = on + timedelta(days=draw(st.integers(0, 500)))
    determined = None
    if decision == "accepted" and draw(st.booleans()):
        determined = draw(st.sampled_from([Decimal(n) / 2 for n in range(9)]))
    return Deed(
        on=on,
        kind=draw(st.sampled_from([kind.code for kind in policy.kinds])),
        minutes=draw(st.one_of(st.integers(-5, 300), st.integers(91, 120))),
        proof=draw(st.integers(0, 9)) > 0,
        decision=decision,
        decided_on=decided_on,
        determined=determined,
    )


@st.composite
def lives(draw: st.DrawFn, policy: Policy | None = None) -> Life:
    """Draw a whole life under a policy (the yearly program's without one)."""
    pack = policy or acmss()
    applied = draw(applied_days(pack))
    begin = applied[0] if applied else FIRST
    end = (applied[-1] if applied else FIRST) + timedelta(days=800)
    span = st.dates(begin - timedelta(days=60), end)
    return Life(
        policy=pack,
        applied=applied,
        deeds=tuple(draw(st.lists(deeds(pack, begin, end), max_size=12))),
        certified_on=draw(st.one_of(st.none(), st.just(begin), span)),
        waived=tuple(sorted(draw(st.lists(span, max_size=2)))),
    )
