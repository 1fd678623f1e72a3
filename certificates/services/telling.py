"""Mail about a certificate's end, put into the outbox with the event itself."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from accounts.models import Administration
from certificates.models import Certificate, CertificateEvent
from core.outbox import tell
from credentials.policy import day_words


def tell_revoked(
    certificate: Certificate, event: CertificateEvent, now: datetime
) -> None:
    """Tell the holder and the Practice Administrator that a certificate was revoked."""
    facts = certificate.facts
    for name, address, path in _told(certificate):
        if not address:
            continue
        tell(
            kind="certificate_revoked",
            subject_id=event.pk,
            recipient=address,
            practice_id=certificate.practice_id,
            program=certificate.program,
            payload={
                "practice": str(facts["practice_name"] or facts["issuer"]),
                "issuer": str(facts["issuer"]),
                "name": name,
                "holder": str(facts["holder_name"]),
                "title": str(facts["title"]),
                "number": certificate.number,
                "date_text": day_words(event.on),
                "reason": event.reason,
                "url": settings.BASE_URL + path,
            },
            now=now,
        )


def _told(certificate: Certificate) -> list[tuple[str, str, str]]:
    member = certificate.member
    address = member.email or (member.user.email if member.user else "")
    told = [(member.first_name, address, reverse("me"))]
    if certificate.practice is not None:
        # The record of somebody who left is closed: the list of people stays open.
        path = reverse("assignments", kwargs={"practice": certificate.practice.slug})
        named = Administration.objects.filter(
            practice=certificate.practice, named=True, until_at=None
        ).select_related("user")
        told += [(held.user.name, held.user.email, path) for held in named]
    return told
