"""Certificates that rest on credit no longer there: shown until staff act (A9)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from credentials.policy import credit_words, policy_for
from portal.queries.learning import window_words
from renewals.queries import Life, Short, all_short_certificates, short_certificates


@dataclass(frozen=True)
class Resting:
    """One such certificate, whose it is, and the page that revokes it."""

    name: str
    member_url: str
    number: str
    text: str
    revoke_url: str


def resting_of(life: Life, today: date) -> list[Resting]:
    """List those of one member."""
    return _rows(short_certificates(life, today))


def all_resting(program: str, *, today: date) -> Sequence[Resting]:
    """List those of all of a body's members, by name."""
    return _rows(all_short_certificates(program, today=today))


def _rows(found: Iterable[Short]) -> list[Resting]:
    return [_row(short) for short in found]


def _row(short: Short) -> Resting:
    window = short.held.window
    certificate = short.held.certificate
    assert certificate is not None
    program = window.program
    return Resting(
        name=window.member.name,
        member_url=reverse(
            "staff_member", kwargs={"program": program, "member_id": window.member_id}
        ),
        number=certificate.number,
        text=short_words(short),
        revoke_url=reverse(
            "staff_revoke",
            kwargs={"program": program, "certificate_id": certificate.pk},
        ),
    )


def short_words(short: Short) -> str:
    """Say what an issued certificate rests on (A9)."""
    window, certificate = short.held.window, short.held.certificate
    have, need = credit_words(short.verdict.have), credit_words(short.verdict.need)
    unit = policy_for(window.program, on=window.last_on).unit
    number = certificate.number if certificate else ""
    return (
        f"Certificate {number} for the term {window_words(window)} stays issued, "
        f"but only {have} of {need} {unit} stand behind it."
    )
