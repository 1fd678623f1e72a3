"""What a decision did, said on the page that follows it."""

from datetime import date
from uuid import UUID

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ce_credits.models import Activity, ActivityStep
from credentials.policy import credit_words
from portal.queries.learning import window_words
from portal.queries.resting import resting_of
from renewals.models import TermCertificate
from renewals.queries import Life, life_of

WORDS = {
    Activity.State.ACCEPTED: "Approved",
    Activity.State.REJECTED: "Not accepted",
    Activity.State.RETURNED: "Sent back for information",
}


def stands_already(activity_id: UUID, seen: int, outcome: str, user_id: UUID) -> bool:
    """Say whether this very decision was taken by this person on that version."""
    return ActivityStep.objects.filter(
        activity=activity_id,
        activity__version=seen + 1,
        number=seen + 1,
        kind=outcome,
        user=user_id,
    ).exists()


def held_before(activity: Activity) -> frozenset[UUID]:
    """Name the member's certificates that wait, before a decision frees any."""
    waiting = TermCertificate.objects.filter(
        window__member=activity.member_id,
        window__program=activity.program,
        state=TermCertificate.State.HELD,
    )
    return frozenset(waiting.values_list("pk", flat=True))


def decided_words(
    activity: Activity, waiting: frozenset[UUID], today: date
) -> SafeString:
    """Say what was decided, where the member stands, and what follows (A9, A10).

    `waiting` are the certificates that were held before.
    """
    life = life_of(activity.member_id, activity.program)
    resting = format_html_join(
        "",
        ' {} <a href="{}">See {}</a>.',
        ((each.text, each.member_url, each.name) for each in resting_of(life, today)),
    )
    freed = "".join(
        f" The certificate for the term {window_words(held.window)} is issued."
        for held in life.certificates
        if held.pk in waiting and held.state == TermCertificate.State.ISSUED
    )
    return format_html(
        "{}: “{}” of {}.{}{} The holder is told.{}",
        WORDS[Activity.State(activity.state)],
        activity,
        activity.member.name,
        _total(activity, life, today),
        freed,
        resting,
    )


def _total(activity: Activity, life: Life, today: date) -> str:
    books = life.books(today)
    span = books.span_of(activity.day)
    if span is None:
        return ""
    have, asked = books.totals(span, life.credits), books.asked(span)
    sums = f"{credit_words(have.credits)} of {credit_words(asked.credits)}"
    return f" Now {sums} {asked.unit} in that {books.noun}."
