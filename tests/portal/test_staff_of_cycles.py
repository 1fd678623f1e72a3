"""Staff of a body of three years see certificants by their cycles."""

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from django.test import Client

from accounts.models import StaffRole
from tests.cast import Cast, a_user
from tests.cycles import BODY, first_time_dual, noon
from tests.portal.reading import Page
from tests.signing import open_session

pytestmark = pytest.mark.db
LIST = f"/staff/{BODY}/"


@pytest.fixture
def nora(cast: Cast) -> Client:
    """Nora, who reviews for the body of three years."""
    first_time_dual(cast)
    user = a_user("Nora Nolan")
    StaffRole.objects.create(user=user, program=BODY, role="reviewer")
    return open_session(Client(), user)


@pytest.fixture
def on(nora: Client) -> Callable[..., Page]:
    """Open one of her pages on a day."""

    def look(day: date, path: str = LIST) -> Page:
        with time_machine.travel(noon(day), tick=True):
            return Page.of(nora.get(path))

    return look


@pytest.mark.parametrize(
    ("day", "word"),
    [
        (date(2025, 7, 31), "In good standing"),
        (date(2025, 8, 1), "Due soon"),
        (date(2025, 12, 2), "Late"),
        (date(2026, 1, 1), "Lapsed"),
        (date(2026, 7, 1), "Expired"),
    ],
)
def test_the_list_says_when_the_cycle_ends_and_how_they_stand(
    on: Callable[..., Page], day: date, word: str
) -> None:
    page = on(day)
    assert [each.text for each in page.all("th", scope="col")][-1] == "Cycle ends"
    (row,) = page.one("tbody").all("tr")
    assert row.all("td")[-1].text == f"Dec 1, 2025 {word}"


def test_the_page_of_one_speaks_of_the_cycle(
    on: Callable[..., Page], cast: Cast
) -> None:
    page = on(date(2025, 11, 17), f"{LIST}members/{cast.bob.pk}/")
    assert "27.0 of 30.0 CE this cycle." in page.text
