"""The little these pages must know of the certifying bodies.

This app stands below the policy packs and may not import them; the settings name who
answers.
"""

from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.module_loading import import_string

from core import clock


def programs() -> tuple[str, ...]:
    """Name the programs a practice can sponsor somebody for."""
    answer: Callable[[], tuple[str, ...]] = import_string(settings.PROGRAMS)
    return answer()


def zone_of(program: str) -> ZoneInfo:
    """Give the zone in which the program's calendar days begin (X3)."""
    answer: Callable[[str], ZoneInfo] = import_string(settings.PROGRAM_ZONE)
    return answer(program)


def today_in(program: str) -> date:
    """Give the day it is for the program."""
    return clock.today(zone_of(program))
