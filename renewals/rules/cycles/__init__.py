"""Staying certified by cycles: days, needs, credit, fees, applications, standing.

Pure Python, as all rules: plain values and a policy in, frozen answers out.
"""

from renewals.rules.cycles.answering import Answer, answer_due, clock_begins
from renewals.rules.cycles.certifying import (
    Certified,
    certified_first,
    certified_next,
)
from renewals.rules.cycles.checking import Check, Found, Paid, Proofs, Sent, checks
from renewals.rules.cycles.decreeing import deadline_of, why_not_moved
from renewals.rules.cycles.facts import (
    Application,
    ApplicationKind,
    Earned,
    Facts,
    Moved,
    Payment,
    known,
)
from renewals.rules.cycles.fees import Closed, Fee, Part, fee_on
from renewals.rules.cycles.history import CYCLE_STANDINGS, History, history
from renewals.rules.cycles.one import Cycle
from renewals.rules.cycles.reminders import Deadline, Round, deadlines, rounds
from renewals.rules.cycles.season import CalendarEndsError, Season, season_of
from renewals.rules.cycles.taking import why_no_extension, why_not_taken
from renewals.rules.cycles.tallies import Tally, tallies
from renewals.rules.cycles.totals import Counted, counted, totals_of

__all__ = [
    "CYCLE_STANDINGS",
    "Answer",
    "Application",
    "ApplicationKind",
    "CalendarEndsError",
    "Certified",
    "Check",
    "Closed",
    "Counted",
    "Cycle",
    "Deadline",
    "Earned",
    "Facts",
    "Fee",
    "Found",
    "History",
    "Moved",
    "Paid",
    "Part",
    "Payment",
    "Proofs",
    "Round",
    "Season",
    "Sent",
    "Tally",
    "answer_due",
    "certified_first",
    "certified_next",
    "checks",
    "clock_begins",
    "counted",
    "deadline_of",
    "deadlines",
    "fee_on",
    "history",
    "known",
    "rounds",
    "season_of",
    "tallies",
    "totals_of",
    "why_no_extension",
    "why_not_moved",
    "why_not_taken",
]
