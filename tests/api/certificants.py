"""Nora, whose cycle ends on Dec 1, 2025, and the body's staff, over REST."""

from collections.abc import Iterator
from datetime import date, time

import pytest
import time_machine
from django.test import Client

from accounts.models import Member, StaffRole
from tests.api.asking import Caller
from tests.cast import Cast, a_user
from tests.recertifying.living import BODY, a_holder, a_manager, noon
from tests.signing import open_session

__all__ = ["BODY", "NOV_3", "at", "chief", "day", "nora", "nora_asks", "reviewing"]
NOV_3 = date(2025, 11, 3)
# As the API names them; each begins with what it is of.
APPLICATIONS = "recert-applications"


@pytest.fixture
def day() -> Iterator[date]:
    """Live on Nov 3, 2025."""
    with time_machine.travel(noon(NOV_3), tick=True):
        yield NOV_3


@pytest.fixture
def nora(day: date, cast: Cast) -> Member:
    """Nora, who has all her credits."""
    return a_holder()


@pytest.fixture
def nora_asks(nora: Member) -> Caller:
    """Nora in her browser, at what is her own."""
    return asks(nora)


@pytest.fixture
def chief(day: date, cast: Cast) -> Caller:
    """A manager of the body in their browser."""
    browser = open_session(Client(), a_manager())
    return Caller(f"/api/v1/bodies/{BODY}", {}, browser)


@pytest.fixture
def reviewing(day: date, cast: Cast) -> Caller:
    """A reviewer of the body in their browser."""
    user = a_user("Rob Reviewer")
    StaffRole.objects.create(user=user, program=BODY, role=StaffRole.Role.REVIEWER)
    return Caller(f"/api/v1/bodies/{BODY}", {}, open_session(Client(), user))


def asks(member: Member) -> Caller:
    """A member in their browser, signed in now."""
    assert member.user is not None
    return Caller("/api/v1/me", {}, open_session(Client(), member.user))


def at(day: date, hour: time = time(12)) -> time_machine.travel:
    """Live at an hour of a day in the body's zone."""
    return time_machine.travel(noon(day, hour), tick=True)
