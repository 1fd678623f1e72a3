"""What ends a certificate: always a new event, never a change or a delete."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from accounts.access import refuse_own_record
from certificates.models import Certificate, CertificateEvent
from certificates.services.telling import tell_revoked
from core.actor import Actor
from core.audit import record
from core.failures import FieldProblem, NotUsable, Refusal

LONGEST_REASON = 400


def revoke(
    *,
    actor: Actor,
    certificate: Certificate,
    reason: str,
    today: date,
    now: datetime,
) -> CertificateEvent:
    """Take a certificate back from today on, with a reason staff give.

    Its holder and the Practice Administrator it was issued to are told at once.

    Raises:
        NotEligible: it is the actor's own.
        NotUsable: no reason, or one too long.
        Refusal: it was revoked before.
    """
    refuse_own_record(actor, certificate.member)
    kind = CertificateEvent.Kind.REVOKED
    return _end(actor, certificate, kind, reason, None, today, now)


def supersede(
    *,
    actor: Actor,
    certificate: Certificate,
    by: Certificate | None,
    reason: str,
    today: date,
    now: datetime,
) -> CertificateEvent:
    """Replace a certificate from today on; `by` is the one that takes its place.

    Raises:
        NotUsable: no reason, or one too long.
        Refusal: it was superseded before.
    """
    kind = CertificateEvent.Kind.SUPERSEDED
    return _end(actor, certificate, kind, reason, by, today, now)


@transaction.atomic
def _end(
    actor: Actor,
    certificate: Certificate,
    kind: CertificateEvent.Kind,
    reason: str,
    replaced_by: Certificate | None,
    today: date,
    now: datetime,
) -> CertificateEvent:
    said = reason.strip()
    if not said or len(said) > LONGEST_REASON:
        text = "Write why. The reason stays with the certificate."
        if said:
            text = f"Use at most {LONGEST_REASON} characters."
        raise NotUsable(text, [FieldProblem("reason", text)])
    try:
        with transaction.atomic():
            event = CertificateEvent.objects.create(
                certificate=certificate,
                kind=kind,
                on=today,
                at=now,
                reason=said,
                by=actor.label,
                replaced_by=replaced_by,
            )
    except IntegrityError as error:
        text = f"Certificate {certificate.number} is {kind.label.lower()} already."
        raise Refusal(text) from error
    record(
        actor=actor,
        action=f"certificate.{kind}",
        subject=certificate,
        practice_id=certificate.practice_id,
        member_id=certificate.member_id,
        program=certificate.program,
        sentence=f"{kind.label} certificate {certificate.number}",
        reason=said,
        now=now,
    )
    if kind == CertificateEvent.Kind.REVOKED:
        tell_revoked(certificate, event, now)
    return event
