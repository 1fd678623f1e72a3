"""A learning system sends completions over REST; staff settle what matches nobody."""

import pytest

from accounts.models import Member
from ce_credits.models import Activity, FeedDelivery, FeedRow
from ce_credits.tasks import take_feed
from tests.api.asking import Caller, mem, places, problem
from tests.api.certificants import chief, day, nora, nora_asks, reviewing
from tests.feeds.feeding import an_item

__all__ = ["chief", "day", "nora", "nora_asks", "reviewing"]
pytestmark = [pytest.mark.django_db, pytest.mark.db]
PLACE = "ce-feed"


@pytest.fixture
def number(nora: Member) -> str:
    """Nora's number; the body has an hour of ethics."""
    an_item()
    return nora.certifications.get().number


def item(number: str, **values: object) -> dict[str, object]:
    """An hour somebody completed."""
    return {
        "certification_no": number,
        "activity_code": "ETH-1",
        "completed_on": "2025-10-02",
        "minutes": 60,
        **values,
    }


def feed(*items: object, **more: object) -> dict[str, object]:
    """A request of the academy."""
    return {"sender": "The academy", "items": list(items), **more}


def test_a_completion_is_received_taken_and_told(
    reviewing: Caller, number: str
) -> None:
    answer = reviewing.post(PLACE, feed(item(number), item("CPCS-0")))
    assert answer.status_code == 202
    assert [each["status"] for each in answer.json()["items"]] == ["waiting"] * 2
    take_feed()
    first, second = (
        reviewing.get(f"{PLACE}/{each['id']}").json() for each in answer.json()["items"]
    )
    assert (first["status"], first["message"]) == ("taken", "")
    assert first["activity"].startswith("ce_")
    assert (second["status"], second["reason"]) == ("unmatched", "unknown_person")
    (waits,) = reviewing.get(PLACE, status="unmatched").json()["results"]
    assert waits == second
    assert reviewing.get(PLACE, q="academy").json()["count"] == 2


def test_the_same_request_again_gives_nothing_more(
    reviewing: Caller, number: str
) -> None:
    first = reviewing.post(PLACE, feed(item(number), item(number)))
    take_feed()
    again = reviewing.post(PLACE, feed(item(number)))
    take_feed()
    assert first.json()["repeated"] == again.json()["repeated"] == 1
    assert again.json()["items"][0]["status"] == "taken"
    assert Activity.objects.filter(title="Ethics for all").count() == 1
    replayed = [reviewing.post(PLACE, feed(item(number)), key="k" * 8) for _ in "ab"]
    assert replayed[0].json() == replayed[1].json()


def test_a_dry_run_says_what_would_be_and_keeps_nothing(
    reviewing: Caller, number: str
) -> None:
    items = [item(number), item(number), item(number, completed_on="2099-01-01")]
    answer = reviewing.post(PLACE, feed(*items, dry_run=True))
    assert answer.status_code == 200
    tried = answer.json()["tried"]
    assert [each["outcome"] for each in tried] == ["taken", "repeated", "unmatched"]
    (wrong,) = tried[2]["problems"]
    assert (wrong["field"], wrong["code"]) == ("items.2.completed_on", "future_day")
    assert not FeedRow.objects.exists()
    assert not FeedDelivery.objects.exists()


def test_what_no_feed_looks_like_is_refused_by_name(
    reviewing: Caller, number: str
) -> None:
    bad = reviewing.post(PLACE, feed(item(number, minutes="60")))
    assert places(problem(bad, 422, "validation-error")) == ["/items/0/minutes"]
    for body in (feed(), feed(*[item(number)] * 501), {"items": [item(number)]}):
        problem(reviewing.post(PLACE, body), 422, "validation-error")


def test_staff_settle_or_set_aside_what_waits_once(
    reviewing: Caller, nora: Member, number: str
) -> None:
    items = [item("CPCS-0"), item("CPCS-1")]
    first, second = (
        each["id"] for each in reviewing.post(PLACE, feed(*items)).json()["items"]
    )
    take_feed()
    said = {
        "member": mem(nora.pk),
        "activity_code": "ETH-1",
        "completed_on": "2025-10-02",
        "minutes": 60,
        "reason": "The academy mistyped her number.",
    }
    place = f"{PLACE}/{first}/settlement"
    wrong = reviewing.post(place, said | {"activity_code": "NONE"})
    assert places(problem(wrong, 422, "validation-error")) == ["/activity_code"]
    done = reviewing.post(place, said)
    assert (done.status_code, done.json()["status"]) == (200, "settled")
    problem(reviewing.post(place, said), 409, "stale-version")
    problem(reviewing.post(f"{PLACE}/{second}/settlement", said), 409, "stale-version")
    aside = reviewing.post(f"{PLACE}/{second}/set-aside", {"reason": "A double."})
    assert (aside.json()["status"], aside.json()["message"]) == (
        "set_aside",
        "A double.",
    )
    assert Activity.objects.filter(member=nora, title="Ethics for all").count() == 1


def test_a_holder_reaches_no_feed(nora_asks: Caller, nora: Member) -> None:
    caller = Caller("/api/v1/bodies/namss", {}, nora_asks.browser)
    problem(caller.get(PLACE), 404, "not-found")
