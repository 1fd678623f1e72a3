"""One's own notifications over REST."""

from typing import Any

import pytest
from django.test import Client

from notifications.models import Notice
from tests.api.asking import secret_of
from tests.cast import NOW, Cast
from tests.telling.told import a_notice, of_practice

pytestmark = pytest.mark.db
HERE = "/api/v1/me/notifications"
JSON: dict[str, Any] = {"data": {}, "content_type": "application/json"}


def test_the_list_has_what_the_page_has(alice: Client, cast: Cast) -> None:
    of_practice(cast.alice, cast.northside, "[Northside] One")
    a_notice(cast.alice, "[Goodstanding] Two", read_at=NOW)
    a_notice(cast.frank, "[Lakeview] Three")
    answer = alice.get(HERE).json()
    assert answer["count"] == 2
    assert {each["title"] for each in answer["results"]} == {
        "[Northside] One",
        "[Goodstanding] Two",
    }
    (only,) = alice.get(f"{HERE}?status=unread").json()["results"]
    assert only["url"].endswith("/p/northside/")
    assert only["read_at"] is None
    assert alice.get(f"{HERE}?status=odd").status_code == 400
    assert alice.get(f"{HERE}?page=2").status_code == 404


def test_one_is_marked_read_and_then_all(alice: Client, cast: Cast) -> None:
    first, _ = a_notice(cast.alice, "One"), a_notice(cast.alice, "Two")
    address = f"{HERE}/ntf_{first.pk.hex}/read"
    for _ in range(2):
        answer = alice.post(address, **JSON)
        assert answer.status_code == 200
        assert answer.json()["read_at"] is not None
    assert alice.post(f"{HERE}/read", **JSON).json() == {"marked": 1}
    assert not Notice.objects.unread().exists()


def test_another_s_is_missing_and_more_than_nothing_is_refused(
    alice: Client, cast: Cast
) -> None:
    theirs = a_notice(cast.frank, "Three")
    foreign = f"{HERE}/ntf_{theirs.pk.hex}/read"
    assert alice.post(foreign, **JSON).status_code == 404
    said = alice.post(f"{HERE}/read", {"all": True}, content_type="application/json")
    assert said.status_code == 422


def test_a_practice_s_token_has_no_notifications(today: object, cast: Cast) -> None:
    bearer = f"Bearer {secret_of(cast.northside, cast.alice)}"
    answer = Client().get(HERE, headers={"authorization": bearer})
    assert answer.status_code == 403
