"""Mail to whoever missed a credit, with the body's answer."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from ce_credits.models import MissingCredit
from core.outbox import tell
from credentials.policy import day_words, policy_for

ANSWERED = "missing_credit"


def tell_answered(question: MissingCredit, now: datetime) -> None:
    """Queue the mail that says what came of it; nothing where there is no address."""
    member = question.member
    if not member.written_to:
        return
    tell(
        kind=ANSWERED,
        subject_id=question.pk,
        recipient=member.written_to,
        program=question.program,
        payload={
            "practice": policy_for(question.program, on=question.on).body_name,
            "name": member.first_name,
            "title": question.item.title,
            "date_text": day_words(question.on),
            "there": question.state == MissingCredit.State.FOUND,
            "reason": question.words,
            "url": f"{settings.BASE_URL}{reverse('my_missing')}"
            f"?program={question.program}",
        },
        now=now,
    )
