"""Mail about activities, put into the outbox with the step it tells of."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from ce_credits.models import Activity, ActivityStep
from ce_credits.services.steps import newest_award
from core.outbox import tell
from credentials.policy import credit_words, day_words, policy_for

WORDS = {
    Activity.State.ACCEPTED: "approved",
    Activity.State.REJECTED: "not accepted",
    Activity.State.RETURNED: "needs information",
}


def tell_received(
    activity: Activity, step: ActivityStep, credit_line: str, now: datetime
) -> None:
    """Tell the holder that an activity was received, and what it gives."""
    _tell("ce_received", activity, step, now, credit_line=credit_line, reason="")


def tell_decided(
    activity: Activity, step: ActivityStep, reason: str, now: datetime
) -> None:
    """Tell the holder what staff decided, quoting their reason and the credit."""
    award = newest_award(activity)
    credits = f"{credit_words(award.credits)} {award.unit}" if award else ""
    line = "No credit counts."
    if award:
        # The line of an approved activity names its credit itself.
        said = credits in award.explanation
        line = award.explanation if said else f"{credits}. {award.explanation}"
    _tell(
        "ce_decided",
        activity,
        step,
        now,
        credit_line=line,
        reason=reason,
        outcome=WORDS[Activity.State(step.kind)],
    )


def _tell(
    kind: str, activity: Activity, step: ActivityStep, now: datetime, **words: str
) -> None:
    member = activity.member
    address = member.email or (member.user.email if member.user else "")
    if not address:
        return
    body = policy_for(activity.program, on=activity.day).body_name
    practice = activity.practice
    tell(
        kind=kind,
        subject_id=step.pk,
        recipient=address,
        practice_id=activity.practice_id,
        program=activity.program,
        payload={
            "practice": practice.name if practice else body,
            "body": body,
            "name": member.first_name,
            "title": activity.title,
            "date_text": day_words(activity.day),
            "url": settings.BASE_URL
            + reverse("my_activity", kwargs={"activity_id": activity.pk}),
            **{key: text.replace("->", "→") for key, text in words.items()},
        },
        now=now,
    )
