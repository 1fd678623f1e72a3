"""Making a PDF once more: one that could not be made, or whose file is gone."""

from datetime import datetime

from django.db import transaction

from certificates.models import Certificate
from core.actor import Actor
from core.audit import Changes, record
from core.failures import Stale
from core.work import hasten

Paper = Certificate.Paper
GONE = "The file was gone."


@transaction.atomic
def retry_paper(*, actor: Actor, certificate: Certificate, now: datetime) -> None:
    """Have a PDF that could not be made tried again, as often as a new one.

    Where it came out unlike the PDF that was issued, the new one will stand; the trail
    keeps the former SHA-256.

    Raises:
        Stale: it does not lie there as failed any more.
    """
    changed = Certificate.objects.filter(
        pk=certificate.pk, paper=Paper.FAILED, sha256=certificate.sha256
    ).update(
        paper=Paper.WAITING, leased_until=None, attempts=0, last_error="", sha256=""
    )
    if not changed:
        raise Stale("This PDF is being made already. Look at it again.")
    changes: Changes = {"paper": (Paper.FAILED.value, Paper.WAITING.value)}
    if certificate.sha256:
        changes["sha256"] = (certificate.sha256, None)
    _note(
        actor,
        certificate,
        "certificate.paper_retried",
        f"Had the PDF of certificate {certificate.number} tried again",
        changes,
        now,
    )


@transaction.atomic
def restore_paper(*, actor: Actor, certificate: Certificate, now: datetime) -> None:
    """Have a PDF made again whose file is gone; of many who find out, one does it.

    Its SHA-256 stays: what is made from the same facts must be the same.
    """
    changed = Certificate.objects.filter(
        pk=certificate.pk, paper=Paper.READY, file_key=certificate.file_key
    ).update(paper=Paper.WAITING, leased_until=None, attempts=0, last_error=GONE)
    if changed:
        _note(
            actor,
            certificate,
            "certificate.paper_gone",
            f"Found no file for the PDF of certificate {certificate.number}; "
            "it is made again",
            {"paper": (Paper.READY.value, Paper.WAITING.value)},
            now,
        )


def _note(
    actor: Actor,
    certificate: Certificate,
    action: str,
    sentence: str,
    changes: Changes,
    now: datetime,
) -> None:
    record(
        actor=actor,
        action=action,
        subject=certificate,
        practice_id=certificate.practice_id,
        member_id=certificate.member_id,
        program=certificate.program,
        sentence=sentence,
        changes=changes,
        now=now,
    )
    hasten("certificates.tasks.make", str(certificate.pk))
