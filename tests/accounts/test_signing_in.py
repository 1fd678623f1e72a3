"""Signing in and out: by e-mail, and without a word about whose address is known."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from tests.accounts.reading import headers, reset_link_to, said, sign_in
from tests.cast import NOW, PASSWORD, a_user

pytestmark = pytest.mark.django_db


def test_alice_signs_in_whatever_the_case_of_her_address(
    client: Client, alice: User
) -> None:
    answer = sign_in(client, alice.email.upper())

    assert answer.status_code == 302
    assert answer["Location"] == "/home/"
    assert client.session["_auth_user_id"] == str(alice.pk)


def test_a_session_gets_a_new_key_at_sign_in(client: Client, alice: User) -> None:
    client.get("/accounts/login/")
    client.session["before"] = True
    before = client.session.session_key

    sign_in(client, alice.email)

    assert client.session.session_key != before


def test_unknown_wrong_and_switched_off_are_answered_alike(alice: User) -> None:
    bob = a_user("Bob Baker")
    bob.is_active = False
    bob.save()
    address = "somebody@practice.example"
    answers = []
    for email, password in (
        (address, PASSWORD),
        (alice.email, "not her password at all"),
        (bob.email, PASSWORD),
    ):
        answer = sign_in(Client(), email, password)
        answers.append((answer, said(answer).replace(email, "…")))

    first, text = answers[0]
    assert first.status_code == 200
    assert "don&#x27;t go together" in text
    for answer, words in answers[1:]:
        assert answer.status_code == first.status_code
        assert words == text
        assert headers(answer) == headers(first)


def test_a_switched_off_person_is_out_with_the_next_request(alice: User) -> None:
    client = Client()
    sign_in(client, alice.email)
    User.objects.update(is_active=False)

    answer = client.get("/accounts/password/change/")

    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("email", ["alice@alice-adams.example", "nobody@a.example"])
def test_after_five_wrong_tries_nobody_gets_in_for_five_minutes(
    alice: User, email: str
) -> None:
    with time_machine.travel(NOW) as clock:
        for _ in range(5):
            sign_in(Client(), email, "a guess")
        locked = said(sign_in(Client(), email))
        clock.shift(timedelta(minutes=5, seconds=1))
        again = sign_in(Client(), email)

    assert "too many tries" in locked
    assert (again.status_code == 302) is (email == alice.email)


def test_neither_a_port_nor_a_forwarded_address_resets_the_count(alice: User) -> None:
    for number in range(5):
        sent = {
            "host": f"localhost:{number + 1}",
            "x-forwarded-for": f"10.0.0.{number}",
        }
        sign_in(Client(), alice.email, "a guess", sent)

    locked = sign_in(Client(), alice.email, headers={"host": "localhost:99"})

    assert "too many tries" in said(locked)


def test_a_right_password_of_a_switched_off_account_counts_as_a_try(
    alice: User,
) -> None:
    User.objects.update(is_active=False)

    for _ in range(5):
        sign_in(Client(), alice.email)

    assert "too many tries" in said(sign_in(Client(), alice.email))


def test_a_reset_link_lets_a_locked_person_in(alice: User) -> None:
    for _ in range(6):
        sign_in(Client(), alice.email, "a guess")
    client = Client()
    client.post("/accounts/reset/", {"email": alice.email})
    page = client.get(reset_link_to(alice.email), follow=True)
    fresh = "another long enough password"

    client.post(page.request["PATH_INFO"], {"password1": fresh})

    assert sign_in(Client(), alice.email, fresh).status_code == 302


@pytest.mark.parametrize(
    "place",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:evil.example",
        "https://localhost@evil.example/",
    ],
)
def test_signing_in_never_leads_off_the_site(alice: User, place: str) -> None:
    data = {"login": alice.email, "password": PASSWORD, "next": place}

    answer = Client().post("/accounts/login/", data)

    assert answer.status_code == 302
    assert answer["Location"] == "/home/"


def test_signing_in_leads_back_to_the_page_that_asked(alice: User) -> None:
    data = {"login": alice.email, "password": PASSWORD, "next": "/p/northside/"}

    answer = Client().post("/accounts/login/", data)

    assert answer["Location"] == "/p/northside/"


def test_signing_out_is_a_post_and_ends_the_session_in_the_database(
    alice: User,
) -> None:
    client = Client()
    sign_in(client, alice.email)
    key = client.session.session_key
    assert key is not None

    assert client.get("/accounts/logout/").status_code == 405
    assert client.session.session_key == key
    answer = client.post("/accounts/logout/")

    assert answer.status_code == 302
    assert "_auth_user_id" not in client.session
    assert not client.session.exists(key)


def test_nobody_signs_up(client: Client) -> None:
    page = client.get("/accounts/signup/")

    assert page.status_code == 200
    assert "Accounts come by invitation" in said(page)
    data = {"email": "new@practice.example", "password1": PASSWORD}
    assert client.post("/accounts/signup/", data).status_code == 405
    assert not User.objects.exists()


def test_the_form_names_what_is_missing(client: Client) -> None:
    page = said(client.post("/accounts/login/", {"login": "alice", "password": ""}))

    assert "Enter an e-mail address such as name@practice.example." in page
    assert "Enter a password." in page


def test_a_header_that_asks_for_json_gets_the_page(client: Client) -> None:
    answer = sign_in(
        client, "nobody@a.example", headers={"x-requested-with": "XMLHttpRequest"}
    )

    assert answer["Content-Type"].startswith("text/html")
