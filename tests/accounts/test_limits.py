"""How often an address and an account may try, whatever a request says of itself."""

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from tests.accounts.reading import mails_to, said, sign_in
from tests.cast import a_user

pytestmark = pytest.mark.django_db
OURS = "192.0.2.7"


@pytest.fixture(params=["direct", "behind a proxy"])
def behind_proxy(request: pytest.FixtureRequest, settings: Settings) -> bool:
    """Have people come by themselves, or through one proxy of ours."""
    behind: bool = request.param != "direct"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = int(behind)
    return behind


def tried(email: str, number: int, *, behind: bool, address: str = OURS) -> str:
    """Guess once from an address, with another made-up way behind it each time."""
    made_up = f"10.0.0.{number}"
    forwarded = f"{made_up}, {address}" if behind else made_up
    client = Client(
        REMOTE_ADDR="127.0.0.1" if behind else address,
        headers={"x-forwarded-for": forwarded, "x-real-ip": made_up},
    )
    return said(sign_in(client, email, "a guess"))


def test_an_address_guesses_ten_times_a_minute_at_all_accounts_together(
    alice: User, *, behind_proxy: bool
) -> None:
    for number in range(10):
        page = tried(f"{number}@mail.example", number, behind=behind_proxy)
        assert "too many tries" not in page

    assert "too many tries" in tried(alice.email, 99, behind=behind_proxy)
    elsewhere = tried(alice.email, 98, behind=behind_proxy, address="192.0.2.8")
    assert "too many tries" not in elsewhere


def test_asking_for_links_is_limited_by_account_and_address(alice: User) -> None:
    bob = a_user("Bob Baker")
    answers = [
        Client(headers={"x-forwarded-for": f"10.0.0.{number}"})
        .post("/accounts/reset/", {"email": alice.email})
        .status_code
        for number in range(6)
    ]

    assert answers == [302] * 5 + [429]
    assert mails_to(alice.email) == 5
    other = Client().post("/accounts/reset/", {"email": bob.email})
    assert other.status_code == 302


def test_unknown_addresses_meet_the_same_limit(db: None) -> None:
    answers = [
        Client().post("/accounts/reset/", {"email": "nobody@mail.example"}).status_code
        for _ in range(6)
    ]
    assert answers == [302] * 5 + [429]
