"""What taking an activity back would mean, before it is done."""

from dataclasses import dataclass
from datetime import date

from accounts.models import Member
from ce_credits.models import Activity
from credentials.policy import credit_words, day_words
from portal.queries.activity_mine import activity_url
from portal.queries.activity_reported import reported


@dataclass(frozen=True)
class Withdrawing:
    """All the template shows."""

    heading: str
    consequence: str
    button: str
    seen: int
    back_url: str
    refused: bool


def withdrawing(member: Member, activity: Activity, *, today: date) -> Withdrawing:
    """Say what follows when a member takes an activity back."""
    state = Activity.State(activity.state)
    draft = state == Activity.State.DRAFT
    refused = state == Activity.State.ACCEPTED
    verb = "Discard" if draft else "Withdraw"
    return Withdrawing(
        heading=f"{verb} “{activity}”?",
        consequence=_consequence(member, activity, today),
        button=f"{verb} activity" if not draft else "Discard draft",
        seen=activity.version,
        back_url=activity_url(activity),
        refused=refused,
    )


def _consequence(member: Member, activity: Activity, today: date) -> str:
    state = Activity.State(activity.state)
    if state == Activity.State.DRAFT:
        return "It counts nothing yet, and you won't find it here any more."
    if state == Activity.State.ACCEPTED:
        return "Staff approved this activity. Ask them if it has to go."
    kept = "The body keeps a record of it. To count it again, add it anew."
    rows = reported(member.pk, activity.program, activity_id=activity.pk)
    credit = rows[0].credit if rows else None
    if credit is None:
        return f"It counts nothing now. {kept}"
    return (
        f"Its {credit_words(credit.credits)} credits stop counting today, "
        f"{day_words(today)}. {kept}"
    )
