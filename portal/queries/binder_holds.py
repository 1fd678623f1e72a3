"""What an audit binder of some days and people would hold, as its page counts it."""

from datetime import date

from django.db.models import QuerySet

from accounts.models import Member, Practice
from ce_credits.models import Activity, Proof
from certificates.models import Certificate
from credentials.queries import current_secure, own_documents
from portal.queries.binder_people import Period


def holds(
    practice: Practice,
    program: str,
    period: Period,
    found: "QuerySet[Member]",
    today: date,
) -> list[tuple[str, str]]:
    """Say of each part of a binder how much there is."""
    certificates, reported, proofs = _counts(practice, program, period, found)
    own = own_documents(practice, on_from=period.from_on, on_until=period.until_on)
    secure = [
        each
        for each in current_secure(practice, today=today)
        if each.program == program
    ]
    readable = sum(1 for each in secure if each.readable)
    missing = (
        f", and a page that says why {len(secure) - readable} cannot be opened"
        if readable < len(secure)
        else ""
    )
    return [
        ("Crosswalk", "Each person with certificate, credential and job role"),
        ("Certificates", f"{certificates:,}, as they were issued"),
        ("CE", f"{reported:,} activities with credit, reason and decisions"),
        ("CE proof", f"{proofs:,} files sent in through your practice"),
        ("Totals", "Completed, applied and still needed for each term"),
        ("Documents of the body", f"{readable}{missing}"),
        ("Your documents", f"{len(own)} that cover these days"),
    ]


def _counts(
    practice: Practice, program: str, period: Period, found: "QuerySet[Member]"
) -> tuple[int, int, int]:
    ids = found.order_by().values("pk")
    certificates = Certificate.objects.of(practice).filter(
        program=program,
        member__in=ids,
        valid_from__lte=period.until_on,
        valid_until__gte=period.from_on,
    )
    reported = (
        Activity.objects.of(practice)
        .filter(program=program, member__in=ids, submitted_at__isnull=False)
        .filter(on__gte=period.from_on, on__lte=period.until_on)
        .exclude(state__in=(Activity.State.DRAFT, Activity.State.WITHDRAWN))
    )
    proofs = Proof.objects.of(practice).there().sent().filter(activity__in=reported)
    return certificates.count(), reported.count(), proofs.count()
