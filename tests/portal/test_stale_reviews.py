"""A review left open, pressed twice, or not for this reviewer: nothing is done."""

import pytest
from django.test import Client

from ce_credits.models import Activity
from ce_credits.services import withdraw
from core.models import OutboxMessage
from tests.cast import NOW, OTHER_BODY, TODAY, Cast, a_member
from tests.ce.reporting import holder, submitted
from tests.matrix.asking import checksum
from tests.portal.pressing import followed
from tests.portal.reading import Page
from tests.portal.reviewing import form, press, review

pytestmark = pytest.mark.db


def state(activity: Activity) -> str:
    """Where the activity stands."""
    activity.refresh_from_db()
    return activity.state


def test_an_old_page_is_refused_and_shows_what_changed(
    erin: Client, mona: Client, cast: Cast
) -> None:
    activity = submitted(cast.bob)
    old = form(erin, activity, words="My long words", ground="duplicate")
    followed(mona, press(mona, activity, "returned", words="Page 2?"))
    before = checksum()
    answer = erin.post(review(activity), old | {"outcome": "rejected"})
    page = Page.of(answer)
    assert answer.status_code == 409
    assert page.problems == [
        (
            "This activity changed since you opened it. Nothing was done. "
            "Here is how it stands now, with what you typed."
        )
    ]
    assert page.title.startswith("Error:")
    assert "Page 2?" in page.text
    assert page.one("textarea").text == "My long words"
    assert [each.attributes["value"] for each in page.all("option", selected="")] == [
        "duplicate"
    ]
    assert checksum() == before
    # From there the reviewer can go on, having seen it.
    anew = old | {"outcome": "rejected", "seen": page.value("seen")}
    followed(erin, erin.post(review(activity), anew))
    assert state(activity) == "rejected"


def test_what_was_withdrawn_meanwhile_is_said(erin: Client, cast: Cast) -> None:
    activity = submitted(cast.bob)
    sent = form(erin, activity) | {"outcome": "accepted"}
    withdraw(actor=holder(cast.bob), activity=activity, seen=1, today=TODAY, now=NOW)
    before = checksum()
    answer = erin.post(review(activity), sent)
    page = Page.of(answer)
    assert answer.status_code == 409
    assert page.problems == ["The holder withdrew this activity. Nothing was decided."]
    assert "There is nothing to decide." in page.text
    assert not page.one("main").all("form", method="post")
    assert checksum() == before


def test_pressed_twice_it_is_decided_once(erin: Client, cast: Cast) -> None:
    activity = submitted(cast.bob)
    sent = form(erin, activity) | {"outcome": "accepted"}
    first, second = (erin.post(review(activity), sent) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert activity.steps.count() == 2
    assert OutboxMessage.objects.filter(kind="ce_decided").count() == 1


def test_nobody_decides_on_their_own_record(erin: Client, cast: Cast) -> None:
    mine = submitted(a_member("Erin Ellis", cast.northside, user=cast.erin))
    sent = {"seen": "1", "minutes": "45", "outcome": "accepted"}
    before = checksum()
    answer = erin.post(review(mine), sent)
    assert answer.status_code == 409
    assert Page.of(answer).problems == [
        "This is your own record. Another member of staff has to decide on it."
    ]
    assert checksum() == before


def test_another_bodys_activity_gets_nothing(erin: Client, cast: Cast) -> None:
    other = submitted(cast.bob)
    sent = form(erin, other) | {"outcome": "accepted"}
    Activity.objects.filter(pk=other.pk).update(program=OTHER_BODY)
    before = checksum()
    assert erin.post(review(other), sent).status_code == 404
    assert checksum() == before
