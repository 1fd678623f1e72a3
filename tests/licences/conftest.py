"""Bob, a physician, and his licence."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from accounts.models import Member
from renewals.models import Licence
from renewals.services import LicenceDetails, enter_licence
from tests.api.asking import Caller
from tests.cast import NOW, TESTER, Cast

PERIOD = LicenceDetails("MA 123", date(2024, 6, 1), date(2026, 5, 31))


@pytest.fixture
def physician(cast: Cast, today: date) -> Member:
    """Bob, who is a physician here."""
    Member.objects.filter(pk=cast.bob.pk).update(profession="MD")
    cast.bob.refresh_from_db()
    return cast.bob


@pytest.fixture
def licence(physician: Member) -> Licence:
    """His licence."""
    return enter_licence(
        actor=TESTER, member=physician, program="mms", details=PERIOD, now=NOW
    )


@pytest.fixture
def own(physician: Member, signed_in: Callable[[str], Client]) -> Caller:
    """Bob in his browser, over REST."""
    return Caller("/api/v1/me", {}, signed_in("bob"))
