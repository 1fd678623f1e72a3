"""Staff hear that an applicant answered: who asked, or else the body's managers."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from accounts.models import StaffRole, User
from core.outbox import tell
from credentials.policy import policy_for
from renewals.models import ApplicationQuestion, Recertification
from renewals.services.recertifying_telling import WHAT

ANSWERED = "application_answered"
MOST_AT_ONCE = 100


@transaction.atomic
def tell_answers(*, now: datetime) -> int:
    """Mail staff the answers that they were not told of yet; each once.

    Applicants see no roles, so their own request can't know whom to tell. What was
    decided on meanwhile is told of as well: it says the same.

    Returns:
        How many answers were told of now.
    """
    waiting = ApplicationQuestion.objects.waiting().order_by("asked_at", "id")
    found = list(waiting.select_for_update(of=("self",))[:MOST_AT_ONCE])
    for row in found:
        application = Recertification.objects.select_related("member").get(
            pk=row.application_id
        )
        for person in _told(row, application.program):
            _tell(row, application, person, now)
        row.told_at = now
        row.save(update_fields=["told_at"])
    return len(found)


def _told(row: ApplicationQuestion, program: str) -> Sequence[User]:
    """Find who asked, while they work there; else the managers who decide."""
    roles = StaffRole.objects.filter(
        program=program, until_at=None, user__is_active=True
    ).select_related("user")
    asked = [role.user for role in roles if role.user_id == row.asked_user_id]
    if asked:
        return asked
    managers = roles.filter(role=StaffRole.Role.MANAGER).order_by("user__email")
    return [role.user for role in managers]


def _tell(
    row: ApplicationQuestion,
    application: Recertification,
    person: User,
    now: datetime,
) -> None:
    program = application.program
    place = {"program": program, "application_id": application.pk}
    tell(
        kind=ANSWERED,
        subject_id=row.pk,
        recipient=person.email,
        program=program,
        payload={
            "body": policy_for(program, on=application.cycle_last_on).body_name,
            "name": person.name,
            "who": application.member.name,
            "what": WHAT[application.kind],
            "question": row.words,
            "url": settings.BASE_URL + reverse("staff_application", kwargs=place),
        },
        now=now,
    )
