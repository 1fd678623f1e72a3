"""Which certificate of somebody a practice may open, or why there is none."""

from uuid import UUID

from django.db.models import F

from accounts.models import Practice, Sponsorship
from certificates.models import Certificate, Opening
from core.failures import Missing
from credentials.policy import day_words
from renewals.queries import certificate_words, life_of


def latest_certificate(practice: Practice, member_id: UUID) -> Certificate | None:
    """Find the newest certificate the practice holds for a member.

    One whose term was undone before anybody opened it has no paper.
    """
    return (
        Certificate.objects.of(practice)
        .filter(member=member_id)
        .exclude(opening__kind=Opening.Kind.BARRED)
        .order_by("-valid_from", "-edition")
        .first()
    )


def why_none(practice: Practice, member_id: UUID) -> str:
    """Say why a member of the practice has no certificate.

    Of somebody who left, a practice hears no more than that.

    Raises:
        Missing: the practice never sponsored such a member.
    """
    row = (
        Sponsorship.objects.of(practice)
        .filter(member=member_id)
        .select_related("member")
        .order_by(F("until_on").desc(nulls_first=True))
        .first()
    )
    if row is None:
        raise Missing("Not found.")
    if row.until_on:
        return f"{row.member.name} left {practice.name} on {day_words(row.until_on)}."
    life = life_of(member_id, row.program)
    for held in reversed(life.certificates):
        return f"{row.member.name}: {certificate_words(held.window, held)}"
    return f"{row.member.name} has no membership yet. Assign Membership first."
