"""Rows about what cycles came to, to break guards with, and how to break them."""

from datetime import timedelta
from decimal import Decimal

from django.db import models

from accounts.models import Member
from credentials.models import Tally
from tests.cast import BODY, NOW, TODAY
from tests.db.breaking import Changes


def rows_of_tallies(member: Member) -> None:
    """Let something be worked out for somebody."""
    Tally.objects.create(
        member=member,
        program=BODY,
        from_on=TODAY,
        standing="good",
        first_on=TODAY,
        last_on=TODAY + timedelta(days=99),
        counts_until=TODAY + timedelta(days=99),
        credits=Decimal(6),
        approved=Decimal(3),
        credits_asked=Decimal(30),
        approved_asked=Decimal(15),
        book="acmss@2017-01-01",
        recorded_at=NOW,
    )


BREACHES: dict[str, tuple[type[models.Model], Changes]] = {
    "one_tally_a_day": (Tally, lambda row: {}),
    "tally_ends_after_start": (
        Tally,
        lambda row: {"from_on": row.from_on + timedelta(1), "until_on": row.from_on},
    ),
    "approved_share_of_tally": (
        Tally,
        lambda row: {
            "from_on": row.from_on + timedelta(1),
            "approved": row.credits + 1,
        },
    ),
}
