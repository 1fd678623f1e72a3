"""A member's terms and certificates as the record and the holder's page show them."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from certificates.models import Certificate, CertificateEvent
from credentials.policy import day_words
from portal.queries.shown import Tag
from renewals.models import TermCertificate
from renewals.queries import Life, certificate_words

PaperUrl = Callable[[Certificate], str]


@dataclass(frozen=True)
class TermRow:
    """One term with what became of its certificate."""

    first_text: str
    last_text: str
    renewal_text: str
    applied_text: str
    certificate: Tag
    certificate_url: str
    certificate_why: str


@dataclass(frozen=True)
class CertificateRow:
    """One certificate with the ways to it."""

    title: str
    number: str
    attestation: str
    term_text: str
    tag: Tag
    pdf_url: str
    verify_url: str


def term_rows(
    life: Life, url_of: PaperUrl, may_open: Callable[[Certificate], bool]
) -> list[TermRow]:
    """List a member's terms, the newest first."""
    by_window = {held.window_id: held for held in life.certificates}
    rows = []
    for window in reversed(life.windows):
        held = by_window.get(window.pk)
        certificate = held.certificate if held else None
        opens = certificate is not None and may_open(certificate)
        rows.append(
            TermRow(
                first_text=day_words(window.first_on),
                last_text=day_words(window.last_on),
                renewal_text=day_words(window.renewal_on),
                applied_text=day_words(window.applied_on),
                certificate=held_tag(held, life.endings.get(window.pk)),
                certificate_url=url_of(certificate) if certificate and opens else "",
                certificate_why=(
                    certificate_words(window, held) if held and not certificate else ""
                ),
            )
        )
    return rows


def held_tag(held: TermCertificate | None, ending: str | None = None) -> Tag:
    """Say in a word how far a term's certificate is, or how it ended."""
    if held is None:
        return Tag("neutral", "None")
    if ending:
        tone = "bad" if ending == CertificateEvent.Kind.REVOKED else "neutral"
        return Tag(tone, ending.capitalize())
    if held.state == TermCertificate.State.HELD:
        return Tag("warn", "Held")
    return Tag("ok", "Issued")


def certificate_rows(
    certificates: Sequence[Certificate],
    url_of: PaperUrl,
    today: date,
    *,
    ended: Mapping[UUID, Collection[str]] | None = None,
) -> list[CertificateRow]:
    """List certificates with their state today.

    Args:
        ended: how each ended, where that was read already.
    """
    return [
        CertificateRow(
            title=str(certificate.facts["title"]),
            number=certificate.number,
            attestation=certificate.attestation_number or "",
            term_text=certificate.days_text,
            tag=certificate_tag(certificate, today, ended=ended),
            pdf_url=url_of(certificate),
            verify_url=reverse("verify", kwargs={"number": certificate.number}),
        )
        for certificate in certificates
    ]


def certificate_tag(
    certificate: Certificate,
    today: date,
    *,
    ended: Mapping[UUID, Collection[str]] | None = None,
) -> Tag:
    """Say in a word what a certificate is worth on a day."""
    if ended is None:
        kinds: Collection[str] = {event.kind for event in certificate.events.all()}
    else:
        kinds = ended.get(certificate.pk, ())
    if CertificateEvent.Kind.REVOKED in kinds:
        return Tag("bad", "Revoked")
    if CertificateEvent.Kind.SUPERSEDED in kinds:
        return Tag("neutral", "Superseded")
    if today > certificate.valid_until:
        return Tag("neutral", "Expired")
    return Tag("ok", "Valid")
