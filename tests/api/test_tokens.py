"""A practice's token: shown once, kept hashed, refused the moment it is revoked."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from hashlib import sha256

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.models import ApiToken
from accounts.rules import TOKEN_SCOPES
from accounts.services.tokens import create_token
from core.models import AuditEntry
from tests.api.asking import Api, mem, problem, secret_of, without_request_id
from tests.cast import NOW, TESTER, Cast

PAGE = "/p/northside/settings/api/"
SECRET = re.compile(r"cep_live_[A-Za-z0-9_-]{43}")
FORM = {
    "name": "Payroll",
    "scopes": ["members:read", "certificates:read"],
    "expires": "90",
    "form_key": "one",
}
SignedIn = Callable[[str], Client]


def test_a_new_token_is_shown_once_and_kept_as_its_hash_alone(
    today: date, signed_in: SignedIn
) -> None:
    alice = signed_in("alice")
    made = alice.post(PAGE, FORM)
    (secret,) = SECRET.findall(made.content.decode())
    token = ApiToken.objects.get()
    assert token.token_hash == sha256(secret.encode()).hexdigest()
    assert secret not in str(ApiToken.objects.values())
    assert made.headers["Cache-Control"] == "no-store, private"
    later = alice.get(PAGE).content.decode()
    assert token.prefix in later
    assert not SECRET.search(later)
    assert len(token.prefix) < 20


def test_a_token_has_at_least_256_bits(today: date, cast: Cast) -> None:
    secret = secret_of(cast.northside, cast.alice)
    # 43 characters of 6 bits each.
    assert SECRET.fullmatch(secret)
    assert secret != secret_of(cast.northside, cast.alice)


def test_making_and_revoking_a_token_is_in_the_trail(
    today: date, signed_in: SignedIn, cast: Cast
) -> None:
    alice = signed_in("alice")
    alice.post(PAGE, FORM)
    token = ApiToken.objects.get()
    url = reverse("revoke_token", args=["northside", token.pk])
    for _ in range(2):
        assert alice.post(url).status_code == 302
    entries = AuditEntry.objects.filter(subject_id=token.pk).order_by("at")
    assert [entry.action for entry in entries] == ["token.created", "token.revoked"]
    assert {entry.user for entry in entries} == {cast.alice}
    assert entries[0].changes["scopes"] == [None, "members:read, certificates:read"]


def test_the_form_sent_twice_makes_one_token(today: date, signed_in: SignedIn) -> None:
    alice = signed_in("alice")
    assert alice.post(PAGE, FORM).status_code == 200
    again = alice.post(PAGE, FORM)
    assert again.status_code == 409
    assert not SECRET.search(again.content.decode())
    assert ApiToken.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": ""}, "Enter a name"),
        ({"name": "x" * 101}, "Shorten the name"),
        ({"scopes": []}, "Choose at least one thing"),
        ({"scopes": ["everything"]}, "Choose from the list"),
        ({"expires": "9999"}, "Choose from the list"),
    ],
)
def test_what_a_token_needs_is_asked_for(
    today: date, signed_in: SignedIn, changed: dict[str, object], said: str
) -> None:
    refused = signed_in("alice").post(PAGE, FORM | changed)
    assert refused.status_code == 422
    assert said in refused.content.decode()
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize("name", ["bob", "frank", "erin", "sam"])
def test_only_the_practices_administrator_sees_its_tokens(
    today: date, signed_in: SignedIn, name: str
) -> None:
    somebody = signed_in(name)
    expected = 403 if name == "bob" else 404
    assert somebody.get(PAGE).status_code == expected
    assert somebody.post(PAGE, FORM).status_code == expected
    assert not ApiToken.objects.exists()


def test_another_practices_token_is_not_found_to_revoke(
    today: date, signed_in: SignedIn, cast: Cast
) -> None:
    secret_of(cast.lakeview, cast.frank)
    token = ApiToken.objects.get()
    url = reverse("revoke_token", args=["northside", token.pk])
    assert signed_in("alice").post(url).status_code == 404
    token.refresh_from_db()
    assert token.revoked_at is None


def test_a_revoked_token_is_refused_at_its_next_request(
    api: Api, signed_in: SignedIn
) -> None:
    assert api.get("members").status_code == 200
    token = ApiToken.objects.get()
    signed_in("alice").post(reverse("revoke_token", args=["northside", token.pk]))
    refused = api.get("members")
    problem(refused, 401, "not-authenticated")
    assert refused.headers["WWW-Authenticate"].startswith("Bearer")


def test_an_expired_token_is_refused(api: Api) -> None:
    with time_machine.travel(NOW + timedelta(days=29, hours=23)):
        assert api.get("members").status_code == 200
    with time_machine.travel(NOW + timedelta(days=30, seconds=1)):
        problem(api.get("members"), 401, "not-authenticated")


def test_unknown_revoked_and_expired_tokens_are_answered_alike(
    api: Api, cast: Cast
) -> None:
    unknown = Api("northside", "cep_live_" + "x" * 43).get("members")
    ApiToken.objects.update(revoked_at=NOW)
    revoked = api.get("members")
    ApiToken.objects.update(revoked_at=None, expires_at=NOW)
    expired = api.get("members")
    assert (
        without_request_id(unknown)
        == without_request_id(revoked)
        == without_request_id(expired)
    )


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Basic Ym9iOmJvYg==", "Token abc", "\xff"]
)
def test_without_a_token_the_answer_is_401(cast: Cast, header: str) -> None:
    headers = {"Authorization": header}
    answer = Client().get("/api/v1/practices/northside/members", headers=headers)
    problem(answer, 401, "not-authenticated")


@pytest.mark.parametrize("name", ["token", "access_token", "api_key"])
def test_a_token_in_the_address_opens_nothing(api: Api, name: str) -> None:
    path = f"{api.path('members')}?{name}={api.secret}"
    problem(Client().get(path), 401, "not-authenticated")


def test_a_foreign_practice_and_a_missing_one_are_answered_alike(api: Api) -> None:
    foreign = Api("lakeview", api.secret).get("members")
    missing = Api("nowhere", api.secret).get("members")
    problem(foreign, 404, "not-found")
    assert without_request_id(foreign) == without_request_id(missing)


NEEDS = {
    "members": "members:read",
    "seats": "assignments:read",
    "assignments": "assignments:read",
    "certificates": "certificates:read",
}


@pytest.mark.parametrize("tail", NEEDS)
def test_each_resource_opens_with_its_scope_alone(
    today: date, cast: Cast, tail: str
) -> None:
    for scope in TOKEN_SCOPES:
        client = Api("northside", secret_of(cast.northside, cast.alice, [scope]))
        if scope == NEEDS[tail]:
            assert client.get(tail).status_code == 200
        else:
            said = problem(client.get(tail), 403, "forbidden")
            assert NEEDS[tail] in said["detail"]


def test_a_token_that_reads_never_writes(today: date, cast: Cast) -> None:
    reading = [scope for scope in TOKEN_SCOPES if scope.endswith(":read")]
    client = Api("northside", secret_of(cast.northside, cast.alice, reading))
    body = {"product": "renewals", "member": mem(cast.bob.pk)}
    problem(client.post("assignments", body), 403, "forbidden")


def test_last_used_is_noted_at_most_once_a_minute(api: Api) -> None:
    noted = []
    for seconds in (0, 30, 59, 61):
        with time_machine.travel(NOW + timedelta(seconds=seconds), tick=False):
            api.get("seats")
        noted.append(ApiToken.objects.get().last_used_at)
    first = NOW
    assert noted == [first, first, first, NOW + timedelta(seconds=61)]


def test_a_token_of_a_demonstration_says_so(
    today: date, cast: Cast, settings: Settings
) -> None:
    settings.DEMO = True
    assert secret_of(cast.northside, cast.alice).startswith("cep_test_")


def test_outside_a_demonstration_nobody_chooses_a_secret(
    today: date, cast: Cast
) -> None:
    with pytest.raises(RuntimeError):
        create_token(
            actor=TESTER,
            user=cast.alice,
            practice=cast.northside,
            name="Payroll",
            scopes=["members:read"],
            expires_at=NOW + timedelta(days=1),
            now=NOW,
            demo_secret="cep_test_known",
        )
