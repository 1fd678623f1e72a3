"""The words of a certificate: its facts as they are printed, before they are fitted."""

from datetime import date
from decimal import Decimal

from certificates.layouts.facts import CertificateFacts

_MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec"


def _name(day: date) -> str:
    return _MONTHS[3 * day.month - 3 : 3 * day.month]


def month(day: date) -> str:
    """A month and its year, as in "Nov 2025"; no locale is asked."""
    return f"{_name(day)} {day.year}"


def spoken(day: date) -> str:
    """A date in words, as in "Dec 1, 2025"."""
    return f"{_name(day)} {day.day}, {day.year}"


def credits_text(amount: Decimal) -> str:
    """Credits with one decimal, or two where quarter hours need them."""
    tenths = amount.quantize(Decimal("0.1"))
    return str(tenths if tenths == amount else amount.quantize(Decimal("0.01")))


def education(facts: CertificateFacts) -> str:
    """What was earned of what the term asks, as in "3.0 of 3.0 CME"; or nothing.

    Of one day there is only what it brought.
    """
    if not facts.unit:
        return ""
    if facts.for_good:
        return f"{credits_text(facts.credits_have or Decimal(0))} {facts.unit}"
    if not facts.credits_need:
        return "None asked this term"
    have = credits_text(facts.credits_have or Decimal(0))
    need = f"{credits_text(facts.credits_need)} {facts.unit}"
    return f"{have} of {need}{', waived' if facts.waived else ''}"


def days(facts: CertificateFacts) -> str:
    """The days a certificate is about: one, or from one through another."""
    if facts.for_good:
        return spoken(facts.valid_from)
    return f"{spoken(facts.valid_from)} through {spoken(facts.valid_until)}"


def texts(facts: CertificateFacts) -> dict[str, str]:
    """What stands in each slot of the page."""
    return {
        "issuer": facts.issuer,
        "title": facts.title,
        "subtitle": facts.subtitle,
        "holder_name": facts.holder_name,
        "credential_title": facts.credential_title,
        "practice_name": facts.practice_name or "",
        "statement": facts.statement,
        "term": days(facts),
        "attestation_number": facts.attestation_number or "",
        "number": facts.number,
        "credential_number": facts.credential_number,
        "education": education(facts),
        "issued_on": spoken(facts.issued_on),
        "issued_by": facts.issuer,
        "address": facts.verify_url.partition("://")[2].rstrip("/"),
    }
