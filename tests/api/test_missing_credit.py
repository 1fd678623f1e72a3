"""Missing credit over REST: said by its holder, answered by staff (N12)."""

import pytest

from accounts.models import Member
from ce_credits.models import Activity, MissingCredit
from tests.api.asking import Caller, places, problem
from tests.api.certificants import chief, day, nora, nora_asks, reviewing
from tests.feeds.feeding import an_item, done_by, taken

__all__ = ["chief", "day", "nora", "nora_asks", "reviewing"]
pytestmark = [pytest.mark.django_db, pytest.mark.db]
PLACE = "missing-credits"
ETHICS = {"program": "namss", "item": "ETH-1", "on": "2025-09-01"}


@pytest.fixture(autouse=True)
def items(nora: Member) -> None:
    """The body has an hour of ethics."""
    an_item()


def test_it_is_kept_once_and_staff_answer_once(
    nora_asks: Caller, reviewing: Caller
) -> None:
    said = nora_asks.post(PLACE, ETHICS).json()
    assert (said["status"], said["rule"]) == ("open", "N12")
    assert nora_asks.post(PLACE, ETHICS).json()["id"] == said["id"]
    (waits,) = reviewing.get(PLACE, status="open").json()["results"]
    assert waits["id"] == said["id"]
    place = f"{PLACE}/{said['id']}/answer"
    wrong = reviewing.post(place, {"outcome": "found", "reason": "It is."})
    assert places(problem(wrong, 422, "validation-error")) == ["/outcome"]
    answer = {"outcome": "not_reported", "reason": "Nobody sent it."}
    assert reviewing.post(place, answer).json()["status"] == "not_reported"
    problem(reviewing.post(place, answer), 409, "stale-version")
    (mine,) = nora_asks.get(PLACE).json()["results"]
    assert mine["message"] == "Nobody sent it."


def test_what_came_after_all_is_there(
    nora_asks: Caller, reviewing: Caller, nora: Member
) -> None:
    said = nora_asks.post(PLACE, ETHICS).json()
    answer = {"outcome": "not_reported", "reason": "Nobody sent it."}
    reviewing.post(f"{PLACE}/{said['id']}/answer", answer)
    taken(done_by(nora, completed_on="2025-09-01"))
    for asking in (nora_asks, reviewing):
        (found,) = asking.get(PLACE).json()["results"]
        assert found["status"] == "found"
        assert "came after staff answered" in found["message"]


def test_what_is_there_is_named(nora_asks: Caller, nora: Member) -> None:
    taken(done_by(nora, completed_on="2025-09-01"))
    said = nora_asks.post(PLACE, ETHICS).json()
    assert (said["status"], said["id"]) == ("there", None)
    assert said["activity"].startswith("ce_")
    assert not MissingCredit.objects.exists()


def test_what_came_and_does_not_count_is_not_said_to_be_there(
    nora_asks: Caller, nora: Member
) -> None:
    (row,) = taken(done_by(nora, completed_on="2025-09-01"))
    # As an audit leaves what could not be verified.
    Activity.objects.filter(feed_row=row).update(state="rejected")
    said = nora_asks.post(PLACE, ETHICS).json()
    assert (said["status"], said["id"]) == ("not_counted", None)
    assert "does not count" in said["message"]


def test_what_can_not_be_missing_is_named(nora_asks: Caller) -> None:
    for more, place in (({"item": "NONE"}, "/item"), ({"on": "2099-01-01"}, "/on")):
        wrong = nora_asks.post(PLACE, ETHICS | more)
        assert places(problem(wrong, 422, "validation-error")) == [place]
