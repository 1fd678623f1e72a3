"""Lives, their certificates and the terms that end, read from the rows."""

from renewals.queries.certificates import (
    Short,
    all_short_certificates,
    certificate_words,
    short_certificates,
    verdict_of,
)
from renewals.queries.endings import Ending, endings_of, renewing_themselves
from renewals.queries.lives import Life, life_of, lives_of, why_not
from renewals.queries.own_renewals import OwnRenewal, own_renewal_of, why_not_paid
from renewals.queries.waiting import paying_card, sale_of, waiting_in

__all__ = [
    "Ending",
    "Life",
    "OwnRenewal",
    "Short",
    "all_short_certificates",
    "certificate_words",
    "endings_of",
    "life_of",
    "lives_of",
    "own_renewal_of",
    "paying_card",
    "renewing_themselves",
    "sale_of",
    "short_certificates",
    "verdict_of",
    "waiting_in",
    "why_not",
    "why_not_paid",
]
