"""Random lives under a program of cycles, for tests that compare two computations.

`cycle_lives()` is a Hypothesis strategy. A life is what a database would hold: the
credentials somebody earned, the activities with their fate, whether they were in the
society, and the applications that were taken, with what staff decided. It is lived
forward: each try falls near a day that decides something in the cycle of that moment,
and only what the rules take becomes a fact. What they did not take is kept in `tries`.

That the strategy reaches every standing, reason and fee is shown in
`test_cycle_lives.py`; whoever reuses it may rely on that.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from ce_credits.rules import (
    ActivityInput,
    Credit,
    Decision,
    Reason,
    Submission,
    award,
    credits_of,
)
from credentials.policy import Kind
from renewals.rules import PolicyOn, policies_of
from renewals.rules.cycles import (
    Application,
    ApplicationKind,
    Cycle,
    Earned,
    Facts,
    Fee,
    History,
    Payment,
    fee_on,
    history,
    known,
    why_not_taken,
)
from tests.rules.packs_of_tests import invented_book

FIRST = date(1989, 1, 1)
"""Some lives begin before the first pack is in force (X6)."""

LAST = date(2026, 12, 31)
ONE_DAY = timedelta(days=1)
CENT = Decimal("0.01")
DECISIONS: tuple[Decision, ...] = ("submitted", "accepted", "rejected", "returned")
APPLICATIONS: tuple[ApplicationKind, ...] = (
    "recertification",
    "extension",
    "reinstatement",
)


@dataclass(frozen=True)
class Try:
    """Something that was applied for, and why it was not taken, if it was not."""

    kind: ApplicationKind
    on: date
    reasons: tuple[Reason, ...]


@dataclass
class CycleLife:
    """One person under one program; `member_from` is the day they join the society."""

    policies: PolicyOn
    credits: tuple[Credit, ...]
    member_from: date
    earned: list[Earned] = field(default_factory=list)
    applications: list[Application] = field(default_factory=list)
    tries: list[Try] = field(default_factory=list)

    @property
    def facts(self) -> Facts:
        """Everything that happened."""
        return Facts(tuple(self.earned), tuple(self.applications))

    def is_member(self, day: date) -> bool:
        """Say whether the society membership is active on a day."""
        return self.member_from <= day

    def as_known(self, day: date) -> History:
        """The history of what was known at the end of a day."""
        return history(self.policies, known(self.facts, day))

    def whole(self) -> History:
        """The history of everything that happened."""
        return history(self.policies, self.facts)

    @property
    def days(self) -> tuple[date, ...]:
        """Days on which something changes, and their neighbours."""
        marks = {FIRST, self.member_from}
        for cycle in self.whole().cycles:
            marks |= cycle.breaks() | {cycle.last_on, cycle.counts_from}
        for each in self.applications:
            marks |= {each.on, each.decided_on or each.on}
        marks |= {each.on for each in self.earned}
        steps = (-ONE_DAY, timedelta(0), ONE_DAY)
        return tuple(sorted({mark + step for mark in marks for step in steps}))


@st.composite
def cycle_lives(draw: st.DrawFn, program: str = "namss") -> CycleLife:
    """Draw a whole life under a program of cycles."""
    policies = policies_of(invented_book(), program)
    first_on = draw(st.dates(FIRST, LAST))
    life = CycleLife(
        policies,
        draw(_credits(policies, first_on)),
        member_from=first_on
        + timedelta(days=draw(st.sampled_from([-1, 900, 1400, 2500, 5000]))),
    )
    if draw(st.integers(0, 19)) == 0:
        _draw_try(draw, life, first_on)
        return life
    codes = [each.code for each in policies(first_on).credentials]
    life.earned.append(Earned(draw(st.sampled_from(codes)), first_on))
    if draw(st.booleans()):
        life.earned.append(Earned(draw(st.sampled_from(codes)), first_on))
    now = first_on
    for _ in range(draw(st.sampled_from([0, 1, 3, 5, 7, 9]))):
        now = _draw_day(draw, life, now)
        if draw(st.sampled_from([True] + [False] * 5)):
            life.earned.append(Earned(draw(st.sampled_from(codes)), now))
        else:
            _draw_try(draw, life, now)
    return life


def _draw_day(draw: st.DrawFn, life: CycleLife, now: date) -> date:
    """Draw the day of what happens next: mostly near one that decides something."""
    working = life.as_known(now).working(now)
    if working is None or draw(st.sampled_from([True] + [False] * 7)):
        return now + timedelta(days=draw(st.sampled_from([30, 200, 400, 900])))
    if _asked_for_time(working) and draw(st.booleans()):
        season = working.season
        late = draw(st.sampled_from([season.last_on, season.late_on, season.lapses_on]))
        return max(now, late + timedelta(days=draw(st.sampled_from([0, 1, 20]))))
    if draw(st.sampled_from([True, False, False])):
        return now + timedelta(days=draw(st.sampled_from([0, 1, 3, 30])))
    edges = sorted(each for each in _edges(working) if each > now)
    if not edges:
        return now + timedelta(days=draw(st.integers(0, 40)))
    offset = timedelta(days=draw(st.sampled_from([-1, 0, 0, 1, 20])))
    return max(now, draw(st.sampled_from(edges[:3])) + offset)


def _asked_for_time(cycle: Cycle) -> bool:
    return any(each.kind == "extension" for each in cycle.applications)


def _edges(cycle: Cycle) -> set[date]:
    season = cycle.season
    edges = cycle.breaks() | {season.last_on, season.late_until, season.grace_until}
    return edges | {season.extended_until}


def _draw_try(draw: st.DrawFn, life: CycleLife, on: date) -> None:
    """Draw an application; it becomes a fact only where the rules take it."""
    working = life.as_known(on).working(on)
    member = life.is_member(on)
    fee = fee_on(working, on, society_member=member)
    kind = draw(st.sampled_from((*APPLICATIONS, "extension")))
    if isinstance(fee, Fee) and draw(st.booleans()):
        kind = fee.kind
    payment = None
    if draw(st.sampled_from([True] * 9 + [False])):
        paid_on = on + timedelta(days=draw(st.sampled_from([0] * 9 + [-20, 1, 20])))
        asked = fee_on(working, on, society_member=member, paid_on=paid_on)
        amount = asked.amount if isinstance(asked, Fee) else Decimal(999)
        payment = Payment(amount - draw(st.sampled_from([0] * 6 + [1])) * CENT, paid_on)
    reasons = why_not_taken(
        working,
        kind,
        on=on,
        payment=payment,
        credits=life.credits,
        society_member=member,
    )
    life.tries.append(Try(kind, on, reasons))
    if not reasons:
        life.applications.append(_draw_decision(draw, Application(kind, on)))


def _draw_decision(draw: st.DrawFn, application: Application) -> Application:
    outcome = draw(st.sampled_from(("approved", "approved", "refused", "open")))
    if outcome == "open":
        return application
    days = draw(st.sampled_from([0, 0, 1, 3, 30, 120, 300]))
    decided_on = application.on + timedelta(days=days)
    if outcome == "approved":
        return replace(application, outcome="approved", decided_on=decided_on)
    return replace(application, outcome="refused", decided_on=decided_on)


@st.composite
def _credits(draw: st.DrawFn, policies: PolicyOn, first_on: date) -> tuple[Credit, ...]:
    """Draw what counts: a few activities, and often all a cycle asks in one year."""
    found: list[Credit] = []
    for _ in range(draw(st.integers(0, 6))):
        on = first_on + timedelta(days=draw(st.integers(-5, 2600)))
        found += draw(_deeds(policies, on))
    for year in range(7):
        if draw(st.sampled_from([True, True, True, False])):
            # Near what an extension or a cycle asks, on either side of it.
            on = first_on + timedelta(days=365 * year + draw(st.integers(1, 300)))
            quarters = draw(st.sampled_from([16, 61, 100, 120, 180, 240]))
            approved = draw(st.sampled_from([True, True, True, False]))
            found.append(Credit(on, Decimal(quarters) / 4, on, approved=approved))
    return tuple(found)


@st.composite
def _deeds(draw: st.DrawFn, policies: PolicyOn, on: date) -> Sequence[Credit]:
    """Draw an activity of any kind, now and then reported twice or not accepted."""
    policy = policies(on)
    kind = draw(st.sampled_from(policy.kinds))
    activity = draw(_inputs(kind, on))
    decision = draw(st.sampled_from(DECISIONS))
    submission = Submission(
        submitted_on=on,
        proof=draw(st.integers(0, 9)) > 0,
        decision=decision,
        decided_on=on + timedelta(days=draw(st.integers(0, 300))),
        determined=Decimal(draw(st.integers(0, 40))) / 4
        if decision == "accepted" and draw(st.booleans())
        else None,
    )
    credits = credits_of(
        award(policy, activity),
        submission,
        on=on,
        kind=kind.code,
        title=activity.title or "",
        level=activity.level or "",
    )
    return credits * draw(st.integers(1, 2))


@st.composite
def _inputs(draw: st.DrawFn, kind: Kind, on: date) -> ActivityInput:
    asked = kind.inputs
    levels = ["national", "state", "hall", "parish"]
    return ActivityInput(
        kind=kind.code,
        on=on,
        minutes=draw(st.integers(-5, 900)) if "minutes" in asked else None,
        housekeeping_minutes=draw(st.integers(0, 60))
        if "housekeeping_minutes" in asked
        else None,
        paid=draw(st.booleans()) if "paid" in asked else None,
        positions=draw(st.integers(0, 3)) if "positions" in asked else None,
        level=draw(st.sampled_from(levels)) if "level" in asked else None,
        academic_credits=draw(st.integers(0, 4))
        if "academic_credits" in asked
        else None,
        title=draw(st.sampled_from([None, "A talk", "a  TALK"])),
    )
