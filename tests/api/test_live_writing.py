"""Staff write live activities over REST; whoever comes types the code at the door."""

import json
from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import StaffRole
from core import public_ids
from core.models import OutboxMessage
from courses.models import LiveActivity, LiveAttendance, LiveRegistration
from courses.queries.live import codes_of
from courses.rules.live import Session
from tests.api.asking import Caller, places, problem
from tests.cast import TODAY, Cast
from tests.live.holding import a_draft, a_live, attendances, registered

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.db,
    pytest.mark.usefixtures("shelf"),
]
PLACE = "live-activities"
SOON = TODAY + timedelta(days=30)
SESSION = {"day": SOON.isoformat(), "begins": "18:00", "ends": "20:00"}
WRITTEN: dict[str, Any] = {
    "title": "Pain without opioids",
    "provider": "The society",
    "joint_provider": "The academy",
    "credit_kind": "category_1",
    "credit": "1.50",
    "topics": ["pain_management"],
    "place": "Online",
    "capacity": 20,
    "sessions": [SESSION],
}
TONIGHT = (Session(TODAY, time(18), time(20)),)


@pytest.fixture
def desk(today: date, cast: Cast, signed_in: Callable[[str], Client]) -> Caller:
    """Mona, who manages the society, in her browser."""
    StaffRole.objects.create(user=cast.mona, program="mms", role="manager")
    return Caller("/api/v1/bodies/mms", {}, signed_in("mona"))


def spelled(live: LiveActivity) -> str:
    return public_ids.spell("lva", live.pk)


def door(own: Caller, live: LiveActivity, code: str) -> Any:  # noqa: ANN401
    return own.post(f"{PLACE}/{spelled(live)}/attendance", {"door_code": code})


def test_staff_write_change_announce_and_cancel(desk: Caller, cast: Cast) -> None:
    draft = desk.post(PLACE, WRITTEN)
    assert draft.status_code == 201
    made = draft.json()
    assert (made["state"], made["credit"], made["sessions"]) == (
        "draft",
        "1.50",
        [SESSION],
    )
    assert not {"code", "door_code"} & made.keys()
    here = f"{PLACE}/{made['id']}"
    read = desk.get(here)
    copy = {"If-Match": read.headers["ETag"]}
    changed = desk.send("PUT", here, _json(WRITTEN | {"capacity": 30}), **copy)
    assert changed.json()["capacity"] == 30
    # The copy is old now: somebody changed it meanwhile.
    late = desk.send("PUT", here, _json(WRITTEN), **copy)
    problem(late, 412, "stale-version")
    blind = desk.send("POST", f"{here}/publish", b"{}", **copy)
    problem(blind, 412, "stale-version")
    assert desk.post(f"{here}/publish", {}).json()["state"] == "announced"
    problem(desk.post(f"{here}/publish", {}), 409, "stale-version")
    frozen = desk.send("PUT", here, _json(WRITTEN))
    problem(frozen, 409, "not-eligible")
    registered(cast.bob, LiveActivity.objects.get())
    blank = desk.post(f"{here}/cancel", {"why": ""})
    assert places(problem(blank, 422, "validation-error")) == ["/why"]
    done = desk.post(f"{here}/cancel", {"why": "The speaker is ill."}).json()
    assert (done["state"], done["registered"]) == ("cancelled", 1)
    assert OutboxMessage.objects.filter(kind="live_cancelled").count() == 1
    problem(desk.post(f"{here}/cancel", {"why": "Again"}), 409, "stale-version")


@pytest.mark.parametrize(
    ("bent", "place"),
    [
        ({"sessions": [SESSION | {"ends": "17:00"}]}, "/sessions"),
        ({"sessions": [SESSION | {"begins": "6 PM"}]}, "/sessions"),
        ({"sessions": [SESSION | {"begins": "25:00"}]}, "/sessions"),
        ({"sessions": [SESSION | {"begins": "18:00:00"}]}, "/sessions/0/begins"),
        ({"sessions": []}, "/sessions"),
        ({"sessions": [SESSION | {"day": "2025-01-02"}]}, "/sessions"),
        ({"topics": ["cooking"]}, "/topics"),
        ({"credit": "0.00"}, "/credit"),
        ({"credit_kind": "none_such"}, "/credit_kind"),
        ({"capacity": 0}, "/capacity"),
        ({"title": " "}, "/title"),
        ({"evaluate_by": SOON.isoformat()}, "/evaluate_by"),
    ],
)
def test_what_cannot_be_names_its_field(
    desk: Caller, bent: dict[str, Any], place: str
) -> None:
    answer = desk.post(PLACE, WRITTEN | bent)
    assert places(problem(answer, 422, "validation-error")) == [place]
    assert not LiveActivity.objects.exists()


