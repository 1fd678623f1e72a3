"""Letters to a sponsor: what staff ask, and how they decided (M12)."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from ce_credits.models import ApprovalApplication, ApprovalStep
from ce_credits.rules import Programme, Stated
from core.outbox import tell
from credentials.policy import day_words, policy_for

ASKED, APPROVED, REFUSED = "approval_asked", "approval_approved", "approval_refused"
ENDED = "approval_ended"


def tell_asked(
    application: ApprovalApplication, step: ApprovalStep, now: datetime
) -> None:
    """Queue the letter that asks something."""
    _tell(ASKED, application, step, now, words=step.words)


def tell_approved(
    application: ApprovalApplication,
    step: ApprovalStep,
    stated: Stated,
    former: ApprovalApplication | None,
    now: datetime,
) -> None:
    """Queue the letter with the code, the credit and how attendance is reported.

    Args:
        former: the approval whose place it takes, if any.
    """
    days = Programme.of(application.facts).days
    _tell(
        APPROVED,
        application,
        step,
        now,
        code=step.facts["code"],
        credit=stated.words,
        minutes=stated.minutes,
        date_text=", ".join(map(day_words, days)),
        former=former.item.code if former and former.item else "",
        words=step.words,
    )


def tell_refused(
    application: ApprovalApplication, step: ApprovalStep, ground: str, now: datetime
) -> None:
    """Queue the letter that says why it is refused."""
    _tell(REFUSED, application, step, now, ground=ground, words=step.words)


def tell_ended(
    application: ApprovalApplication, step: ApprovalStep, now: datetime
) -> None:
    """Queue the letter that says why an approval ends, and what still has credit."""
    code = application.item.code if application.item else ""
    until = day_words(step.on)
    _tell(ENDED, application, step, now, code=code, words=step.words, until_text=until)


def _tell(
    kind: str,
    application: ApprovalApplication,
    step: ApprovalStep,
    now: datetime,
    **payload: object,
) -> None:
    body = policy_for(application.program, on=step.on).body_name
    path = reverse("approval", kwargs={"application_id": application.pk})
    tell(
        kind=kind,
        subject_id=step.pk,
        recipient=application.email,
        program=application.program,
        payload={
            "practice": body,
            "name": application.name,
            "title": application.title,
            "url": f"{settings.BASE_URL}{path}",
            **payload,
        },
        now=now,
    )
