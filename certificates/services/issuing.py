"""Issuing a certificate: numbers, frozen facts, and a paper that waits to be made."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from secrets import randbits
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse

from accounts.models import Member, Practice, Sponsorship
from certificates.layouts import CertificateFacts
from certificates.models import AttestationCount, Certificate, CertificateEvent
from certificates.rules import RANDOM_BITS, attestation_number, new_number
from core.actor import Actor
from core.audit import record
from core.work import hasten
from credentials.models import Certification

TERM_LAYOUT, CREDENTIAL_LAYOUT = "compliance-1", "credential-1"
COURSE_LAYOUT = "course-1"


@dataclass(frozen=True)
class Draft:
    """What a certificate is to say; the caller knows the rules, this app doesn't.

    `source_id` is what it is issued for: a term, a credential in a cycle, or a course,
    whose certificate is valid `FOR_GOOD` from its day on. Without a
    prefix there is no attestation number. Credits are None where none were asked, and
    the unit is empty where nothing is said of credit. `certification` is the credential
    it stands for, where it may be shared.
    """

    layout: str
    program: str
    member: Member
    holder_name: str
    certification: Certification | None
    practice: Practice | None
    sponsorship: Sponsorship | None
    source_id: UUID
    issuer: str
    title: str
    subtitle: str
    seal: str
    credential_title: str
    credential_number: str
    statement: str
    number_prefix: str
    attestation_prefix: str | None
    valid_from: date
    valid_until: date
    credits_have: Decimal | None
    credits_need: Decimal | None
    unit: str
    waived: bool


@transaction.atomic
def issue(*, actor: Actor, draft: Draft, today: date, now: datetime) -> Certificate:
    """Issue a certificate; issuing it again gives back the first one.

    One that was superseded by nothing counts no more: the next edition takes its place.
    Its PDF is made by a worker from the row; until then its paper is waiting.
    """
    known, edition = _known(draft.source_id)
    if known:
        return known
    facts = _facts(draft, today)
    try:
        with transaction.atomic():
            certificate = Certificate.objects.create(
                program=draft.program,
                member=draft.member,
                practice=draft.practice,
                sponsorship=draft.sponsorship,
                source_id=draft.source_id,
                edition=edition,
                number=facts.number,
                attestation_number=facts.attestation_number,
                certification=draft.certification,
                facts=facts.to_json(),
                valid_from=draft.valid_from,
                valid_until=draft.valid_until,
                issued_on=today,
                issued_at=now,
            )
    except IntegrityError:
        return Certificate.objects.get(source_id=draft.source_id, edition=edition)
    record(
        actor=actor,
        action="certificate.issued",
        subject=certificate,
        practice_id=certificate.practice_id,
        member_id=draft.member.pk,
        program=draft.program,
        sentence=f"Issued {draft.title} {certificate.number} to {draft.holder_name}",
        now=now,
    )
    hasten("certificates.tasks.make", str(certificate.pk))
    return certificate


def _known(source_id: UUID) -> tuple[Certificate | None, int]:
    """Find the one that stands, and which edition it is or the next would be."""
    newest = Certificate.objects.filter(source_id=source_id).order_by("edition").last()
    if newest is None:
        return None, 1
    gone = newest.events.filter(kind=CertificateEvent.Kind.SUPERSEDED, replaced_by=None)
    return (None, newest.edition + 1) if gone.exists() else (newest, newest.edition)


def _facts(draft: Draft, today: date) -> CertificateFacts:
    number = new_number(draft.number_prefix, randbits(RANDOM_BITS))
    path = reverse("verify", kwargs={"number": number})
    return CertificateFacts(
        layout=draft.layout,
        title=draft.title,
        subtitle=draft.subtitle,
        issuer=draft.issuer,
        seal=draft.seal,
        holder_name=draft.holder_name,
        credential_title=draft.credential_title,
        practice_name=draft.practice.name if draft.practice else None,
        statement=draft.statement,
        valid_from=draft.valid_from,
        valid_until=draft.valid_until,
        number=number,
        attestation_number=_attestation(draft, today.year),
        credential_number=draft.credential_number,
        credits_have=draft.credits_have,
        credits_need=draft.credits_need,
        unit=draft.unit,
        waived=draft.waived,
        issued_on=today,
        verify_url=f"{settings.BASE_URL}{path}",
        language="en",
        demo=settings.DEMO,
    )


def _attestation(draft: Draft, year: int) -> str | None:
    if draft.attestation_prefix is None:
        return None
    sequence = _next_attestation(draft.program, year)
    return attestation_number(draft.attestation_prefix, year, sequence)


def _next_attestation(program: str, year: int) -> int:
    AttestationCount.objects.get_or_create(program=program, year=year)
    row = AttestationCount.objects.filter(program=program, year=year)
    row.update(last=F("last") + 1)
    return row.get().last
