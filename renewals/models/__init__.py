"""Terms' certificates and who is told of them; what people apply for in a cycle."""

from renewals.models.cycles import ApplicationQuestion, Recertification
from renewals.models.decrees import Decree, MovedDeadline
from renewals.models.licences import LONGEST_NUMBER, Licence
from renewals.models.terms import (
    CardRound,
    DigestLine,
    RenewalAttempt,
    TermCertificate,
)

__all__ = [
    "LONGEST_NUMBER",
    "ApplicationQuestion",
    "CardRound",
    "Decree",
    "DigestLine",
    "Licence",
    "MovedDeadline",
    "Recertification",
    "RenewalAttempt",
    "TermCertificate",
]
