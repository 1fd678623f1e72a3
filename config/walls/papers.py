"""The walls of what became of certificates' papers, and of reports given out."""

from collections.abc import Mapping, Sequence

from config.walls.conditions import below, given, own, practice, staff, sweep
from core.walls import Rule

OF_CERTIFICATE = below("certificate_id", "certificates_certificate")

PAPERS: Mapping[str, Sequence[Rule]] = {
    # Whoever may open a certificate writes down that they did.
    "certificates_opening": (
        practice(OF_CERTIFICATE),
        own(OF_CERTIFICATE),
        staff(OF_CERTIFICATE),
        *sweep(),
    ),
    "credentials_givenreport": given(),
}
