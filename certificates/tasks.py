"""Makes certificates' PDFs outside the request."""

from uuid import UUID

from celery import shared_task

from certificates.services import (
    claim_paper,
    give_back,
    keep_paper,
    print_paper,
    waiting_ids,
)
from core.clock import now
from core.pdf import PdfError
from core.scope import Scope, scoped


@shared_task(name="certificates.tasks.make")
def make(certificate_id: str) -> None:
    """Make one certificate's PDF, if it still waits."""
    with scoped(Scope.sweep()):
        claim = claim_paper(certificate_id=UUID(certificate_id), now=now())
    if claim is None:
        return
    # No transaction is open while the PDF is made.
    try:
        content = print_paper(claim=claim)
    except PdfError as error:
        with scoped(Scope.sweep()):
            give_back(claim=claim, error=error)
        return
    with scoped(Scope.sweep()):
        keep_paper(claim=claim, content=content)


@shared_task(name="certificates.tasks.make_waiting")
def make_waiting() -> None:
    """Make every PDF that waits: what a lost message or a killed worker left."""
    with scoped(Scope.sweep()):
        found = waiting_ids(now=now())
    for certificate_id in found:
        make.delay(str(certificate_id))
