"""A body's managers say what an activity of the catalogue is about (M8)."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import StaffRole
from ce_credits.models import CatalogueItem
from ce_credits.services.feed_judging import report_of
from core.models import AuditEntry
from tests.api.asking import Caller, places, problem
from tests.cast import NOW, TODAY, Cast
from tests.feeds.feeding import an_item
from tests.portal.pressing import followed
from tests.portal.reading import Page

pytestmark = [pytest.mark.django_db, pytest.mark.db, pytest.mark.usefixtures("today")]
SOCIETY = "mms"
LIST = f"/staff/{SOCIETY}/catalogue/"
TWO = ["risk_management", "ehr"]


@pytest.fixture
def item(cast: Cast) -> CatalogueItem:
    """An hour about records, of which nothing is said yet."""
    return CatalogueItem.objects.create(
        program=SOCIETY,
        code="REC-1",
        title="Records that protect you",
        kind="category_1",
        minutes=60,
        changed_at=NOW,
    )


@pytest.fixture
def desk(cast: Cast, signed_in: Callable[[str], Client]) -> Client:
    """Erin, who manages the society, and the body of cycles."""
    for program in (SOCIETY, "namss"):
        StaffRole.objects.create(user=cast.erin, program=program, role="manager")
    return signed_in("erin")


@pytest.fixture
def chief(desk: Client) -> Caller:
    """The same over REST."""
    return Caller(f"/api/v1/bodies/{SOCIETY}", {}, desk)


def _link(item: CatalogueItem) -> str:
    return f"/staff/{item.program}/catalogue/items/{item.pk}/topics/"


def test_a_manager_chooses_the_topics_and_takes_them_away(
    desk: Client, item: CatalogueItem
) -> None:
    assert (
        "Topics of Records" in Page.of(desk.get(LIST)).one("a", href=_link(item)).text
    )
    page = Page.of(desk.get(_link(item)))
    boxes = page.all("input", name="topics")
    assert {"risk_management", "ehr"} < {box.attributes["value"] for box in boxes}
    assert not any("checked" in box.attributes for box in boxes)
    # In the pack's order, as a file has them.
    done = followed(desk, desk.post(_link(item), {"topics": TWO[::-1]}))
    assert done.notices == ["Saved for “Records that protect you”."]
    assert "About: Risk management, Electronic health records" in done.text
    item.refresh_from_db()
    assert item.topics == TWO
    chosen = Page.of(desk.get(_link(item))).all("input", name="topics", checked="")
    assert [box.attributes["value"] for box in chosen] == TWO
    entry = AuditEntry.objects.get(action="catalogue.topics")
    assert entry.changes == {"topics": ["", "risk_management, ehr"]}
    again = followed(desk, desk.post(_link(item), {"topics": TWO}))
    assert "already" in again.notices[0]
    followed(desk, desk.post(_link(item), {}))
    item.refresh_from_db()
    assert item.topics == []


def test_what_is_reported_with_it_counts_towards_them(
    desk: Client, item: CatalogueItem
) -> None:
    desk.post(_link(item), {"topics": TWO})
    item.refresh_from_db()
    assert report_of(item, TODAY, None).answer(SOCIETY, TODAY).topics == tuple(TWO)


def test_a_topic_that_is_none_is_named_beside_its_field(
    desk: Client, item: CatalogueItem
) -> None:
    answer = desk.post(_link(item), {"topics": ["cooking", "\0"]})
    assert answer.status_code == 422
    assert "Choose one of the list" in Page.of(answer).text
    item.refresh_from_db()
    assert item.topics == []


def test_a_body_that_tells_no_topics_apart_asks_none(desk: Client) -> None:
    item = an_item()
    listed = Page.of(desk.get("/staff/namss/catalogue/"))
    assert not listed.all("a", href=_link(item))
    page = Page.of(desk.get(_link(item)))
    assert "It is not asked what its kind is about." in page.text
    assert not page.all("input", name="topics")
    done = followed(desk, desk.post(_link(item), {"topics": ["ehr"]}))
    assert "already" in done.notices[0]


def test_another_body_s_item_is_not_found(desk: Client, item: CatalogueItem) -> None:
    place = f"/staff/namss/catalogue/items/{item.pk}/topics/"
    assert desk.post(place, {"topics": TWO}).status_code == 404


def test_the_same_over_rest(chief: Caller, item: CatalogueItem) -> None:
    (row,) = chief.get("catalogue").json()["results"]
    place = f"catalogue/{row['id']}/topics"
    done = chief.post(place, {"topics": TWO[::-1]})
    assert done.json() == row | {"topics": TWO}
    problem(chief.post(place, {"topics": TWO}), 409, "stale-version")
    wrong = problem(chief.post(place, {"topics": ["cooking"]}), 422, "validation-error")
    assert places(wrong) == ["/topics"]
    assert "Use some of these: risk_management" in str(wrong)
    missing = problem(chief.post(place, {}), 422, "validation-error")
    assert places(missing) == ["/topics"]
    assert chief.post(place, {"topics": []}).json()["topics"] == []


def test_over_rest_a_kind_that_is_not_asked_is_about_nothing(
    desk: Client, cast: Cast
) -> None:
    item = an_item()
    caller = Caller("/api/v1/bodies/namss", {}, desk)
    (row,) = caller.get("catalogue").json()["results"]
    tried = caller.post(f"catalogue/{row['id']}/topics", {"topics": ["ehr"]})
    said = problem(tried, 422, "validation-error")
    assert "not asked" in str(said)
    item.refresh_from_db()
    assert item.topics == []
