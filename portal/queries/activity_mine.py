"""Lines of activities as their holder sees them, each with what to do next."""

from dataclasses import replace
from datetime import date

from django.urls import reverse

from ce_credits.models import Activity
from portal.queries.activity_quote import draft_words
from portal.queries.activity_reported import Reported, State
from portal.queries.activity_typed import report_of, typed_of
from portal.queries.learning import TAGS, CreditLine, line_of

NEXT = {
    State.DRAFT: "Continue",
    State.RETURNED: "Add what is missing",
    State.REJECTED: "Correct and send again",
}


def next_of(row: Reported) -> str:
    """Say what its holder does next; nothing while an open audit keeps it back."""
    return "" if row.activity.kept_back else NEXT.get(row.state, "")


def own_line(row: Reported) -> CreditLine:
    """Show what was reported, with the way to it and to what comes next."""
    activity = row.activity
    action = next_of(row)
    return replace(
        line_of(row),
        url=activity_url(activity),
        action=action,
        action_url=edit_url(activity) if action else "",
    )


def draft_line(activity: Activity, today: date) -> CreditLine:
    """Show what is being written, with what it would give."""
    report = report_of(typed_of(activity)).by(activity.member)
    figure, reason = draft_words(report, activity.program, today)
    return CreditLine(
        title=str(activity),
        credit=figure,
        reason=reason,
        why=reason,
        tag=TAGS[State.DRAFT],
        steps=[],
        url=activity_url(activity),
        action=NEXT[State.DRAFT],
        action_url=edit_url(activity),
    )


def activity_url(activity: Activity) -> str:
    """Give the address of one's activity."""
    return reverse("my_activity", kwargs={"activity_id": activity.pk})


def edit_url(activity: Activity) -> str:
    """Give the address where one's activity is written."""
    return reverse("ce_edit", kwargs={"activity_id": activity.pk})


def withdraw_url(activity: Activity) -> str:
    """Give the address where one's activity is taken back."""
    return reverse("ce_withdraw", kwargs={"activity_id": activity.pk})
