"""One's own certificates: the paper, the check, and what is shared of them (N14)."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import Member
from certificates.models import Badge, Certificate
from core.business_days import business_day_after
from core.failures import Missing
from credentials.models import Certification
from credentials.policy import cycle_programs, day_words, policy_for, programs
from portal.queries.badges import badge_address
from portal.queries.holding import CertificateRow, certificate_rows
from renewals.queries import working_cycle

Today = Callable[[str], date]


@dataclass(frozen=True)
class BadgeCard:
    """What can be done about the badge of a credential; one of the two addresses."""

    share_url: str
    shared_url: str
    withdraw_url: str


@dataclass(frozen=True)
class Held:
    """A credential with its certificates; `badge` is None where there is none."""

    title: str
    number: str
    since_text: str
    expected: str
    name_text: str
    rows: Sequence[CertificateRow]
    badge: BadgeCard | None
    anchor: str


@dataclass(frozen=True)
class MyCertificates:
    """All the template shows."""

    held: Sequence[Held]
    others: Sequence[CertificateRow]

    @property
    def verdict(self) -> str:
        """How many there are."""
        count = sum(len(each.rows) for each in self.held) + len(self.others)
        if not count:
            return "No certificate is issued yet."
        return "1 certificate" if count == 1 else f"{count} certificates"


def my_certificates(member: Member, *, today: Today) -> MyCertificates:
    """List a member's certificates by credential, the newest first."""
    by_credential: defaultdict[UUID | None, list[Certificate]] = defaultdict(list)
    for each in own_certificates(member).prefetch_related("events"):
        by_credential[each.certification_id].append(each)
    earned = Certification.objects.filter(
        member=member, program__in=cycle_programs()
    ).order_by("program", "code", "-nth")
    shared = {
        each.certification_id: each for each in own_badges(member).order_by("shared_at")
    }
    return MyCertificates(
        held=[
            _held(each, by_credential[each.pk], shared.get(each.pk), today)
            for each in earned
        ],
        others=[
            row
            for each in by_credential[None]
            for row in certificate_rows([each], _url, today(each.program))
        ],
    )


def own_certificates(member: Member) -> "QuerySet[Certificate]":
    """What was ever issued to a member, the newest first."""
    mine = Certificate.objects.visible_to(member).filter(program__in=programs())
    return mine.order_by("-valid_from", "-issued_at")


def own_badges(member: Member) -> "QuerySet[Badge]":
    """What a member shares now."""
    mine = Badge.objects.visible_to(member).shared()
    return mine.select_related("certification")


def own_certification(member: Member, certification_id: UUID) -> Certification:
    """Find a credential of a member's.

    Raises:
        Missing: it is nobody's, or somebody else's.
    """
    found = Certification.objects.filter(member=member, pk=certification_id).first()
    if found is None:
        raise Missing("Not found.")
    return found


def own_badge(member: Member, badge_id: UUID) -> Badge:
    """Find a badge of a member's, also one that is withdrawn.

    Raises:
        Missing: it is nobody's, or somebody else's.
    """
    mine = Badge.objects.visible_to(member).select_related("certification")
    found = mine.filter(pk=badge_id).first()
    if found is None:
        raise Missing("Not found.")
    return found


def _held(
    row: Certification,
    certificates: Sequence[Certificate],
    badge: Badge | None,
    today: Today,
) -> Held:
    day = today(row.program)
    policy = policy_for(row.program, on=day)
    credential = policy.credential_of(row.code)
    newest = certificates[0] if certificates else None
    gives = newest and policy_for(row.program, on=newest.valid_until).badge
    return Held(
        title=f"{credential.title} ({row.code})" if credential else row.code,
        number=row.number,
        since_text=f"since {day_words(row.earned_on)}",
        expected=expected_words(row, day),
        name_text=str(newest.facts["holder_name"]) if newest else row.member.name,
        rows=certificate_rows(certificates, _url, day),
        badge=_badge(row, badge) if gives else None,
        anchor=f"badge-{row.pk}",
    )


def expected_words(row: Certification, day: date) -> str:
    """Say by when the next certificate can be expected; empty with no application."""
    cycle = working_cycle(row.member, row.program, day)
    waiting = cycle.in_review(day) if cycle else None
    if cycle is None or waiting is None:
        return ""
    rules = cycle.policy.cycles.certificate
    by = business_day_after(
        cycle.last_on, rules.business_days, country=cycle.policy.body.holidays
    )
    issued = "Your next certificate is issued when your application is approved"
    if day > by:
        return f"{issued}."
    last, count = day_words(cycle.last_on), rules.business_days
    return (
        f"{issued}: expect it by {day_words(by)}, {count} business days after {last}."
    )


def _badge(row: Certification, badge: Badge | None) -> BadgeCard:
    share = reverse("share_badge", kwargs={"certification_id": row.pk})
    if badge is None:
        return BadgeCard(share, "", "")
    withdraw = reverse("withdraw_badge", kwargs={"badge_id": badge.pk})
    return BadgeCard("", badge_address(badge.pk), withdraw)


def _url(certificate: Certificate) -> str:
    return reverse("my_certificate", kwargs={"certificate_id": certificate.pk})
