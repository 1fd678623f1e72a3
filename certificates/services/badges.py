"""Sharing a credential as a badge, and withdrawing it: its holder alone may (N14)."""

from datetime import datetime

from django.db import IntegrityError, transaction

from certificates.models import Badge
from core.actor import Actor
from core.audit import record
from core.failures import NotEligible
from credentials.models import Certification
from credentials.policy import policy_for


@transaction.atomic
def share_badge(*, actor: Actor, certification: Certification, now: datetime) -> Badge:
    """Let anybody with the address see a credential; shared already, give that badge.

    Args:
        actor: its holder.
        certification: the credential.
        now: the instant, UTC.

    Raises:
        NotEligible: there is no certificate of it yet, or its body gives no badges.
    """
    known = _shared(certification)
    if known:
        return known
    newest = certification.certificates.first()
    if newest is None:
        raise NotEligible("It can be shared once its certificate is issued.")
    if policy_for(certification.program, on=newest.valid_until).badge is None:
        raise NotEligible("This body gives no badges.")
    try:
        with transaction.atomic():
            badge = Badge.objects.create(
                member_id=certification.member_id,
                program=certification.program,
                certification=certification,
                shared_at=now,
            )
    except IntegrityError:
        # Another tab was first.
        return Badge.objects.shared().get(certification=certification)
    _note(actor, badge, "shared", f"Shared the badge of {certification.code}", now)
    return badge


@transaction.atomic
def withdraw_badge(*, actor: Actor, badge: Badge, now: datetime) -> None:
    """Let nobody see a badge any more, at once and for good; again changes nothing.

    Args:
        actor: its holder.
        badge: theirs.
        now: the instant, UTC.
    """
    changed = Badge.objects.shared().filter(pk=badge.pk).update(withdrawn_at=now)
    if changed:
        code = badge.certification.code
        _note(actor, badge, "withdrawn", f"Withdrew the badge of {code}", now)


def _shared(certification: Certification) -> Badge | None:
    return Badge.objects.shared().filter(certification=certification).first()


def _note(actor: Actor, badge: Badge, what: str, said: str, now: datetime) -> None:
    record(
        actor=actor,
        action=f"badge.{what}",
        subject=badge,
        member_id=badge.member_id,
        program=badge.program,
        sentence=said,
        now=now,
    )
