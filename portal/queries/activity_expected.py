"""By when education that reports itself is due, and what the feed says of it (N12)."""

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from accounts.models import Member
from ce_credits.models import FeedRow
from ce_credits.queries import Due, due_of
from ce_credits.services import Report
from credentials.policy import day_words
from portal.queries.activity_inputs import KindWords, kind_words

State = FeedRow.State


def expected_words(
    member: Member, program: str, report: Report, *, today: date
) -> KindWords | None:
    """Say what to know of a kind before anything is sent.

    Of one that reports itself and a day that is known, say by when it is due, or what
    came of it: there already, with staff, not due yet, or missing.
    """
    kind = report.kind_in(program, today)
    words = kind_words(kind)
    day = report.on
    if words is None or words.stops or kind is None or kind.appears is None:
        return words
    if day is None or day > today:
        return words
    due = due_of(program, report.kind, day, report.item)
    found = _came(member, program, report, day)
    if found or due is None:
        return KindWords(found, stops=False) if found else words
    if not due.missing(today):
        text = (
            f"This reports itself: it is due to appear by {due_words(due)}. Report "
            "it only if it is missing after that."
        )
        return KindWords(text, stops=False)
    text = (
        f"This was due to appear by {due_words(due)}, and nothing came. Say that it is "
        "missing, or report it here with its proof: staff look at it. If it comes "
        "later, it counts once."
    )
    asked = {"program": program, "on": day.isoformat()}
    if report.item is not None:
        asked |= {"q": report.item.code, "item": report.item.code}
    url = f"{reverse('my_missing')}?{urlencode(asked)}"
    return KindWords(text, stops=False, url=url)


def due_words(due: Due) -> str:
    """Name the day credit is due, the day it counts from if that differs, the rule."""
    closes = due.evaluation_deadline
    after = f", after its evaluation closes {day_words(closes)}" if closes else ""
    return f"{day_words(due.on)}{after} ({due.rule})"


def _came(member: Member, program: str, report: Report, day: date) -> str:
    """Say what a feed sent of the member on that day: of this kind, or unknown."""
    rows = FeedRow.objects.of_program(program).filter(member=member, on=day)
    rows = rows.select_related("activity", "item").order_by("-received_at", "id")
    there = [
        f"“{row.activity.title}”"
        for row in rows
        if row.activity and row.activity.kind == report.kind
    ]
    if there:
        listed = ", ".join(sorted(there))
        return (
            f"This reports itself. Of {day_words(day)} there is already: {listed}. "
            "Report only what is missing: the same activity counts once."
        )
    waits = any(
        row.state == State.UNMATCHED and (not row.item or row.item.kind == report.kind)
        for row in rows
    )
    if waits:
        return (
            f"This reports itself. Something of {day_words(day)} came and waits for "
            "staff, who look at it. You need not report it."
        )
    return ""
