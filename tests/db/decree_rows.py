"""Rows of decrees to break guards with, and how to break them."""

from datetime import date, timedelta

from django.db import models

from accounts.models import Member
from renewals.models import Decree, MovedDeadline
from tests.cast import BODY, NOW, TODAY
from tests.db.breaking import Changes

MONTH = timedelta(days=30)


def rows_of_decrees(
    member: Member,
    program: str = BODY,
    last_on: date = TODAY,
    until_on: date = TODAY + MONTH,
) -> MovedDeadline:
    """Decree more time, which somebody was given."""
    decree = Decree.objects.create(
        program=program,
        number=Decree.objects.filter(program=program).count() + 1,
        reason="A storm",
        until_on=until_on,
        chosen={"credential": "", "cycle_last_on": None, "numbers": 1},
        left_out=[],
        policy="x",
        by="tests",
        decreed_on=TODAY,
        at=NOW,
    )
    return MovedDeadline.objects.create(
        decree=decree,
        member=member,
        program=program,
        number=decree.number,
        reason=decree.reason,
        decreed_on=TODAY,
        cycle_last_on=last_on,
        from_on=last_on,
        until_on=until_on,
        outcome="given",
        done_at=NOW,
    )


BREACHES: dict[str, tuple[type[models.Model], Changes]] = {
    "one_number_of_decree": (Decree, lambda row: {}),
    "decree_has_one_length": (Decree, lambda row: {"number": 99, "months": 3}),
    "decree_says_why": (Decree, lambda row: {"number": 99, "reason": ""}),
    "once_a_person_per_decree": (MovedDeadline, lambda row: {}),
    "decree_never_shortens": (
        MovedDeadline,
        lambda row: {"until_on": row.from_on},
    ),
    "decree_line_done_whole": (MovedDeadline, lambda row: {"why": "Too late"}),
}
