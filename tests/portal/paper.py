"""A certificate's paper: a worker makes it, its file lies on a shelf of the test."""

from pathlib import Path

from django.core.files.storage import default_storage

from accounts.models import Member
from certificates.models import Certificate
from certificates.tasks import make
from core.models import AuditEntry
from tests.cast import TODAY
from tests.database import WORKER, working_as


def newest(member: Member) -> Certificate:
    """The certificate of the term that begins today."""
    return Certificate.objects.get(member=member, valid_from=TODAY)


def worked(certificate: Certificate) -> Certificate:
    """Let a worker see to a certificate, and read the row again."""
    with working_as(WORKER):
        make(str(certificate.pk))
    certificate.refresh_from_db()
    return certificate


def content(certificate: Certificate) -> bytes:
    """What lies on the shelf."""
    with default_storage.open(certificate.file_key) as file:
        return bytes(file.read())


def files(shelf: Path) -> list[Path]:
    """Every file on the shelf."""
    return [path for path in shelf.rglob("*") if path.is_file()]


def entries(certificate: Certificate) -> int:
    """How many lines of the trail are about a certificate."""
    return AuditEntry.objects.filter(subject_id=certificate.pk).count()
