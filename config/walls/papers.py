"""The walls of certificates: of their papers, what is shared, and reports given out."""

from collections.abc import Mapping, Sequence

from config.walls.conditions import (
    BODY,
    KEPT_OURS,
    MEMBERS,
    OURS,
    badge,
    below,
    given,
    own,
    practice,
    public,
    queues,
    staff,
    sweep,
)
from core.walls import May, Rule

OF_CERTIFICATE = below("certificate_id", "certificates_certificate")

PAPERS: Mapping[str, Sequence[Rule]] = {
    "certificates_certificate": (
        practice(OURS, kept=KEPT_OURS),
        own(MEMBERS),
        staff(BODY),
        public("id IN (SELECT wall_asked_for())"),
        badge("certification_id IN (SELECT b.certification FROM wall_badges() b)"),
        queues("paper IN ('waiting', 'making')"),
        *sweep(),
    ),
    "certificates_certificateevent": (
        practice(OF_CERTIFICATE),
        own(OF_CERTIFICATE),
        staff(OF_CERTIFICATE),
        public(OF_CERTIFICATE),
        badge(OF_CERTIFICATE),
        *sweep(),
    ),
    # Whoever may open a certificate writes down that they did.
    "certificates_opening": (
        practice(OF_CERTIFICATE),
        own(OF_CERTIFICATE),
        staff(OF_CERTIFICATE),
        *sweep(),
    ),
    "credentials_givenreport": given(),
    # Its holder alone shares a credential; its address shows what is shared still. A
    # merge of two accounts takes it along.
    "certificates_badge": (
        own(MEMBERS),
        staff(BODY, May.CHANGE),
        badge("id IN (SELECT b.badge FROM wall_badges() b)"),
    ),
}
