"""How many statements a request about cycles sends: so many, whatever there is."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.models import Member
from renewals.models import Recertification
from tests.api.asking import Caller
from tests.api.certificants import NOV_3, chief, day, nora, nora_asks
from tests.cast import NOW, a_member
from tests.portal.statements import statements
from tests.recertifying.living import BODY, LAST, certified, drafted, earn

__all__ = ["chief", "day", "nora", "nora_asks"]
pytestmark = [pytest.mark.django_db, pytest.mark.db]
SIZES = pytest.mark.parametrize("size", [3, 90])


def ended(member: Member, count: int) -> None:
    """Let somebody have withdrawn so many applications."""
    Recertification.objects.bulk_create(
        Recertification(
            member=member,
            program=BODY,
            kind="extension",
            state="withdrawn",
            cycle_last_on=LAST,
            declared=True,
            submitted_on=date(2025, 9, 1),
            decided_on=date(2025, 9, 2),
            facts={
                "credits": "30",
                "approved": "15",
                "need": "15",
                "need_approved": "0",
                "need_rule": "N7",
                "fee": [],
                "orders": [],
            },
            policy=f"{BODY}@2025-01-01",
            created_at=NOW,
            changed_at=NOW,
        )
        for _ in range(count)
    )


def sent(caller: Caller, tail: str) -> int:
    """Count what a request reads."""
    assert caller.browser is not None
    return len(statements(caller.browser, caller.path(tail)))


@SIZES
def test_one_s_own_applications(nora: Member, nora_asks: Caller, size: int) -> None:
    ended(nora, size)
    # A session: itself, the person, who they are here; then the page, its rows and
    # what was asked about them.
    assert sent(nora_asks, "recert-applications?page_size=100") == 6


@SIZES
def test_one_draft(nora: Member, nora_asks: Caller, size: int) -> None:
    row = drafted(nora, NOV_3)
    ended(nora, size)
    for each in range(size):
        earn(nora, Decimal(1), approved=each % 2 == 0)
    # The application, what was asked, what it would come to: cycle, credits, society.
    assert sent(nora_asks, f"recert-applications/app_{row.pk.hex}") == 10


@SIZES
def test_a_body_s_applications(chief: Caller, size: int) -> None:
    for each in range(size):
        member = a_member(f"Pat Person{each}", None)
        certified(member)
        ended(member, 1)
    assert sent(chief, "recert-applications?page_size=100") == 6


@SIZES
def test_the_transcript(nora: Member, nora_asks: Caller, size: int) -> None:
    for each in range(size):
        earn(nora, Decimal(1), approved=each % 2 == 0)
    assert sent(nora_asks, f"transcript?program={BODY}") == 13
