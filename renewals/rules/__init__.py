"""Staying in good standing: terms, what was earned in them, certificates, standing.

Pure Python: plain values and a policy in, frozen dataclasses with their reasons out.
"""

from ce_credits.rules import Credit, Reason
from renewals.rules.applications import (
    Application,
    Applied,
    SecondMembershipError,
    apply_term,
)
from renewals.rules.certificates import (
    CertificateVerdict,
    certificate_verdict,
    issued_on,
    waive,
)
from renewals.rules.reminders import Span, arrived, coming
from renewals.rules.standing import (
    STANDINGS,
    PolicyOn,
    Standing,
    StandingFact,
    fee_on,
    is_current,
    policies_of,
    standing_on,
    standing_timeline,
)
from renewals.rules.terms import (
    OutOfCalendarError,
    Term,
    add_months,
    known_as_of,
    next_term,
    term_before,
    term_of,
)
from renewals.rules.totals import (
    Totals,
    applied,
    carried_into,
    counting,
    cut_words,
    earned,
    in_all,
    totals,
)

__all__ = [
    "STANDINGS",
    "Application",
    "Applied",
    "CertificateVerdict",
    "Credit",
    "OutOfCalendarError",
    "PolicyOn",
    "Reason",
    "SecondMembershipError",
    "Span",
    "Standing",
    "StandingFact",
    "Term",
    "Totals",
    "add_months",
    "applied",
    "apply_term",
    "arrived",
    "carried_into",
    "certificate_verdict",
    "coming",
    "counting",
    "cut_words",
    "earned",
    "fee_on",
    "in_all",
    "is_current",
    "issued_on",
    "known_as_of",
    "next_term",
    "policies_of",
    "standing_on",
    "standing_timeline",
    "term_before",
    "term_of",
    "totals",
    "waive",
]
