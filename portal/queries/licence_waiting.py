"""What was reported for a licence's registration and has no credit yet."""

from collections.abc import Sequence
from dataclasses import dataclass

from credentials.policy import day_words
from portal.queries.activity_mine import activity_url
from portal.queries.activity_reported import State, reported
from renewals.models import Licence


@dataclass(frozen=True)
class Waiting:
    """An activity of the registration's period whose credit staff have to decide."""

    title: str
    on: str
    url: str


def waiting_for(licence: Licence) -> Sequence[Waiting]:
    """List what may yet count for a registration, newest first."""
    first, last = licence.period
    rows = reported(licence.member_id, licence.program)
    return [
        Waiting(row.activity.title, day_words(row.on), activity_url(row.activity))
        for row in rows
        if row.on is not None
        and first <= row.on <= last
        and (row.waits or row.state == State.RETURNED)
    ]
