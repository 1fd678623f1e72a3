"""Where a day counts for somebody who holds licences: their registration periods."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import Member
from renewals.models import Licence

pytestmark = pytest.mark.db
TYPED = {"program": "mms", "kind": "category_2", "title": "Opioids", "minutes": "60"}


@pytest.fixture
def quoted(
    physician: Member, signed_in: Callable[[str], Client]
) -> Callable[[str], str]:
    """What is said of a report of a day."""

    def ask(on: str) -> str:
        answer = signed_in("bob").post("/me/ce/check/", TYPED | {"on": on})
        assert answer.status_code == 200
        said = " ".join(answer.content.decode().split())
        assert "term" not in said.replace("determine", "")
        return said

    return ask


def test_without_a_licence_one_is_asked_for(quoted: Callable[[str], str]) -> None:
    assert "You entered no licence yet." in quoted("2025-03-01")


def test_a_day_counts_in_the_period_it_lies_in(
    licence: Licence, quoted: Callable[[str], str]
) -> None:
    period = "Jun 1, 2024 to May 31, 2026 (licence MA 123)"
    assert f"Counts in your registration period {period}." in quoted("2025-03-01")
    words = "lies in no registration period that you entered"
    assert f"Mar 1, 2023 {words}" in quoted("2023-03-01")
    assert "is still to come" in quoted("2026-01-01")
