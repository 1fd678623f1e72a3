"""The API from a browser: the session is enough to read, writing needs its CSRF key."""

from collections.abc import Callable
from datetime import date

import pytest
from django.conf import settings
from django.test import Client

from tests.api.asking import mem, problem
from tests.cast import Cast, seats
from tests.signing import open_session

HERE = "/api/v1/practices/northside"
SignedIn = Callable[[str], Client]


def test_an_administrator_reads_with_the_session(
    today: date, signed_in: SignedIn
) -> None:
    answer = signed_in("alice").get(f"{HERE}/members")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize("name", ["frank", "charlie", "erin", "mona", "sam"])
def test_a_stranger_gets_what_a_missing_practice_answers(
    signed_in: SignedIn, name: str
) -> None:
    problem(signed_in(name).get(f"{HERE}/members"), 404, "not-found")


def test_a_member_is_refused(signed_in: SignedIn) -> None:
    problem(signed_in("bob").get(f"{HERE}/members"), 403, "forbidden")


def test_somebody_switched_off_is_signed_out(cast: Cast, signed_in: SignedIn) -> None:
    alice = signed_in("alice")
    cast.alice.is_active = False
    cast.alice.save()
    problem(alice.get(f"{HERE}/members"), 401, "not-authenticated")


def test_writing_without_the_csrf_key_is_refused(today: date, cast: Cast) -> None:
    seats(cast.northside, cast.renewals, 1)
    strict = open_session(Client(enforce_csrf_checks=True), cast.alice)
    body = {"product": "renewals", "member": mem(cast.bob.pk)}
    headers = {"Idempotency-Key": "one"}
    refused = strict.post(
        f"{HERE}/assignments", body, "application/json", headers=headers
    )
    problem(refused, 403, "forbidden")
    strict.get("/accounts/password/change/")
    key = strict.cookies[settings.CSRF_COOKIE_NAME].value
    taken = strict.post(
        f"{HERE}/assignments",
        body,
        "application/json",
        headers=headers | {"X-CSRFToken": key},
    )
    assert taken.status_code == 201


def test_a_bad_token_beside_a_session_is_refused(signed_in: SignedIn) -> None:
    headers = {"Authorization": "Bearer cep_live_nothing"}
    answer = signed_in("alice").get(f"{HERE}/members", headers=headers)
    problem(answer, 401, "not-authenticated")


def test_the_csrf_key_counts_in_the_header_alone(cast: Cast) -> None:
    """A form's would be read out of a body of any size, before anything is checked."""
    strict = open_session(Client(enforce_csrf_checks=True), cast.alice)
    strict.get("/accounts/password/change/")
    form = {"csrfmiddlewaretoken": strict.cookies[settings.CSRF_COOKIE_NAME].value}
    problem(strict.post(f"{HERE}/assignments", form), 403, "forbidden")
