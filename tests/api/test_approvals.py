"""A sponsor's activity over REST: applied for, asked about, decided on, attended."""

from typing import Any

import pytest

from accounts.models import Member, User
from ce_credits.models import AttendanceList, CatalogueItem
from ce_credits.tasks import take_feed
from tests.api.asking import Caller, places, problem
from tests.api.certificants import NOV_3, chief, day, nora, nora_asks, reviewing
from tests.approvals.approving import CODE, TYPED, approved, sent_in
from tests.cast import a_user

__all__ = ["chief", "day", "nora", "nora_asks", "reviewing"]
pytestmark = [pytest.mark.django_db, pytest.mark.db]
PLACE = "approvals"


def body(**changes: Any) -> dict[str, Any]:  # noqa: ANN401
    """What a client sends of an application."""
    parts = [part | {"minutes": int(part["minutes"])} for part in TYPED["parts"]]
    return {**TYPED, "parts": parts, "program": "namss", **changes}


@pytest.fixture
def nora_user(nora: Member) -> User:
    """The account that applies."""
    assert nora.user is not None
    return nora.user


def test_the_whole_way_from_a_draft_to_attendance(
    nora_asks: Caller, chief: Caller
) -> None:
    draft = nora_asks.post(PLACE, body(title="")).json()
    here = f"{PLACE}/{draft['id']}"
    assert (draft["status"], draft["version"], draft["credit"]) == ("draft", 0, None)
    problem(chief.get(here), 404, "not-found")
    wrong = nora_asks.post(f"{here}/submit", {"version": 0})
    assert places(problem(wrong, 422, "validation-error")) == ["/title"]
    named = {"version": 0, "title": TYPED["title"]}
    sent = nora_asks.post(f"{here}/submit", named).json()
    assert (sent["status"], sent["credit"]["credits"]) == ("submitted", "3.0")
    (waits,) = chief.get(PLACE, status="submitted").json()["results"]
    assert waits["id"] == draft["id"]
    problem(
        chief.post(f"{here}/ask", {"version": 1, "words": ""}), 422, "validation-error"
    )
    asked = chief.post(f"{here}/ask", {"version": 1, "words": "Who pays?"}).json()
    assert asked["status"] == "asked"
    nora_asks.post(f"{here}/answer", {"version": 2, "answer": "We do."})
    problem(
        nora_asks.post(f"{here}/answer", {"version": 3, "answer": "x"}),
        409,
        "stale-version",
    )
    yes = {"version": 3, "outcome": "approved"}
    problem(chief.post(f"{here}/decision", yes | {"version": 2}), 409, "stale-version")
    done = chief.post(f"{here}/decision", yes).json()
    assert (done["code"], done["status"]) == (CODE, "approved")
    problem(chief.post(f"{here}/decision", yes | {"version": 4}), 409, "conflict")
    assert CatalogueItem.objects.count() == 1
    mine = nora_asks.get(here).json()
    assert [step["kind"] for step in mine["steps"]] == [
        "submitted",
        "asked",
        "answered",
        "approved",
    ]


def test_topics_are_sent_by_their_codes(nora_asks: Caller) -> None:
    said = body(program="mms", kind="category_1", topics=["ehr", "cooking"])
    draft = nora_asks.post(PLACE, said).json()
    assert draft["programme"]["topics"] == ["ehr", "cooking"]
    here = f"{PLACE}/{draft['id']}/submit"
    wrong = nora_asks.post(here, {"version": 0})
    assert places(problem(wrong, 422, "validation-error")) == ["/topics"]
    sent = nora_asks.post(here, {"version": 0, "topics": ["ehr"]}).json()
    assert sent["programme"]["topics"] == ["ehr"]


