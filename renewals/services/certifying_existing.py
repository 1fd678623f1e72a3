"""Certificates for whoever was certified before there were any of cycles (N1, N14)."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import structlog
from django.db import OperationalError, transaction
from django.db.models import Exists, OuterRef

from certificates.models import Certificate
from certificates.services import issue
from core.actor import Actor
from core.scope import Scope, scoped
from credentials.models import Certification
from renewals.queries import facts_of, history_of
from renewals.rules.cycles import Earned, certified_first
from renewals.services.certifying import draft_of

logger = structlog.get_logger(__name__)
ACTOR = Actor.system("certificates of before")


def uncertified(program: str) -> Sequence[UUID]:
    """List a body's credentials that no certificate was ever issued for."""
    papers = Certificate.objects.filter(certification=OuterRef("pk"))
    rows = Certification.objects.filter(~Exists(papers), program=program)
    return list(rows.order_by("recorded_at", "pk").values_list("pk", flat=True))


def certify_all(*, program: str, today: date, now: datetime) -> int:
    """Issue what is missing in a body of cycles; return how many certificates.

    Each is a transaction of its own: what is done stays done, and one that breaks holds
    up no other.
    """
    count = 0
    with scoped(Scope.sweep()):
        waiting = uncertified(program)
    for key in waiting:
        count += _certified(key, today, now)
    if count:
        logger.info("certificates of before", program=program, count=count)
    return count


def _certified(certification_id: UUID, today: date, now: datetime) -> bool:
    try:
        with scoped(Scope.sweep()):
            found = certify_existing(
                certification_id=certification_id, today=today, now=now
            )
    # The database is away: the night comes again.
    except OperationalError:
        raise
    except Exception:
        logger.exception("not certified", certification=str(certification_id))
        return False
    return found is not None


@transaction.atomic
def certify_existing(
    *, certification_id: UUID, today: date, now: datetime
) -> Certificate | None:
    """Issue the certificate of the cycle a credential is in; again, it is the first.

    Nobody is mailed: nothing has changed for them.

    Args:
        certification_id: one of `uncertified`.
        today: the day in the body's zone.
        now: the instant, UTC.

    Returns:
        None where its cycle is over: that certifies nothing.
    """
    row = Certification.objects.select_related("member").get(pk=certification_id)
    if Certificate.objects.filter(certification=row).exists():
        return None
    history = history_of(facts_of(row.member_id, row.program), row.program, as_of=today)
    found = certified_first(history, Earned(row.code, row.earned_on), today)
    if found is None:
        return None
    words = found.cycle.policy.cycles.certificate
    first = found.first_on == row.earned_on
    draft = draft_of(
        found,
        row,
        name=row.member.name,
        source_id=row.pk,
        statement=words.earned if first else words.recertified,
    )
    return issue(actor=ACTOR, draft=draft, today=today, now=now)
