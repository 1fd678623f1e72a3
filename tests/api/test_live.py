"""Live activities over REST: found, come to, left, claimed once, within the limits."""

from datetime import date, timedelta

import pytest

from core import public_ids
from courses.models import LiveAnswers, LiveClaim, LiveRegistration
from courses.queries.live import codes_of
from courses.rules.live import Session
from tests.api.asking import Caller, places, problem
from tests.cast import TODAY, Cast
from tests.live.holding import FACTS as HELD_FACTS
from tests.live.holding import HELD, a_live, attended, registered, was_there

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.db,
    pytest.mark.usefixtures("shelf"),
]
CHOICES = {"objectives": 5, "practice": 4, "bias": 3}
NAME = {"first_name": "bob", "last_name": " BAKER"}
SOON = TODAY + timedelta(days=9)
LATER = (Session(SOON, HELD_FACTS.sessions[0].begins, HELD_FACTS.sessions[0].ends),)


def test_one_registers_once_and_cancels_until_the_day_before(
    cast: Cast, own: Caller
) -> None:
    live = a_live(sessions=LATER, capacity=1)
    spelled = public_ids.spell("lva", live.pk)
    (shown,) = own.get("live-activities").json()["results"]
    assert (shown["id"], shown["places_left"], shown["registered"]) == (
        spelled,
        1,
        False,
    )
    assert not {"code", "door_code"} & shown.keys()
    asked = {"activity": spelled, "first_name": "Bob", "last_name": "Baker"}
    made = own.post("live-registrations", asked).json()
    assert own.post("live-registrations", asked).json() == made
    here = own.get(f"live-activities/{spelled}").json()
    assert (here["places_left"], here["registered"]) == (0, True)
    blank = own.post("live-registrations", asked | {"first_name": " "})
    assert places(problem(blank, 422, "validation-error")) == ["/first_name"]
    own.send("DELETE", f"live-registrations/{made['id']}", b"")
    assert not LiveRegistration.objects.standing().exists()
    nothing = asked | {"activity": public_ids.spell("lva", cast.bob.pk)}
    answer = own.post("live-registrations", nothing)
    assert places(problem(answer, 422, "validation-error")) == ["/activity"]


def test_a_claim_is_made_once_with_the_code_the_name_and_the_answers(
    cast: Cast, own: Caller
) -> None:
    row = was_there(cast.bob, a_live())
    page = f"live-activities/{public_ids.spell('lva', row.live_id)}/evaluation"
    assert own.get(page).json()["given"] is False
    said = {"code": codes_of(row.live)[0].lower(), **NAME, "choices": CHOICES}
    wrong = own.post("live-claims", said | {"first_name": "Rob"})
    found = places(problem(wrong, 422, "validation-error"))
    assert found == ["/first_name", "/last_name"]
    lacking = own.post("live-claims", said | {"choices": {"objectives": 5}})
    found = places(problem(lacking, 422, "validation-error"))
    assert found == ["/practice", "/bias"]
    claim = own.post("live-claims", said).json()
    assert (claim["kind"], claim["credits"]) == ("attendance", "0.00")
    assert own.post("live-claims", said).json() == claim
    assert own.get(page).json()["given"] is True
    assert (LiveClaim.objects.count(), LiveAnswers.objects.count()) == (1, 1)


def test_codes_are_limited_as_on_the_page(cast: Cast, own: Caller) -> None:
    row = was_there(cast.bob, a_live())
    said = {"code": "AAAA-BBBB-CCCC", **NAME, "choices": CHOICES}
    for _ in range(10):
        answer = own.post("live-claims", said)
        assert places(problem(answer, 422, "validation-error")) == ["/code"]
    right = own.post("live-claims", said | {"code": codes_of(row.live)[0]})
    assert "not even the right one" in problem(right, 429, "rate-limited")["detail"]
    assert not LiveClaim.objects.exists()


def test_before_attendance_a_code_is_nothing(cast: Cast, own: Caller) -> None:
    row = registered(cast.bob, a_live())
    said = {"code": codes_of(row.live)[0], **NAME, "choices": CHOICES}
    answer = own.post("live-claims", said)
    assert places(problem(answer, 422, "validation-error")) == ["/code"]
    attended(row, HELD)
    assert own.post("live-claims", said).json()["on"] == _today().isoformat()


def _today() -> date:
    return LiveClaim.objects.get().on
