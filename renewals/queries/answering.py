"""The clock of what staff decide on: by when, and what is over it (N13)."""

from datetime import date

from django.db.models import DateField, F, Q
from django.db.models.functions import Coalesce, Greatest

from credentials.policy import policy_for
from renewals.models import Recertification
from renewals.models.cycles import RecertificationQuerySet
from renewals.rules.cycles import Answer, answer_due, clock_begins

State = Recertification.State
# A request costs nothing when it is made, and has no day of payment.
BEGINS = Greatest(
    F("submitted_on"),
    Coalesce("paid_on", "submitted_on"),
    output_field=DateField(),
)


def answer_of(row: Recertification) -> Answer | None:
    """Say by when an application is answered; None where nothing is to be decided."""
    if row.state != State.OPEN:
        return None
    assert row.submitted_on is not None
    policy = policy_for(row.program, on=row.cycle_last_on)
    return answer_due(policy, clock_begins(row.submitted_on, row.paid_on))


def overdue(rows: RecertificationQuerySet, program: str, today: date) -> Q:
    """Keep what should have been answered before a day.

    Args:
        rows: a body's applications; each cycle they are of is asked its policy.
        program: the body.
        today: the day in the body's zone.
    """
    waiting = rows.filter(state=State.OPEN).order_by()
    found = Q(pk__in=())
    for last_on in waiting.values_list("cycle_last_on", flat=True).distinct():
        length = answer_due(policy_for(program, on=last_on), today).last_on - today
        found |= Q(cycle_last_on=last_on, begins__lt=today - length)
    return Q(state=State.OPEN) & found
