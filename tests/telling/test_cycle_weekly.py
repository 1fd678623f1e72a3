"""The weekly summary of somebody who holds a credential of a body of cycles."""

from datetime import date, timedelta

import pytest

from core.models import OutboxMessage
from notifications.services import queue_summaries
from tests.cast import NOW, TODAY, Cast
from tests.cycles import BODY, first_time_dual
from tests.telling.cycling import asks, certificant
from tests.telling.test_weekly import asks as asks_for
from tests.telling.test_weekly import letter_to, sections_of

pytestmark = pytest.mark.db
BEFORE = TODAY - timedelta(days=400)


@pytest.fixture(autouse=True)
def asked(cast: Cast) -> None:
    """Bob, dual for the first time with 27 credits, asked for it long ago."""
    first_time_dual(cast)
    OutboxMessage.objects.all().delete()
    asks_for(cast.user("bob"), on=BEFORE)


def said(cast: Cast, today: date) -> list[str]:
    """What stands under the body of cycles."""
    queue_summaries(program=BODY, today=today, now=NOW, by_cycles=True)
    found = sections_of(letter_to(cast.user("bob"), today))
    return found.get("Where you stand, NAMSS", [])


NEED = (
    "You have 27.0 of 30.0 CE, 14.0 of 15.0 approved. 3.0 more, 1.0 of them approved,"
)
EXPIRED = (
    "Since Jul 1, 2026 only a new exam helps: you must apply as a new candidate and "
    "pass it. Your history is kept."
)


@pytest.mark.parametrize(
    ("today", "want"),
    [
        # Far from any day, what is missing is said, as for terms.
        (date(2025, 4, 28), [f"{NEED} by Dec 1, 2025."]),
        (
            date(2025, 5, 5),
            [
                f"{NEED} by Dec 1, 2025.",
                "Your cycle ends on Dec 1, 2025. The application opens on Aug 1, 2025.",
            ],
        ),
        (
            date(2025, 11, 17),
            [
                f"{NEED} by Dec 1, 2025.",
                (
                    "The application is open. Your cycle ends on Dec 1, 2025: 14 days "
                    "left."
                ),
            ],
        ),
        (
            date(2025, 12, 8),
            [
                f"{NEED} missing.",
                (
                    "Your cycle ended on Dec 1, 2025. You can apply with a late fee "
                    "until Dec 31, 2025."
                ),
            ],
        ),
        (
            date(2026, 1, 5),
            [
                f"{NEED} missing.",
                (
                    "Lapsed since Jan 1, 2026: you may not use your credential. You "
                    "can be reinstated until Jun 30, 2026."
                ),
            ],
        ),
        (date(2026, 7, 6), [EXPIRED]),
        (date(2026, 9, 28), [EXPIRED]),
        (date(2026, 10, 5), []),
    ],
)
def test_a_holder_reads_what_is_missing_and_which_day_is_near(
    cast: Cast, today: date, want: list[str]
) -> None:
    assert said(cast, today) == want


def test_whoever_holds_a_credential_and_nothing_else_is_told(cast: Cast) -> None:
    member = certificant()
    asks(member, BEFORE)
    queue_summaries(program=BODY, today=TODAY, now=NOW, by_cycles=True)
    told = OutboxMessage.objects.filter(kind="weekly_summary")
    assert member.email in told.values_list("recipient", flat=True)
