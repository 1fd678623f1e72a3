"""What was earned in a cycle, every cut with its sentence (N2, N9-N12, N15)."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from ce_credits.rules import Credit, Reason
from credentials.policy import Largest, Policy, credit_words
from renewals.rules.cycles.one import Cycle
from renewals.rules.totals import Totals, under

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Counted:
    """One credit of a cycle: what it brings, and why that is less than reported."""

    credit: Credit
    applied: Decimal
    cuts: tuple[Reason, ...] = ()

    @property
    def words(self) -> str:
        """Say the cut in a line; empty where nothing was cut."""
        if not self.cuts:
            return ""
        reported, applied = (
            credit_words(self.credit.credits),
            credit_words(self.applied),
        )
        why = "; ".join(each.text for each in self.cuts)
        return f"{reported} reported, {applied} applied: {why}"


def counted(cycle: Cycle, credits: Iterable[Credit], *, as_of: date) -> list[Counted]:
    """List the credits of a cycle that count at the end of a day, by date.

    What reports itself twice counts once (N12), of several reports the largest counts
    where the pack says so (N10), and caps come last; each in the holder's favour.
    """
    until = cycle.counts_until(as_of)
    rows = [
        Counted(credit, credit.credits)
        for credit in sorted(credits, key=lambda each: each.on)
        if cycle.counts_from <= credit.on <= until and credit.counts_as_of(as_of)
    ]
    return _cut(cycle.policy, rows)


def totals_of(rows: Iterable[Counted]) -> Totals:
    """Add up what counts, and what of it is approved."""
    found = list(rows)
    return Totals(
        sum((each.applied for each in found), NOTHING),
        sum((each.applied for each in found if each.credit.approved), NOTHING),
    )


def _cut(policy: Policy, rows: list[Counted]) -> list[Counted]:
    if policy.once is not None:
        text = "the same activity is reported twice and counts once"
        rows = _keep_largest(rows, _same, Reason(policy.once.rule, text))
    for rule in policy.largest:
        reason = Reason(rule.basis.rule, rule.says)
        rows = _keep_largest(rows, _group_of(rule), reason)
    for cap in policy.caps:
        parts = under(cap, [(each.credit, each.applied) for each in rows])
        left = f"only {credit_words(cap.credits)} count under this type's limit"
        rows = [
            _less(row, part, Reason(cap.basis.rule, left))
            for row, part in zip(rows, parts, strict=True)
        ]
    return rows


def _same(row: Counted) -> Hashable:
    """Tell what one activity is: its kind, day and title; None where it has none."""
    title = " ".join(row.credit.title.casefold().split())
    return (row.credit.kind, row.credit.on, title) if title else None


def _group_of(rule: Largest) -> Callable[[Counted], Hashable]:
    def group(row: Counted) -> Hashable:
        credit = row.credit
        if credit.kind not in rule.kinds:
            return None
        year = credit.on.year if rule.per == "year" else 0
        return (year, credit.level if rule.by_level else "")

    return group


def _keep_largest(
    rows: list[Counted], group: Callable[[Counted], Hashable], reason: Reason
) -> list[Counted]:
    """Keep of each group the row that brings the most, approved first, then earlier."""
    best: dict[Hashable, int] = {}
    for number, row in enumerate(rows):
        key = group(row)
        if key is None:
            continue
        if key not in best or _brings(row) > _brings(rows[best[key]]):
            best[key] = number
    kept = set(best.values())
    return [
        row if group(row) is None or number in kept else _less(row, NOTHING, reason)
        for number, row in enumerate(rows)
    ]


def _brings(row: Counted) -> tuple[Decimal, bool]:
    return row.applied, row.credit.approved


def _less(row: Counted, applied: Decimal, reason: Reason) -> Counted:
    if applied == row.applied:
        return row
    return replace(row, applied=applied, cuts=(*row.cuts, reason))
