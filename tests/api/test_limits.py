"""How many requests a token gets in a minute, and how it is told."""

from datetime import timedelta

import pytest
import time_machine

from accounts.rest import CallerLimit
from tests.api.asking import Api, problem, secret_of
from tests.cast import NOW, Cast


@pytest.fixture
def three_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a token ask three times a minute."""
    monkeypatch.setattr(CallerLimit, "THROTTLE_RATES", {"token": "3/min"})


@pytest.mark.usefixtures("three_a_minute")
def test_a_token_gets_its_number_and_is_told_when_to_come_back(api: Api) -> None:
    with time_machine.travel(NOW + timedelta(seconds=15), tick=False):
        left = []
        for _ in range(3):
            answer = api.get("seats")
            assert answer.status_code == 200
            left.append(answer.headers["RateLimit"])
        refused = api.get("seats")
    assert left == [f'"token";r={rest};t=45' for rest in (2, 1, 0)]
    problem(refused, 429, "rate-limited")
    assert refused.headers["Retry-After"] == "45"
    assert refused.headers["RateLimit-Policy"] == '"token";q=3;w=60'
    with time_machine.travel(NOW + timedelta(seconds=60), tick=False):
        assert api.get("seats").status_code == 200


@pytest.mark.usefixtures("three_a_minute")
def test_each_token_has_its_own_number(api: Api, cast: Cast) -> None:
    for _ in range(4):
        api.get("seats")
    other = Api("northside", secret_of(cast.northside, cast.alice))
    assert other.get("seats").status_code == 200


@pytest.mark.usefixtures("three_a_minute")
def test_what_is_refused_for_its_number_takes_no_seat(api: Api, cast: Cast) -> None:
    for _ in range(3):
        api.get("seats")
    body = {"product": "membership", "member": "mem_" + "0" * 32}
    problem(api.post("assignments", body), 429, "rate-limited")
