"""Terms' certificates and who is told of them; what people apply for in a cycle."""

from renewals.models.cycles import Recertification
from renewals.models.terms import (
    CardRound,
    DigestLine,
    RenewalAttempt,
    TermCertificate,
)

__all__ = [
    "CardRound",
    "DigestLine",
    "Recertification",
    "RenewalAttempt",
    "TermCertificate",
]
