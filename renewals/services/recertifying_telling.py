"""Mail about an application, put into the outbox with the change itself."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from ce_credits.rules import Reason
from core.outbox import tell
from core.words import day_words
from credentials.policy import policy_for
from renewals.models import Recertification
from renewals.queries import is_paid, last_payable, weeks_words, working_cycle
from renewals.rules.cycles import Cycle

WHAT = {
    "recertification": "application for recertification",
    "extension": "request for an extension",
    "reinstatement": "application for reinstatement",
}
ROUTES = {
    "recertification": "recertify",
    "extension": "recertify_extension",
    "reinstatement": "recertify_reinstatement",
}

# What a reinstatement that is paid waits for (N8).
FOLLOWS = "Report what is missing by {until}: then it goes to review by itself."


def tell_application(
    row: Recertification,
    kind: str,
    now: datetime,
    items: Sequence[str] = (),
    *,
    about: UUID | None = None,
    reason: str | None = None,
) -> None:
    """Tell its member what became of an application.

    Args:
        row: the application.
        kind: the letter.
        now: the instant, UTC.
        items: what stands in the way or follows, a sentence each.
        about: what it is told of once; the application where it is None.
        reason: what staff wrote; what they decided with where it is None.
    """
    address = row.member.written_to
    if not address:
        return
    policy = policy_for(row.program, on=row.cycle_last_on)
    place = reverse(ROUTES[row.kind], kwargs={"program": row.program})
    tell(
        kind=kind,
        subject_id=about or row.pk,
        recipient=address,
        program=row.program,
        payload={
            "practice": policy.body_name,
            "name": row.member.first_name,
            "what": WHAT[row.kind],
            "cycle_text": day_words(row.cycle_last_on),
            "weeks_text": weeks_words(policy),
            "reason": row.reason if reason is None else reason,
            "items": list(items),
            "url": settings.BASE_URL + place,
        },
        now=now,
    )


def not_taken_items(
    row: Recertification, reasons: Sequence[Reason], today: date
) -> list[str]:
    """Say why what is paid isn't enough, and until when credit may follow (N8)."""
    items = [each.text for each in reasons]
    assert row.submitted_on is not None
    cycle = working_cycle(row.member, row.program, row.submitted_on)
    if row.kind == Recertification.Kind.REINSTATEMENT and is_paid(row) and cycle:
        until = last_payable(row, cycle)
        if today <= until:
            items.append(FOLLOWS.format(until=day_words(until)))
    return items


def decided_items(row: Recertification, cycle: Cycle) -> list[str]:
    """Say what follows from a decision, a sentence each."""
    if row.state == Recertification.State.REFUSED:
        return ["Everything you reported stays on your record."]
    if row.kind == Recertification.Kind.EXTENSION:
        until = day_words(cycle.season.extended_until)
        return [f"You have until {until} to earn the credits and apply."]
    last = day_words(row.cycle_last_on)
    return [f"Your cycle that ends {last} is recertified, and the next one follows."]
