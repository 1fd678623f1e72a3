"""How often one caller may look certificates up."""

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from certificates.models import Certificate
from core.throttle import VerifyThrottle
from tests.cast import NOW
from tests.portal.reading import Page

pytestmark = pytest.mark.db
FORM = "/verify/"


@pytest.fixture
def three_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """Allow three look-ups a minute."""
    monkeypatch.setattr(VerifyThrottle, "THROTTLE_RATES", {"verify": "3/min"})


@pytest.mark.usefixtures("three_a_minute")
def test_too_many_look_ups_are_refused_whatever_is_asked(issued: Certificate) -> None:
    client = Client()
    for number in ("CMS-0000-0000-0000", issued.number, "hello"):
        assert client.get(f"{FORM}{number}/").status_code != 429
    for number in (issued.number, "hello"):
        answer = client.get(f"{FORM}{number}/")
        assert answer.status_code == 429
        assert Page.of(answer).h1 == "Too many requests"
    assert client.get(FORM).status_code == 200


@pytest.mark.usefixtures("three_a_minute")
def test_the_page_and_the_api_count_together(issued: Certificate) -> None:
    client = Client()
    page, api = f"{FORM}{issued.number}/", f"/api/v1/verify/{issued.number}"
    assert [client.get(each).status_code for each in (page, api, page)] == [200] * 3
    assert client.get(api).status_code == 429
    assert client.get(page).status_code == 429


@pytest.mark.usefixtures("three_a_minute")
def test_a_forged_address_is_the_same_caller(issued: Certificate) -> None:
    def ask(number: int) -> int:
        forged = f"203.0.113.{number}"
        headers = {
            "X-Forwarded-For": forged,
            "X-Real-IP": forged,
            "Forwarded": f"for={forged}",
            "Client-IP": forged,
        }
        answer = Client().get(f"{FORM}{issued.number}/", headers=headers)
        return answer.status_code

    assert [ask(number) for number in range(5)] == [200, 200, 200, 429, 429]


@pytest.mark.usefixtures("three_a_minute")
def test_behind_our_own_proxy_only_its_word_counts(
    issued: Certificate, settings: Settings
) -> None:
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"NUM_PROXIES": 1}

    def ask(chain: str) -> int:
        headers = {"X-Forwarded-For": chain}
        answer = Client().get(f"{FORM}{issued.number}/", headers=headers)
        return answer.status_code

    forged = [ask(f"198.51.100.{number}, 203.0.113.9") for number in range(4)]
    assert forged == [200, 200, 200, 429]
    assert ask("203.0.113.10") == 200


@pytest.mark.usefixtures("three_a_minute")
def test_a_minute_later_one_may_ask_again(issued: Certificate) -> None:
    address = f"{FORM}{issued.number}/"
    with time_machine.travel(NOW) as clock:
        codes = [Client().get(address).status_code for _ in range(4)]
        clock.shift(61)
        assert codes == [200, 200, 200, 429]
        assert Client().get(address).status_code == 200
