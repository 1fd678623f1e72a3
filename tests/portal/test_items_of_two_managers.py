"""Two managers change one activity of a catalogue: the second reads so first."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import StaffRole
from ce_credits.models import CatalogueItem
from tests.api.asking import Caller, problem
from tests.cast import NOW, Cast
from tests.feeds.feeding import an_item
from tests.portal.pressing import followed
from tests.portal.reading import Page

pytestmark = [pytest.mark.django_db, pytest.mark.db, pytest.mark.usefixtures("today")]
Value = str | list[str]
CHANGED = "Somebody changed this meanwhile. Nothing was saved."
BOTH = pytest.mark.parametrize(
    ("name", "none", "theirs", "mine", "shown"),
    [
        ("topics", [], ["ehr"], ["risk_management"], "Electronic health records"),
        ("evaluation_deadline", None, "2025-11-07", "2025-11-08", "Nov 7, 2025"),
    ],
    ids=["topics", "deadline"],
)


@pytest.fixture
def desk(cast: Cast, signed_in: Callable[[str], Client]) -> Client:
    """Erin, who manages the society and the body of cycles."""
    for program in ("mms", "namss"):
        StaffRole.objects.create(user=cast.erin, program=program, role="manager")
    return signed_in("erin")


def _item(name: str) -> CatalogueItem:
    """One whose topics, or whose deadline, are asked."""
    if name == "evaluation_deadline":
        return an_item()
    return CatalogueItem.objects.create(
        program="mms",
        code="REC-1",
        title="Records",
        kind="category_1",
        minutes=60,
        changed_at=NOW,
    )


def _there(item: CatalogueItem, name: str) -> Any:  # noqa: ANN401
    value = getattr(CatalogueItem.objects.get(pk=item.pk), name)
    return value.isoformat() if hasattr(value, "isoformat") else value


def _opened(desk: Client, url: str) -> str:
    return str(Page.of(desk.get(url)).one("input", name="seen").attributes["value"])


@BOTH
def test_what_somebody_else_saved_is_not_written_over(
    name: str, none: object, theirs: Value, mine: Value, shown: str, desk: Client
) -> None:
    item = _item(name)
    end = "topics" if name == "topics" else "deadline"
    url = f"/staff/{item.program}/catalogue/items/{item.pk}/{end}/"
    seen = _opened(desk, url)
    followed(desk, desk.post(url, {name: theirs, "seen": seen}))
    answer = desk.post(url, {name: mine, "seen": seen})
    page = Page.of(answer)
    assert answer.status_code == 409
    assert CHANGED in page.text
    # What is there now, and what was chosen.
    assert shown in page.text
    chosen = mine if isinstance(mine, list) else [mine]
    for each in chosen:
        assert page.all("input", name=name, value=each)
    assert _there(item, name) == theirs
    # Sent again from there, it is meant.
    again = str(page.one("input", name="seen").attributes["value"])
    done = followed(desk, desk.post(url, {name: mine, "seen": again}))
    assert "Saved for" in done.notices[0]
    assert _there(item, name) == mine
    twice = followed(desk, desk.post(url, {name: mine, "seen": seen}))
    assert "already. Nothing was done." in twice.notices[0]


@BOTH
def test_over_rest_what_was_seen_may_be_named(
    name: str, none: object, theirs: Value, mine: Value, shown: str, desk: Client
) -> None:
    item = _item(name)
    caller = Caller(f"/api/v1/bodies/{item.program}", {}, desk)
    (row,) = caller.get("catalogue").json()["results"]
    place = f"catalogue/{row['id']}/{name.replace('_', '-')}"
    done = caller.post(place, {name: theirs, "seen": row[name]})
    assert done.json()[name] == theirs
    late = caller.post(place, {name: mine, "seen": none})
    assert CHANGED in str(problem(late, 409, "stale-version"))
    assert _there(item, name) == theirs
    assert caller.post(place, {name: mine, "seen": theirs}).json()[name] == mine
    # Who names none writes as ever.
    assert caller.post(place, {name: theirs}).json()[name] == theirs


def test_topics_are_seen_in_whatever_order(desk: Client) -> None:
    item = _item("topics")
    caller = Caller("/api/v1/bodies/mms", {}, desk)
    (row,) = caller.get("catalogue").json()["results"]
    place = f"catalogue/{row['id']}/topics"
    caller.post(place, {"topics": ["ehr", "risk_management"]})
    seen = ["ehr", "risk_management"]
    assert caller.post(place, {"topics": ["ehr"], "seen": seen}).status_code == 200
    assert _there(item, "topics") == ["ehr"]
