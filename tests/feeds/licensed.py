"""Attendance by a licence's number: what a sponsor sends, and what a holder enters."""

from datetime import date

import pytest

from accounts.models import Member
from ce_credits.models import CatalogueItem, FeedRow
from ce_credits.rules import Completion
from ce_credits.services import receive_feed
from ce_credits.tasks import look_at_held_up, take_feed
from core.scope import Scope
from renewals.models import Licence
from renewals.services import LicenceDetails, enter_licence
from tests.cast import NOW, TESTER, Cast
from tests.database import WORKER, working_as
from tests.db.walling import within
from tests.learning.sitting import own

SOCIETY = "mms"
NUMBER = "MA 123"


@pytest.fixture
def bob(cast: Cast, today: date) -> Member:
    """Bob, a physician of whom the society knows nothing yet."""
    CatalogueItem.objects.create(
        program=SOCIETY,
        code="LIVE-1",
        title="Grand rounds",
        kind="category_1",
        minutes=60,
        changed_at=NOW,
    )
    Member.objects.filter(pk=cast.bob.pk).update(profession="MD")
    cast.bob.refresh_from_db()
    return cast.bob


def said(**values: str) -> Completion:
    """That Bob attended, by his number and both names."""
    given = {
        "number": NUMBER,
        "first_name": "Bob",
        "last_name": "Baker",
        "code": "LIVE-1",
        "completed_on": "2025-10-02",
        "minutes": "60",
    }
    return Completion(**(given | values))


def attends(**values: str) -> FeedRow:
    """Have a sponsor send it, and the worker come by."""
    received = receive_feed(
        actor=TESTER,
        program=SOCIETY,
        source="The hospital",
        sent=[said(**values)],
        now=NOW,
    )
    take_feed()
    return FeedRow.objects.get(pk=received.rows[0].pk)


def enters(member: Member, number: str = NUMBER) -> Licence:
    """Enter a licence as its holder does in the browser, and the worker comes by."""
    details = LicenceDetails(number, date(2024, 6, 1), date(2026, 5, 31))
    with within(scope_of(member)):
        licence = enter_licence(
            actor=own(member), member=member, program=SOCIETY, details=details, now=NOW
        )
    come_by()
    return licence


def scope_of(member: Member) -> Scope:
    assert member.user is not None
    return Scope.own(member.user.pk)


def come_by() -> None:
    """The worker comes by, in its role."""
    with working_as(WORKER):
        look_at_held_up()
        take_feed()


def state() -> tuple[str, str]:
    """How the only row stands, and why."""
    row = FeedRow.objects.get()
    return row.state, row.reason
