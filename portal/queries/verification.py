"""What the public may know of a certificate, and of the credential today."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Subquery

from certificates.models import Certificate, CertificateEvent
from certificates.rules import normalise_number
from core.scope import Scope, scoped
from credentials.models import StandingPeriod
from credentials.policy import (
    YearDay,
    cycle_programs,
    day_words,
    licence_programs,
    policy_for,
)
from renewals.models import Licence
from renewals.queries import licensed
from renewals.rules import StandingFact
from renewals.rules.licences import retired_since
from renewals.rules.published import (
    GOOD,
    LAPSED,
    LAST_APPROVED,
    UNKNOWN,
    Published,
    published,
)

Kind = CertificateEvent.Kind
PAPER_CODES = ("valid", "expired", "superseded", "revoked")


@dataclass(frozen=True)
class Verdict:
    """An answer in a word: tone is good, late, bad or neutral."""

    tone: str
    word: str
    icon: str
    code: str


@dataclass(frozen=True)
class Check:
    """The public answer about one certificate; nothing else of the person."""

    name: str
    credential: str
    number: str
    attestation_number: str | None
    title: str
    issuer: str
    valid_from: date
    valid_until: date
    issued_on: date
    certificate_verdict: Verdict
    credential_verdict: Verdict | None
    licence_verdict: Verdict | None
    days: tuple[str, str]
    for_good: bool

    @property
    def rows(self) -> list[tuple[str, str, bool]]:
        """The facts as the page lists them; the third says whether it is a number."""
        attested = self.attestation_number
        numbers = [("Attestation number", attested, True)] if attested else []
        return [
            ("Certificate", self.title, False),
            ("Certificate number", self.number, True),
            *numbers,
            (*self.days, False),
            ("Issued by", f"{self.issuer}, on {day_words(self.issued_on)}", False),
        ]


def program_of(number: str) -> str | None:
    """Find which body's day decides about a number; None for an unknown one."""
    canonical = normalise_number(number)
    if canonical is None:
        return None
    with scoped(Scope.public(canonical)):
        return (
            Certificate.objects.filter(number=canonical)
            .values_list("program", flat=True)
            .first()
        )


def check_number(number: str, *, today: date) -> Check | None:
    """Check what somebody typed; None for unknown, however near a guess was."""
    canonical = normalise_number(number)
    if canonical is None:
        return None
    with scoped(Scope.public(canonical)):
        certificate = (
            Certificate.objects.filter(number=canonical)
            .prefetch_related("events")
            .first()
        )
        return _check(certificate, today) if certificate else None


def _check(certificate: Certificate, today: date) -> Check:
    facts = certificate.facts
    return Check(
        name=facts["holder_name"],
        credential=facts["credential_title"],
        number=certificate.number,
        attestation_number=certificate.attestation_number,
        title=facts["title"],
        issuer=facts["issuer"],
        valid_from=certificate.valid_from,
        valid_until=certificate.valid_until,
        issued_on=certificate.issued_on,
        certificate_verdict=paper_verdict(certificate, today),
        # A course that was taken says nothing of how anybody stands.
        credential_verdict=(
            None if certificate.for_good else credential_verdict(certificate, today)
        ),
        licence_verdict=licence_verdict(certificate, today),
        days=_days(certificate),
        for_good=certificate.for_good,
    )


def _days(certificate: Certificate) -> tuple[str, str]:
    first = day_words(certificate.valid_from)
    if certificate.for_good:
        return "Completed", first
    return "Valid", f"{first} through {day_words(certificate.valid_until)}"


def paper_verdict(certificate: Certificate, today: date) -> Verdict:
    """Say what a certificate is worth on a day; its events are read."""
    events = {event.kind: event for event in certificate.events.all()}
    if Kind.REVOKED in events:
        on = day_words(events[Kind.REVOKED].on)
        return Verdict("bad", f"Revoked {on}", "close", "revoked")
    if Kind.SUPERSEDED in events:
        replaced_by = events[Kind.SUPERSEDED].replaced_by
        by = f" by {replaced_by.number}" if replaced_by else ""
        return Verdict("late", f"Superseded{by}", "clock", "superseded")
    if today > certificate.valid_until:
        on = day_words(certificate.valid_until)
        return Verdict("late", f"Expired {on}", "clock", "expired")
    if today < certificate.valid_from:
        on = day_words(certificate.valid_from)
        return Verdict("good", f"Valid from {on}", "check", "valid")
    return Verdict("good", "Valid", "check", "valid")


def credential_verdict(certificate: Certificate, today: date) -> Verdict:
    """Say how its holder stands on a day, in the body's public words."""
    rows = StandingPeriod.objects.filter(
        member=certificate.member_id, program=certificate.program
    )
    newest = rows.order_by("-recording").values("recording")[:1]
    timeline = rows.filter(recording=Subquery(newest)).order_by("from_on")
    found = published(
        [StandingFact(*each) for each in timeline.values_list("from_on", "standing")],
        today,
        ends=ends_of(certificate.program, today),
        # Of a credential that ended, no certificate begins in what came after.
        earned_on=certificate.valid_from,
    )
    return verdict_of(found, certificate.program, today)


def licence_verdict(certificate: Certificate, today: date) -> Verdict | None:
    """Say that its holder is retired; None of anybody else (M11, M13).

    Retired is who retired from every licence they entered with the body: who keeps one
    may practise. Nothing else of a licence is public, as nothing else is computed.
    """
    if certificate.program not in licence_programs():
        return None
    licences = Licence.objects.standing().filter(
        member=certificate.member_id, program=certificate.program
    )
    since = retired_since([licensed(each) for each in licences], today)
    if since is None:
        return None
    return Verdict("late", f"Retired since {day_words(since)}", "clock", "retired")


def ends_of(program: str, today: date) -> YearDay | None:
    """Find on which day of the year a body's cycles end; None for one of terms."""
    if program not in cycle_programs():
        return None
    return policy_for(program, on=today).cycles.cycle.ends


def verdict_of(found: Published, program: str, today: date) -> Verdict:
    """Put what is published into the body's words."""
    current, ended = policy_for(program, on=today).public_words
    if found.code == GOOD:
        return Verdict("good", current, "check", GOOD)
    if found.code == LAST_APPROVED and found.through:
        words = f"Certified through {day_words(found.through)} (last approved)"
        return Verdict("late", words, "clock", LAST_APPROVED)
    if found.since is None:
        return Verdict("neutral", "Not known", "info", UNKNOWN)
    verb = "Lapsed" if found.code == LAPSED else ended
    return Verdict("late", f"{verb} {day_words(found.since)}", "clock", found.code)
