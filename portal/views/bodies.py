"""What the pages of a body's staff share: which day it is there."""

from datetime import date

from accounts.access import StaffDoor
from core import clock
from core.failures import Missing
from credentials.policy import programs, zone_of


def body_today(door: StaffDoor) -> date:
    """Tell which day it is for the body.

    Raises:
        Missing: the body has no policy, so there is nothing here yet.
    """
    if door.program not in programs():
        raise Missing("Not found.")
    return clock.today(zone_of(door.program))
