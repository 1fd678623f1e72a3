"""A credential's badge: what anybody with its address sees, and nothing else (N14)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import wrap
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from certificates.models import Badge, Certificate, CertificateEvent
from core.files import is_kept
from core.medal import Words
from core.scope import Scope, scoped
from credentials.policy import Policy, day_words, policy_for
from portal.queries.verification import Verdict, credential_verdict, paper_verdict

BROWN = "#6b5011"
LINE_WIDTH, LINE_HEIGHT, FIRST_LINE = 24, 14, 128


@dataclass(frozen=True)
class Picture:
    """What the badge's drawing says; each line of the title has its height."""

    issuer: str
    code: str
    lines: Sequence[tuple[str, int]]
    until: str

    @property
    def words(self) -> Sequence[Words]:
        """Its lines, as they are painted: those of the drawing."""
        return (
            Words(self.issuer, 66, 17, BROWN),
            Words(self.code, 103, 32),
            *(Words(text, height, 12) for text, height in self.lines),
            Words(self.until, 188, 11, BROWN),
        )

    @property
    def alt(self) -> str:
        """What the drawing says to somebody who listens."""
        title = " ".join(line for line, _ in self.lines)
        return f"Badge: {self.issuer}, {title} ({self.code}), {self.until}"


@dataclass(frozen=True)
class BadgeShown:
    """All that anybody may know of a badge."""

    badge_id: UUID
    name: str
    credential: str
    code: str
    issuer: str
    criteria: Sequence[str]
    rule: str
    source: str
    number: str
    credential_number: str
    issued_on: date
    valid_from: date
    valid_until: date
    certificate: Verdict
    standing: Verdict
    picture: Picture
    paper_ready: bool

    @property
    def facts(self) -> list[tuple[str, str, bool]]:
        """The facts as the page lists them; the third says whether it is a number."""
        return [
            ("Issued to", self.name, False),
            ("Credential", self.credential, False),
            ("Credential number", self.credential_number, True),
            ("Issued", day_words(self.issued_on), False),
            ("Expires", day_words(self.valid_until), False),
            ("Issued by", self.issuer, False),
            ("Certificate number", self.number, True),
        ]

    @property
    def verify_url(self) -> str:
        """The public check of its certificate."""
        return reverse("verify", kwargs={"number": self.number})


def badge_address(badge_id: UUID) -> str:
    """Give the whole address that a holder hands out."""
    return settings.BASE_URL + reverse("badge", kwargs={"badge_id": badge_id})


def program_of_badge(badge_id: UUID) -> str | None:
    """Find which body's day decides about a badge; None where there is none to see."""
    with scoped(Scope.badge(badge_id)):
        shared = Badge.objects.shared().filter(pk=badge_id)
        return shared.values_list("program", flat=True).first()


def badge_shown(badge_id: UUID, *, today: date) -> BadgeShown | None:
    """Read a badge that is shared; None for all others, whatever became of them."""
    with scoped(Scope.badge(badge_id)):
        badge = Badge.objects.shared().filter(pk=badge_id).first()
        certificate = newest_certificate(badge.certification_id) if badge else None
        if badge is None or certificate is None:
            return None
        return _shown(badge, certificate, today)


def paper_of_badge(badge_id: UUID) -> Certificate | None:
    """Find the certificate behind a badge that is shared, if its PDF is there."""
    with scoped(Scope.badge(badge_id)):
        badge = Badge.objects.shared().filter(pk=badge_id).first()
        found = newest_certificate(badge.certification_id) if badge else None
        return found if found is not None and _is_made(found) else None


def newest_certificate(certification_id: UUID) -> Certificate | None:
    """Find a credential's newest certificate, leaving out what another replaced.

    One that was revoked is shown as that, whatever was issued before it.
    """
    found = list(
        Certificate.objects.filter(certification=certification_id)
        .prefetch_related("events")
        .order_by("-valid_from", "-issued_at")
    )
    replaced = CertificateEvent.Kind.SUPERSEDED
    kept = [
        each
        for each in found
        if all(event.kind != replaced for event in each.events.all())
    ]
    return next(iter(kept or found), None)


def picture_of(certificate: Certificate, policy: Policy) -> Picture:
    """Say what the drawing of a certificate's badge says."""
    title, _, code = str(certificate.facts["credential_title"]).rpartition(" (")
    lines = wrap(title, LINE_WIDTH)
    return Picture(
        issuer=policy.body_name,
        code=code.removesuffix(")"),
        lines=[
            (line, FIRST_LINE + LINE_HEIGHT * place) for place, line in enumerate(lines)
        ],
        until=f"through {day_words(certificate.valid_until)}",
    )


def _shown(badge: Badge, certificate: Certificate, today: date) -> BadgeShown | None:
    policy = policy_for(badge.program, on=certificate.valid_until)
    if policy.badge is None:
        return None
    facts = certificate.facts
    picture = picture_of(certificate, policy)
    return BadgeShown(
        badge_id=badge.pk,
        name=facts["holder_name"],
        credential=facts["credential_title"],
        code=picture.code,
        issuer=policy.body.full_name,
        criteria=policy.badge.criteria,
        rule=policy.badge.basis.rule,
        source=policy.source_title(policy.badge.basis.source),
        number=certificate.number,
        credential_number=facts["credential_number"],
        issued_on=certificate.issued_on,
        valid_from=certificate.valid_from,
        valid_until=certificate.valid_until,
        certificate=paper_verdict(certificate, today),
        standing=credential_verdict(certificate, today),
        picture=picture,
        paper_ready=_is_made(certificate),
    )


def _is_made(certificate: Certificate) -> bool:
    made = certificate.paper == Certificate.Paper.READY
    return made and is_kept(certificate.file_key)
