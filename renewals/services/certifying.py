"""Issuing the certificates of a cycle: one for each credential (N1, N14)."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID, uuid5

from django.conf import settings
from django.urls import reverse

from accounts.models import Member
from certificates.models import Certificate
from certificates.services import CREDENTIAL_LAYOUT, Draft, issue
from core.actor import Actor
from core.outbox import tell
from core.words import day_words
from credentials.events import CertificationEarned
from credentials.models import Certification
from renewals.models import Recertification
from renewals.queries import facts_of, history_of
from renewals.rules.cycles import (
    Certified,
    Earned,
    certified_first,
    certified_next,
)

LETTER = "cycle_certificate"


def certify_next(
    *, actor: Actor, row: Recertification, today: date, now: datetime
) -> Sequence[Certificate]:
    """Issue a certificate of the next cycle for each credential that goes on (N14).

    The name is the application's: it was held against the profile when it was sent.

    Args:
        actor: who approved it.
        row: the application, approved and locked; the trail has the approval.
        today: the day in the body's zone.
        now: the instant, UTC.
    """
    history = history_of(facts_of(row.member_id, row.program), row.program, as_of=today)
    held = {
        (each.code, each.earned_on): each
        for each in Certification.objects.filter(member=row.member, program=row.program)
    }
    issued = []
    for each in certified_next(history, row.cycle_last_on, today):
        certification = held[each.earned.code, each.earned.on]
        draft = draft_of(
            each,
            certification,
            name=row.name or row.member.name,
            source_id=uuid5(row.pk, str(certification.pk)),
            statement=each.cycle.policy.cycles.certificate.recertified,
        )
        issued.append(issue(actor=actor, draft=draft, today=today, now=now))
    _tell(row.member, row.pk, issued, now)
    return issued


def certify_earned(event: CertificationEarned) -> Certificate | None:
    """Issue the first certificate of a credential; None where its cycle is over."""
    row = event.certification
    history = history_of(
        facts_of(row.member_id, row.program), row.program, as_of=event.today
    )
    found = certified_first(history, Earned(row.code, row.earned_on), event.today)
    if found is None:
        return None
    draft = draft_of(
        found,
        row,
        name=row.member.name,
        source_id=row.pk,
        statement=found.cycle.policy.cycles.certificate.earned,
    )
    issued = issue(actor=event.actor, draft=draft, today=event.today, now=event.now)
    _tell(row.member, row.pk, [issued], event.now)
    return issued


def draft_of(
    certified: Certified,
    row: Certification,
    *,
    name: str,
    source_id: UUID,
    statement: str,
) -> Draft:
    """Write what a certificate of a cycle is to say, in the words of its pack.

    Args:
        certified: for which days.
        row: the credential.
        name: its holder's.
        source_id: what it is issued for.
        statement: what the holder did for it.
    """
    policy = certified.cycle.policy
    words = policy.cycles.certificate
    credential = policy.credential_of(row.code)
    return Draft(
        layout=CREDENTIAL_LAYOUT,
        program=row.program,
        member=row.member,
        holder_name=name,
        certification=row,
        # Whoever certifies by cycles certifies a person, whoever they work for.
        practice=None,
        sponsorship=None,
        source_id=source_id,
        issuer=policy.body_name,
        title=words.title,
        subtitle=words.subtitle,
        seal=words.seal,
        credential_title=(
            f"{credential.title} ({row.code})" if credential else row.code
        ),
        credential_number=row.number,
        statement=statement,
        number_prefix=words.number_prefix,
        attestation_prefix=None,
        valid_from=certified.first_on,
        valid_until=certified.last_on,
        credits_have=None,
        credits_need=None,
        unit="",
        waived=False,
    )


def _tell(
    member: Member, about: UUID, issued: Iterable[Certificate], now: datetime
) -> None:
    """Tell the holder, in one letter, that certificates are issued."""
    papers = list(issued)
    if not papers or not member.written_to:
        return
    first = papers[0]
    tell(
        kind=LETTER,
        subject_id=about,
        recipient=member.written_to,
        program=first.program,
        payload={
            "practice": str(first.facts["issuer"]),
            "name": member.first_name,
            "date_text": day_words(first.valid_until),
            "items": [
                f"{each.facts['credential_title']}: {each.number}" for each in papers
            ],
            "url": settings.BASE_URL + reverse("my_certificates"),
        },
        now=now,
    )
