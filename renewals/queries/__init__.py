"""Lives, their certificates and the terms that end, read from the rows."""

from renewals.queries.answering import BEGINS, answer_of, overdue
from renewals.queries.books import (
    Amount,
    Asked,
    Books,
    CycleBooks,
    Span,
    TermBooks,
    lacking_words,
)
from renewals.queries.certificates import (
    Short,
    all_short_certificates,
    certificate_words,
    short_certificates,
    verdict_of,
)
from renewals.queries.endings import (
    Ending,
    attempts_now,
    endings_of,
    renewing_themselves,
)
from renewals.queries.histories import (
    facts_by_member,
    facts_of,
    history_of,
    in_society,
)
from renewals.queries.lives import Life, life_of, lives_of, why_not
from renewals.queries.own_renewals import OwnRenewal, own_renewal_of, why_not_paid
from renewals.queries.recertifications import (
    Applying,
    applying,
    credits_of,
    fee_paid_on,
    is_paid,
    kind_of,
    kind_on,
    last_payable,
    orders_of,
    paid_of,
    weeks_words,
    why_no_request,
    working_cycle,
)
from renewals.queries.rounds import own_deadlines, rounds_of
from renewals.queries.tallies import Tallied, counts_by_standing, tallied
from renewals.queries.undoing import (
    DECIDED,
    Around,
    opened_words,
    why_term_stands,
    why_terms_stand,
)
from renewals.queries.waiting import paying_card, sale_of, waiting_in

__all__ = [
    "BEGINS",
    "DECIDED",
    "Amount",
    "Applying",
    "Around",
    "Asked",
    "Books",
    "CycleBooks",
    "Ending",
    "Life",
    "OwnRenewal",
    "Short",
    "Span",
    "Tallied",
    "TermBooks",
    "all_short_certificates",
    "answer_of",
    "applying",
    "attempts_now",
    "certificate_words",
    "counts_by_standing",
    "credits_of",
    "endings_of",
    "facts_by_member",
    "facts_of",
    "fee_paid_on",
    "history_of",
    "in_society",
    "is_paid",
    "kind_of",
    "kind_on",
    "lacking_words",
    "last_payable",
    "life_of",
    "lives_of",
    "opened_words",
    "orders_of",
    "overdue",
    "own_deadlines",
    "own_renewal_of",
    "paid_of",
    "paying_card",
    "renewing_themselves",
    "rounds_of",
    "sale_of",
    "short_certificates",
    "tallied",
    "verdict_of",
    "waiting_in",
    "weeks_words",
    "why_no_request",
    "why_not",
    "why_not_paid",
    "why_term_stands",
    "why_terms_stand",
    "working_cycle",
]