def test_a_list_notes_who_registered_once_or_nobody(desk: Caller, cast: Cast) -> None:
    live = a_live(sessions=TONIGHT)
    bob, charlie = registered(cast.bob, live), registered(cast.charlie, live)
    there = f"{PLACE}/{spelled(live)}/attendance"
    items = [{"email": bob.email.upper()}, {"email": "nobody@nowhere.example"}]
    bad = problem(desk.post(there, {"items": items}), 422, "validation-error")
    assert places(bad) == ["/items/1/email"]
    assert "is not registered" in bad["errors"][0]["detail"]
    assert attendances(live) == 0
    named = {"first_name": charlie.first_name, "last_name": charlie.last_name}
    good = {"items": [items[0], named]}
    tried = desk.post(there, good | {"dry_run": True}).json()
    assert (tried, attendances(live)) == (
        {"noted": 2, "known": 0, "dry_run": True},
        0,
    )
    assert desk.post(there, good).json() == {"noted": 2, "known": 0, "dry_run": False}
    assert desk.post(there, good).json() == {"noted": 0, "known": 2, "dry_run": False}
    later = a_live(sessions=(Session(SOON, time(18), time(20)),))
    early = f"{PLACE}/{spelled(later)}/attendance"
    problem(desk.post(early, good), 409, "not-eligible")


def test_items_of_a_list_that_name_nobody_are_told(desk: Caller, cast: Cast) -> None:
    live = a_live(sessions=TONIGHT)
    email = registered(cast.bob, live).email
    blank = [{}, {"email": ""}, {"first_name": " ", "last_name": ""}]
    said = {"items": [blank[0], {"email": email}, *blank[1:]]}
    for dry in (True, False):
        answer = desk.post(
            f"{PLACE}/{spelled(live)}/attendance", said | {"dry_run": dry}
        )
        bad = problem(answer, 422, "validation-error")
        assert places(bad) == ["/items/0/email", "/items/2/email", "/items/3/email"]
    assert attendances(live) == 0


def test_the_code_at_the_door_is_typed_once_in_any_case(
    own: Caller, cast: Cast
) -> None:
    live = a_live(sessions=TONIGHT)
    problem(door(own, live, "ABCDEF"), 404, "not-found")
    registered(cast.bob, live)
    code = codes_of(live)[1]
    said = door(own, live, f" {code.lower()} ").json()
    assert (said["how"], said["on"]) == ("door", TODAY.isoformat())
    assert door(own, live, code).json() == said
    assert LiveAttendance.objects.count() == 1
    problem(door(own, a_draft(), code), 404, "not-found")


def test_thirty_wrong_codes_open_nothing_and_then_not_even_the_right_one(
    own: Caller, cast: Cast
) -> None:
    live = a_live(sessions=TONIGHT)
    registered(cast.bob, live)
    heard = [door(own, live, "AAAAAA").status_code for _ in range(30)]
    assert heard == [422] * 10 + [429] * 20
    right = problem(door(own, live, codes_of(live)[1]), 429, "rate-limited")
    assert "not even the right one" in right["detail"]
    assert not LiveAttendance.objects.exists()


def test_another_body_s_activity_is_nobody_s_here(desk: Caller, cast: Cast) -> None:
    live = a_live(sessions=TONIGHT)
    elsewhere = Caller("/api/v1/bodies/namss", {}, desk.browser)
    for tail in ("", "/publish", "/cancel", "/attendance"):
        path = f"{PLACE}/{spelled(live)}{tail}"
        answer = elsewhere.get(path) if not tail else elsewhere.post(path, {})
        problem(answer, 404, "not-found")
    assert not LiveRegistration.objects.exists()


def _json(said: dict[str, Any]) -> bytes:
    return json.dumps(said).encode()
