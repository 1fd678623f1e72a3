"""A practice whose people are renewed on different days."""

from datetime import date

import pytest

from accounts.models import Member, Sponsorship
from tests.cast import Cast, a_member, given, seats

DEC_2, MAR_15 = date(2025, 12, 2), date(2026, 3, 15)


@pytest.fixture
def eve(cast: Cast) -> Member:
    """On auto-renewal: Dec 2, 2025 is her date."""
    member = a_member("Eve Ellis", cast.northside, mode="auto")
    given(cast.membership, cast.northside, member, today=date(2024, 12, 2))
    return member


@pytest.fixture
def omar(cast: Cast) -> Member:
    """On auto-renewal: Mar 15, 2026 is his date."""
    member = a_member("Omar Odell", cast.northside, mode="auto")
    given(cast.membership, cast.northside, member, today=date(2025, 3, 15))
    return member


@pytest.fixture
def three(cast: Cast, eve: Member, omar: Member) -> list[Member]:
    """Bob, Eve and Omar hold terms; two more renewals are free: five are carried on."""
    seats(cast.northside, cast.renewals, 2)
    return [cast.bob, eve, omar]


def mode_of(member: Member) -> str:
    """How somebody renews."""
    return Sponsorship.objects.get(member=member, until_on=None).renewal_mode
