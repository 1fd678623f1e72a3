"""Mail about an audit to the practice that holds its member's seat.

Who is audited, by which body, and by when; never what is asked, sent or found. They are
put together when they leave, so that a practice which stands for nobody of it any more
hears nothing.
"""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from accounts.models import Administration, Practice
from accounts.queries import named_administration, sponsor_of
from ce_credits.models import AuditCase
from core.letters import Letter, Moment
from core.models import OutboxMessage
from core.outbox import tell
from credentials.policy import day_words, policy_for

TO_PRACTICE = "_administrator"
DUE, CLOSED = f"audit_due{TO_PRACTICE}", f"audit_closed{TO_PRACTICE}"


def tell_sponsor(kind: str, case: AuditCase, now: datetime) -> None:
    """Queue a letter to who runs the practice that stands for a member, if any does.

    Args:
        kind: what its member is written at the same time.
    """
    held = _administration(case)
    if held is None:
        return
    tell(
        kind=f"{kind}{TO_PRACTICE}",
        subject_id=case.pk,
        recipient=held.user.email,
        practice_id=held.practice_id,
        program=case.program,
        payload={},
        now=now,
    )


def compose_sponsor(*, message: OutboxMessage, moment: Moment) -> Letter | None:
    """Say who is audited and by when; None where that is no longer theirs to read."""
    cases = AuditCase.objects.filter(pk=message.subject_id)
    case = cases.select_related("member__user").first()
    if case is None or case.is_open == (message.kind == CLOSED):
        return None
    if message.kind == DUE and case.sent_at is not None:
        return None
    held = _administration(case)
    if held is None or held.user.email != message.recipient:
        return None
    practice = held.practice
    place = {"practice": practice.slug, "member_id": case.member_id}
    return Letter(
        {
            "practice": practice.name,
            "name": held.user.name,
            "member": case.member.name,
            "body": policy_for(case.program, on=case.opened_on).body_name,
            "date_text": day_words(case.opened_on),
            "due_text": day_words(case.due_on),
            "url": settings.BASE_URL + reverse("member_record", kwargs=place),
        }
    )


def _administration(case: AuditCase) -> Administration | None:
    """Find who is told; nobody is told twice of their own audit."""
    practice_id = sponsor_of(case.member, case.program)
    if practice_id is None:
        return None
    held = named_administration(Practice.objects.get(pk=practice_id))
    return None if held and held.user_id == case.member.user_id else held
