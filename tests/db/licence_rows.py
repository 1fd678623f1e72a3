"""A licence to break guards with, and how to break them."""

from datetime import timedelta

from django.db import models

from accounts.models import Member
from renewals.models import Licence
from tests.cast import NOW, TODAY
from tests.db.breaking import Changes


def a_licence(member: Member, number: str = "MA-1") -> Licence:
    """A licence that is registered from today on, for two years."""
    return Licence.objects.create(
        member=member,
        program="mms",
        number=number,
        first_on=TODAY,
        last_on=TODAY + timedelta(days=729),
        entered_at=NOW,
        changed_at=NOW,
    )


BREACHES: dict[str, tuple[type[models.Model], Changes]] = {
    "one_licence_of_a_number": (Licence, lambda row: {}),
    "registration_ends_after_it_begins": (
        Licence,
        lambda row: {"number": "MA-2", "last_on": TODAY - timedelta(days=1)},
    ),
    "licence_has_number": (Licence, lambda row: {"number": ""}),
}
