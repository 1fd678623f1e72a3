"""Terms' certificates and who is told of them; what people apply for in a cycle."""

from renewals.models.cycles import ApplicationQuestion, Recertification
from renewals.models.decrees import Decree, MovedDeadline
from renewals.models.terms import (
    CardRound,
    DigestLine,
    RenewalAttempt,
    TermCertificate,
)

__all__ = [
    "ApplicationQuestion",
    "CardRound",
    "Decree",
    "DigestLine",
    "MovedDeadline",
    "Recertification",
    "RenewalAttempt",
    "TermCertificate",
]
