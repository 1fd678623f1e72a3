"""Certificates, what became of them, and who opened them, to break guards with."""

from typing import Any
from uuid import uuid4

from django.db import models

from certificates.models import (
    AttestationCount,
    Badge,
    Certificate,
    CertificateEvent,
    Opening,
)
from credentials.models import Certification, Window
from tests.cast import BODY, NOW, TODAY, Cast
from tests.db.breaking import Changes, another
from tests.db.report_rows import BREACHES as REPORTED


def a_certificate(cast: Cast) -> Certificate:
    """Bob's certificate, issued to Northside."""
    window = Window.objects.filter(member=cast.bob)[0]
    return Certificate.objects.create(
        program=BODY,
        member=cast.bob,
        practice=cast.northside,
        sponsorship_id=window.sponsorship_id,
        source_id=uuid4(),
        number=uuid4().hex,
        attestation_number=uuid4().hex,
        facts={},
        valid_from=TODAY,
        valid_until=TODAY,
        issued_on=TODAY,
        issued_at=NOW,
    )


def rows_of_papers(cast: Cast) -> None:
    """Make a certificate that was opened, and revoked."""
    certificate = a_certificate(cast)
    CertificateEvent.objects.create(
        certificate=certificate, kind="revoked", on=TODAY, at=NOW
    )
    Opening.objects.create(
        certificate=certificate, kind="opened", way="page", by="tests", at=NOW
    )
    Badge.objects.create(
        member=cast.bob,
        program=BODY,
        certification=Certification.objects.filter(member=cast.bob)[0],
        shared_at=NOW,
    )


def _unopened(row: Opening) -> dict[str, Any]:
    return {"certificate_id": another(row.certificate, source_id=uuid4()).pk}


BREACHES: dict[str, tuple[type[models.Model], Changes]] = {
    **REPORTED,
    "ended_once_a_kind": (CertificateEvent, lambda row: {}),
    "one_attestation_count": (AttestationCount, lambda row: {}),
    "one_shared_badge": (Badge, lambda row: {}),
    "one_certificate_a_term": (Certificate, lambda row: {}),
    "opened_in_a_way": (Opening, lambda row: {**_unopened(row), "way": ""}),
    "ready_paper_has_its_hash": (
        Certificate,
        lambda row: {"source_id": uuid4(), "paper": "ready", "sha256": ""},
    ),
}
