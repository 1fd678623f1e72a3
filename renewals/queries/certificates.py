"""What a term's certificate rests on today, whatever became of it (A9, A10)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from ce_credits.models import CreditAward
from credentials.models import Window
from credentials.policy import Policy, credit_words, policy_for
from renewals.models import TermCertificate
from renewals.queries.lives import Life, lives_of
from renewals.rules import CertificateVerdict, certificate_verdict

State = TermCertificate.State


def verdict_of(window: Window, life: Life, today: date) -> CertificateVerdict:
    """Judge the certificate of one of a life's terms by the facts of today (A10)."""
    place = window.sequence - 1
    terms = life.terms
    earned = life.certification
    return certificate_verdict(
        _closing_policy(window, life),
        terms=terms,
        term=terms[place],
        credits=life.credits,
        certified_on=earned.earned_on if earned else None,
        waived_on=terms[place].waived_on,
        as_of=today,
    )


def _closing_policy(window: Window, life: Life) -> Policy:
    # The term that closes decides what is asked: the pack of its last day (X6).
    place = max(window.sequence - 2, 0)
    return policy_for(window.program, on=life.windows[place].last_on)


@dataclass(frozen=True)
class Short:
    """An issued certificate, and what the facts of today would say instead (A9)."""

    held: TermCertificate
    verdict: CertificateVerdict


def short_certificates(life: Life, today: date) -> list[Short]:
    """List a life's issued certificates that rest on credit no longer there (A9).

    They stay issued until staff revoke them; those that ended are left out.
    """
    found = []
    for held in life.certificates:
        if held.state != State.ISSUED or held.window_id in life.endings:
            continue
        verdict = verdict_of(held.window, life, today)
        if verdict.state == "held":
            found.append(Short(held, verdict))
    return found


def all_short_certificates(program: str, *, today: date) -> list[Short]:
    """List a body's issued certificates that rest on credit no longer there (A9).

    Only a later award takes credit away, so only members who have one are read; the
    number of statements does not grow with them.
    """
    changed = CreditAward.objects.filter(
        activity__member=OuterRef("window__member"),
        activity__program=program,
        sequence__gt=1,
        decided_at__gte=OuterRef("certificate__issued_at"),
    )
    ids = (
        TermCertificate.objects.filter(
            Exists(changed),
            window__program=program,
            state=State.ISSUED,
            certificate__events=None,
        )
        .order_by("window__member__last_name", "window__member__first_name")
        .values_list("window__member", flat=True)
    )
    lives = lives_of(dict.fromkeys(ids), program)
    return [
        short for life in lives.values() for short in short_certificates(life, today)
    ]


def certificate_words(
    window: Window, held: TermCertificate, ending: str | None = None
) -> str:
    """Say how a term's certificate ended, that it is issued, or what it waits for."""
    if ending:
        return f"Certificate {ending}."
    if held.state == State.ISSUED:
        return "Certificate issued."
    unit = policy_for(window.program, on=window.last_on).unit
    waits = []
    if "credential" in held.missing:
        waits.append("the credential has to be earned")
    if "credits" in held.missing:
        have, need = credit_words(held.have), credit_words(held.need)
        waits.append(f"{have} of {need} {unit}")
    return f"Certificate held: {' and '.join(waits)}."
