"""Which credit counts, and from when until when (A8, A9).

A submission counts from the day it is submitted. A rejected or returned one stops
counting on the day of that decision; what staff determined counts from theirs.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from ce_credits.rules.answers import Award

Decision = Literal["submitted", "accepted", "rejected", "returned"]


@dataclass(frozen=True, slots=True)
class Credit:
    """Credits earned on a day, and the days on which they are known to count.

    They count as of a day d when counts_from <= d, and d < counts_until where that is
    set. `kind` serves the caps of a pack, `approved` its approved share, `title` and
    `level` tell what is reported twice (N10, N12), `topics` what it was about (M8).
    """

    on: date
    credits: Decimal
    counts_from: date
    counts_until: date | None = None
    kind: str = ""
    approved: bool = False
    title: str = ""
    level: str = ""
    topics: tuple[str, ...] = ()

    def counts_as_of(self, day: date) -> bool:
        """Say whether the credit counts at the end of a day."""
        if self.counts_from > day:
            return False
        return self.counts_until is None or day < self.counts_until


@dataclass(frozen=True, slots=True)
class Submission:
    """What became of a reported activity: proof, decision and what staff determined.

    `determined` is the credit a person decided on (A6); it needs an acceptance.
    """

    submitted_on: date
    proof: bool = True
    decision: Decision = "submitted"
    decided_on: date | None = None
    determined: Decimal | None = None


def credits_of(
    award: Award,
    submission: Submission,
    *,
    on: date,
    kind: str,
    title: str = "",
    level: str = "",
) -> tuple[Credit, ...]:
    """Turn an activity of a day and its fate into the credit that counts (A8, A9).

    Without proof it is a draft and counts nothing. A refused activity never counts; one
    left to staff, or whose length nobody gave, counts what staff determine.
    """
    if not submission.proof or (award.outcome == "refused" and not award.asks_minutes):
        return ()
    decided_on = submission.decided_on or submission.submitted_on
    ended = submission.decision in ("rejected", "returned")
    base = Credit(
        on=on,
        credits=award.credits or Decimal(0),
        counts_from=submission.submitted_on,
        counts_until=decided_on if ended else None,
        kind=kind,
        approved=bool(award.approved),
        title=title,
        level=level,
        topics=award.topics,
    )
    if submission.decision != "accepted" or submission.determined is None:
        return () if award.credits is None else (base,)
    settled = replace(base, credits=submission.determined, counts_from=decided_on)
    if award.credits is None:
        return (settled,)
    return (replace(base, counts_until=decided_on), settled)
