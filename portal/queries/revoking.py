"""What revoking a certificate would do (A9)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from accounts.access import OWN_RECORD, is_own_record
from certificates.models import Certificate, CertificateEvent
from core.failures import Missing
from credentials.policy import day_words
from portal.queries.holding import certificate_tag
from portal.queries.places import body_name
from portal.queries.resting import resting_of
from portal.queries.shown import Tag
from renewals.queries import life_of


@dataclass(frozen=True)
class RevokePage:
    """All the template shows; `blocked` says why there is nothing to revoke."""

    body_name: str
    member: str
    member_url: str
    number: str
    tag: Tag
    verify_url: str
    facts: Sequence[tuple[str, str]]
    why: Sequence[str]
    follows: Sequence[str]
    blocked: str


def certificate_of(program: str, certificate_id: UUID) -> Certificate:
    """Find a certificate the body issued.

    Raises:
        Missing: it issued no such certificate.
    """
    found = (
        Certificate.objects.of_program(program)
        .filter(pk=certificate_id)
        .select_related("member", "practice")
        .prefetch_related("events")
        .first()
    )
    if found is None:
        raise Missing("Not found.")
    return found


def revoke_page(
    certificate: Certificate, *, reader_id: UUID, today: date
) -> RevokePage:
    """Say whose certificate it is, what it rests on, and what follows."""
    member, practice = certificate.member, certificate.practice
    place = {"program": certificate.program, "member_id": member.pk}
    life = life_of(member.pk, certificate.program)
    return RevokePage(
        body_name=body_name(certificate.program),
        member=member.name,
        member_url=reverse("staff_member", kwargs=place),
        number=certificate.number,
        tag=certificate_tag(certificate, today),
        verify_url=reverse("verify", kwargs={"number": certificate.number}),
        facts=[
            ("Certificate", str(certificate.facts["title"])),
            ("Name on it", str(certificate.facts["holder_name"])),
            ("Practice on it", practice.name if practice else "None: pays alone"),
            *_attested(certificate),
            ("Valid", certificate.days_text),
            ("Issued", day_words(certificate.issued_on)),
        ],
        why=[
            each.text
            for each in resting_of(life, today)
            if each.number == certificate.number
        ],
        follows=_follows(certificate),
        blocked=_blocked(certificate, reader_id),
    )


def _attested(certificate: Certificate) -> list[tuple[str, str]]:
    number = certificate.attestation_number
    return [("Attestation number", number)] if number else []


def _follows(certificate: Certificate) -> list[str]:
    if certificate.certification_id is not None:
        return _follows_in_a_cycle(certificate.member.name)
    name, practice = certificate.member.name, certificate.practice
    who = f"{name} and {practice.name} keep" if practice else f"{name} keeps"
    return [
        "Whoever checks the number reads “Revoked” at once.",
        f"{who} it in the list, marked Revoked.",
        "The holder and the practice are told by e-mail, with your reason.",
        "The term and the renewal date stay as they are.",
        "It can't be taken back, and the term gets no other certificate.",
    ]


def _follows_in_a_cycle(name: str) -> list[str]:
    return [
        "Whoever checks the number, or looks at a badge, reads “Revoked” at once.",
        f"{name} keeps it in the list, marked Revoked.",
        "The holder is told by e-mail, with your reason.",
        "The cycle and the credential's standing stay as they are.",
        "It can't be taken back, and the cycle gets no other certificate of it.",
    ]


def _blocked(certificate: Certificate, reader_id: UUID) -> str:
    if is_own_record(reader_id, certificate.member):
        return OWN_RECORD
    for event in certificate.events.all():
        if event.kind == CertificateEvent.Kind.REVOKED:
            on = day_words(event.on)
            return f"Revoked on {on} by {event.by}. Reason: {event.reason}"
    return ""
