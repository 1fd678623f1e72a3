"""Making the PDF: claim the row, render outside a transaction, keep the hash."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID, uuid4

import structlog
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import F, Q

from certificates.layouts import CertificateFacts, render
from certificates.models import Certificate
from core.pdf import PdfError

logger = structlog.get_logger(__name__)

MOST_ATTEMPTS = 5
Paper = Certificate.Paper


def waiting_ids(*, now: datetime, most: int = 200) -> list[UUID]:
    """List certificates whose paper nobody is making, the oldest first."""
    return list(
        Certificate.objects.filter(_free(now))
        .order_by("issued_at")
        .values_list("pk", flat=True)[:most]
    )


@dataclass(frozen=True)
class Claim:
    """The right to make one certificate's paper, until the lease ends."""

    certificate: Certificate
    lease: datetime


def claim_paper(*, certificate_id: UUID, now: datetime) -> Claim | None:
    """Claim a certificate whose paper waits; None where there is nothing to claim.

    Only the holder of the lease may finish, so two workers at once make one paper.
    """
    lease = now + timedelta(seconds=2 * settings.CERTIFICATE_SECONDS)
    claimed = Certificate.objects.filter(_free(now), pk=certificate_id).update(
        paper=Paper.MAKING, leased_until=lease, attempts=F("attempts") + 1
    )
    if not claimed:
        return None
    return Claim(Certificate.objects.get(pk=certificate_id), lease)


class PaperDiffers(PdfError):  # noqa: N818  (people decide, no fault is mended)
    """What was made is not, byte for byte, what was issued."""


def print_paper(*, claim: Claim) -> bytes:
    """Render the claimed certificate from its frozen facts; touches no row.

    Raises:
        PdfError: it can't be made, its facts can't be read, or it took too long.
        PaperDiffers: it was made before, and came out otherwise now.
    """
    try:
        facts = CertificateFacts.from_json(claim.certificate.facts)
    except ValueError as fault:
        raise PdfError(str(fault)) from fault
    content = render(facts, seconds=settings.CERTIFICATE_SECONDS)
    issued, made = claim.certificate.sha256, sha256(content).hexdigest()
    if issued and issued != made:
        raise PaperDiffers(
            f"The PDF made now (SHA-256 {made}) is not the one that was issued "
            f"({issued}). Trying again keeps the new one."
        )
    return content


def keep_paper(*, claim: Claim, content: bytes) -> bool:
    """Store the PDF with its hash; False where the lease went to another worker."""
    key = f"certificates/{uuid4().hex}.pdf"
    default_storage.save(key, ContentFile(content))
    kept = Certificate.objects.filter(
        pk=claim.certificate.pk, paper=Paper.MAKING, leased_until=claim.lease
    ).update(
        paper=Paper.READY,
        leased_until=None,
        file_key=key,
        sha256=sha256(content).hexdigest(),
        size=len(content),
        last_error="",
    )
    if not kept:
        # Another worker took over after our lease ran out; its file is the one.
        default_storage.delete(key)
    return bool(kept)


def give_back(*, claim: Claim, error: Exception) -> None:
    """Let another try, or after the fifth leave it to people, with the error.

    One that differs from what was issued is left to people at once.
    """
    certificate = claim.certificate
    differs = isinstance(error, PaperDiffers)
    dead = differs or certificate.attempts >= MOST_ATTEMPTS
    logger.error("certificate not made", number=certificate.number, error=str(error))
    Certificate.objects.filter(pk=certificate.pk, leased_until=claim.lease).update(
        paper=Paper.FAILED if dead else Paper.WAITING,
        leased_until=None,
        last_error=str(error),
    )


def _free(now: datetime) -> Q:
    return Q(paper=Paper.WAITING) | Q(paper=Paper.MAKING, leased_until__lte=now)


def oldest_waiting() -> datetime | None:
    """Tell since when the oldest unmade paper waits; None when all are made."""
    return (
        Certificate.objects.waiting()
        .order_by("issued_at")
        .values_list("issued_at", flat=True)
        .first()
    )
