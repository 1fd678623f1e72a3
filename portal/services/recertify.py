"""Submitting one's own application, on its page and over REST."""

from datetime import date, datetime

from accounts.access import OwnDoor
from portal.queries.places import body_full_name
from renewals.models import Recertification
from renewals.services import submit_application


def submit_own(
    *, door: OwnDoor, application: Recertification, today: date, now: datetime
) -> Recertification:
    """Submit an application of whoever came in, as it stands in their hands.

    Mail about its order goes to the address they sign in with.

    Args:
        door: whose application it is.
        application: as they read it.
        today: the day in the body's zone.
        now: the instant, UTC.

    Raises:
        NotUsable: the name is not the profile's, or nothing is declared.
        NotEligible: it is outside its window, or credit is missing.
        Stale: it changed since they read it, or has ended.
    """
    return submit_application(
        actor=door.actor,
        application=application,
        seen=application.version,
        told=door.person.email,
        seller=body_full_name(application.program),
        today=today,
        now=now,
    )
