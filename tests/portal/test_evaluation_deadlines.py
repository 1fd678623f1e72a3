"""A body's managers set the day a conference's evaluation closes (N12)."""

import pytest
from django.test import Client

from accounts.models import StaffRole
from ce_credits.models import CatalogueItem
from tests.api.asking import Caller, places, problem
from tests.api.certificants import chief, day
from tests.cast import Cast
from tests.feeds.feeding import BODY, an_item
from tests.portal.pressing import followed
from tests.portal.reading import Page

__all__ = ["chief", "day"]
pytestmark = [pytest.mark.django_db, pytest.mark.db]
LIST = "/staff/namss/catalogue/"


@pytest.fixture
def desk(cast: Cast, erin: Client) -> Client:
    """Erin manages the body of cycles too."""
    StaffRole.objects.create(user=cast.erin, program=BODY, role="manager")
    return erin


def test_a_manager_sets_it_and_takes_it_away(desk: Client) -> None:
    item = an_item()
    link = f"{LIST}items/{item.pk}/deadline/"
    assert Page.of(desk.get(LIST)).one("a", href=link).text
    page = Page.of(desk.get(link))
    assert "7 to 10 business days after this day (N12)" in page.text
    done = followed(desk, desk.post(link, {"evaluation_deadline": "2025-11-07"}))
    assert done.notices == ["Saved for “Ethics for all”."]
    assert "Evaluation closes Nov 7, 2025" in done.text
    again = followed(desk, desk.post(link, {"evaluation_deadline": "2025-11-07"}))
    assert "already" in again.notices[0]
    followed(desk, desk.post(link, {"evaluation_deadline": ""}))
    item.refresh_from_db()
    assert item.evaluation_deadline is None


@pytest.mark.parametrize("typed", ["soon", "9999-01-01"])
def test_a_day_that_is_none_is_named_beside_its_field(desk: Client, typed: str) -> None:
    place = f"{LIST}items/{an_item().pk}/deadline/"
    answer = desk.post(place, {"evaluation_deadline": typed})
    assert answer.status_code == 422
    assert "Enter a day" in Page.of(answer).text


def test_the_same_over_rest(chief: Caller) -> None:
    an_item()
    (row,) = chief.get("catalogue").json()["results"]
    place = f"catalogue/{row['id']}/evaluation-deadline"
    done = chief.post(place, {"evaluation_deadline": "2025-11-07"})
    assert done.json()["evaluation_deadline"] == "2025-11-07"
    again = chief.post(place, {"evaluation_deadline": "2025-11-07"})
    problem(again, 409, "stale-version")
    wrong = chief.post(place, {"evaluation_deadline": "9999-01-01"})
    said = problem(wrong, 422, "validation-error")
    assert places(said) == ["/evaluation_deadline"]
    chief.post(place, {"evaluation_deadline": None})
    assert CatalogueItem.objects.get().evaluation_deadline is None
