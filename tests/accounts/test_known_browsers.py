"""Guessing at an account from elsewhere leaves its owner's own browser alone."""

import pytest
from django.conf import settings
from django.test import Client

from accounts.known_browsers import PEOPLE
from accounts.models import User
from tests.accounts.reading import reset_link_to, said, sign_in
from tests.cast import PASSWORD, a_user

pytestmark = pytest.mark.django_db
COOKIE = settings.KNOWN_BROWSER_COOKIE_NAME
WRONG = "a guess"


def known_browser_of(user: User, client: Client | None = None) -> Client:
    """Somebody's browser, after they signed in with it and out again."""
    client = client or Client()
    assert sign_in(client, user.email).status_code == 302
    client.post("/accounts/logout/")
    return client


def is_held_off(client: Client, user: User, password: str = WRONG) -> bool:
    """Try once; say whether the answer was that there were too many tries."""
    return "too many tries" in said(sign_in(client, user.email, password))


def guess_from_anywhere(user: User, times: int = 6) -> None:
    """Have strangers guess from as many addresses."""
    for number in range(times):
        sign_in(Client(REMOTE_ADDR=f"192.0.2.{number}"), user.email, WRONG)


def test_strangers_guesses_keep_nobody_out_of_their_own_browser(alice: User) -> None:
    own = known_browser_of(alice)
    guess_from_anywhere(alice)

    assert is_held_off(Client(), alice, PASSWORD)
    assert sign_in(own, alice.email).status_code == 302


def test_a_neighbour_s_guesses_from_the_same_address_do_not_either(alice: User) -> None:
    own = known_browser_of(alice)
    for number in range(11):
        sign_in(Client(), f"{number}@mail.example", WRONG)

    assert is_held_off(Client(), alice, PASSWORD)
    assert sign_in(own, alice.email).status_code == 302


def test_guessing_in_a_known_browser_ends_too(alice: User) -> None:
    own = known_browser_of(alice)
    tried = [is_held_off(own, alice) for _ in range(6)]

    assert tried == [False] * 5 + [True]
    assert is_held_off(own, alice, PASSWORD)
    # Nobody else is held off by it.
    assert sign_in(Client(), alice.email).status_code == 302


def test_a_reset_link_lets_in_whoever_was_held_off_there(alice: User) -> None:
    own = known_browser_of(alice)
    for _ in range(6):
        sign_in(own, alice.email, WRONG)
    own.post("/accounts/reset/", {"email": alice.email})
    page = own.get(reset_link_to(alice.email), follow=True)
    fresh = "another long enough password"
    own.post(page.request["PATH_INFO"], {"password1": fresh})

    assert sign_in(own, alice.email, fresh).status_code == 302


def test_a_mark_counts_for_its_own_account_and_browser_alone(alice: User) -> None:
    bob = a_user("Bob Baker")
    of_alice, of_bob = known_browser_of(alice), known_browser_of(bob)
    guess_from_anywhere(alice)

    assert is_held_off(of_bob, alice, PASSWORD)
    # A mark under another browser's name.
    name = of_bob.cookies[COOKIE].value.split("-")[0]
    mark = of_alice.cookies[COOKIE].value.split("-")[1]
    of_bob.cookies[COOKIE] = f"{name}-{mark}"
    assert is_held_off(of_bob, alice, PASSWORD)


@pytest.mark.parametrize(
    "sent", ["", "x", "-", "é" * 50, "0" * 32, "0" * 97, "a-" * 99]
)
def test_a_made_up_mark_is_no_mark(alice: User, sent: str) -> None:
    guess_from_anywhere(alice)
    client = Client()
    client.cookies[COOKIE] = sent

    assert is_held_off(client, alice, PASSWORD)


def test_people_who_share_a_browser_are_known_there_each(alice: User) -> None:
    others = [a_user(f"Person {number}") for number in range(PEOPLE - 1)]
    shared = known_browser_of(alice)
    for each in others:
        known_browser_of(each, shared)
    for each in (alice, *others):
        guess_from_anywhere(each)
        assert sign_in(shared, each.email).status_code == 302
        shared.post("/accounts/logout/")

    known_browser_of(a_user("One More"), shared)
    assert len(shared.cookies[COOKIE].value.split("-")) == PEOPLE + 1


def test_the_mark_is_out_of_reach_of_scripts_and_other_sites(alice: User) -> None:
    kept = known_browser_of(alice).cookies[COOKIE]

    assert kept["httponly"] is True
    assert kept["samesite"] == "Lax"
    assert bool(kept["secure"]) is settings.SECURE_COOKIES
    assert alice.email not in kept.value