def test_refusing_needs_a_ground_and_withdrawing_a_version(
    nora_asks: Caller, chief: Caller, nora_user: User
) -> None:
    row = sent_in(a_user("Sam Sponsor"))
    here = f"{PLACE}/apr_{row.pk.hex}"
    no = {"version": 1, "outcome": "refused"}
    found = places(problem(chief.post(f"{here}/decision", no), 422, "validation-error"))
    assert found == ["/ground"]
    said = chief.post(f"{here}/decision", no | {"ground": "promotional"}).json()
    assert (said["status"], said["steps"][-1]["ground"]) == ("refused", "promotional")
    problem(nora_asks.get(here), 404, "not-found")
    mine = f"{PLACE}/apr_{sent_in(nora_user).pk.hex}/withdraw"
    problem(nora_asks.post(mine, {"version": 0}), 409, "stale-version")
    assert nora_asks.post(mine, {"version": 1}).json()["status"] == "withdrawn"


def test_attendance_is_taken_once_and_names_nobody(
    nora_asks: Caller, nora_user: User
) -> None:
    row = approved(nora_user)
    here = f"{PLACE}/apr_{row.pk.hex}"
    good = {"certification_no": "CPCS-9", "completed_on": "2025-10-02"}
    bad = nora_asks.post(
        f"{here}/attendance", {"items": [good, good | {"completed_on": "2025-10-09"}]}
    )
    # The second item is wrong twice: its day, and naming somebody again.
    assert places(problem(bad, 422, "validation-error")) == [
        "/items/1/completed_on",
        "/items/1/certification_no",
    ]
    tried = nora_asks.post(f"{here}/attendance", {"items": [good], "dry_run": True})
    assert (tried.status_code, tried.json()["id"]) == (200, None)
    assert not AttendanceList.objects.exists()
    said = nora_asks.post(f"{here}/attendance", {"items": [good]})
    assert (said.status_code, said.json()["status"]) == (202, "waits_for_body")
    take_feed()
    (listed,) = nora_asks.get(here).json()["attendance"]
    assert (listed["status"], listed["rows"]) == ("taken_in", 1)
    other = f"{PLACE}/apr_{sent_in(nora_user).pk.hex}/attendance"
    problem(nora_asks.post(other, {"items": [good]}), 409, "conflict")


def test_an_approval_ends_with_a_reason_that_its_sponsor_reads(
    nora_asks: Caller, nora_user: User, chief: Caller
) -> None:
    here = f"{PLACE}/apr_{approved(nora_user).pk.hex}"
    end = {"version": 2, "words": "The speakers were others."}
    problem(chief.post(f"{here}/end", end | {"words": ""}), 422, "validation-error")
    problem(chief.post(f"{here}/end", end | {"version": 1}), 409, "stale-version")
    chief.post(f"{here}/end", end)
    said = nora_asks.get(here).json()
    assert (said["status"], said["ended_on"], said["ended_why"]) == (
        "ended",
        NOV_3.isoformat(),
        "The speakers were others.",
    )
    assert said["steps"][-1]["words"] == "The speakers were others."
    problem(chief.post(f"{here}/end", end | {"version": 3}), 409, "conflict")


def test_a_change_is_asked_for_once_and_takes_the_former_s_place(
    nora_asks: Caller, nora_user: User, chief: Caller
) -> None:
    here = f"{PLACE}/apr_{approved(nora_user).pk.hex}"
    problem(nora_asks.post(f"{here}/change", {"version": 1}), 409, "stale-version")
    begun = nora_asks.post(f"{here}/change", {"version": 2})
    assert begun.status_code == 201
    change = begun.json()
    assert nora_asks.post(f"{here}/change", {"version": 2}).json() == change
    assert (change["status"], change["replaces"]) == ("draft", here.split("/")[1])
    there = f"{PLACE}/{change['id']}"
    longer = {"version": 0, "days": ["2025-10-02", "2025-10-09"]}
    nora_asks.post(f"{there}/submit", longer)
    yes = {"version": 1, "outcome": "approved"}
    done = chief.post(f"{there}/decision", yes).json()
    assert done["code"] == "NAMSS-AE-0002"
    former = nora_asks.get(here).json()
    assert (former["status"], former["code"]) == ("replaced", CODE)
    problem(nora_asks.post(f"{here}/change", {"version": 3}), 409, "conflict")
