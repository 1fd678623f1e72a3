"""A second step at sign-in: a must for whoever sees other people's records."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from accounts.enrolling import SEED
from accounts.models import User
from accounts.services.tokens import create_token
from core.models import AuditEntry
from core.sealing import unseal
from tests.accounts.reading import recovery_codes_on, reset_link_to, said, sign_in
from tests.cast import NOW, PASSWORD, TESTER, Cast, a_user
from tests.matrix import demo_urls
from tests.signing import (
    an_app_of,
    client_without_second_factor,
    open_session,
    set_up,
    signed_in,
)
from tests.totp import code_of

pytestmark = [pytest.mark.django_db, pytest.mark.db]
SETUP, CODES, STEP = (
    "/accounts/security/app/",
    "/accounts/security/codes/",
    "/accounts/login/step/",
)
PRIVILEGED = {
    "alice": "/p/northside/",
    "erin": "/staff/acmss/",
    "mona": "/staff/acmss/seats/",
}


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Stand still at the beginning of a half minute."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.mark.parametrize("name", PRIVILEGED)
def test_a_role_is_led_to_set_a_second_step_up_before_any_data(
    cast: Cast, name: str
) -> None:
    client = client_without_second_factor(cast.user(name))
    place = PRIVILEGED[name]

    answer = client.get(place)

    assert answer.status_code == 302
    assert answer.headers["Location"] == (
        f"/accounts/security/?next={place.replace('/', '%2F')}"
    )
    page = said(client.get(answer.headers["Location"]))
    assert "Set up a second step first" in page
    assert client.post("/accounts/security/codes/").status_code == 409


def test_what_a_role_sends_without_it_is_not_done(cast: Cast) -> None:
    client = client_without_second_factor(cast.mona)

    answer = client.post("/staff/acmss/seats/", {"count": "5"})

    assert answer.headers["Location"] == "/accounts/security/"


def test_a_holder_needs_none(cast: Cast) -> None:
    client = client_without_second_factor(cast.user("bob"))

    assert client.get("/me/").status_code == 200
    assert "Set up a second step first" not in said(client.get("/accounts/security/"))


def test_strangers_hear_nothing_of_it(cast: Cast) -> None:
    client = client_without_second_factor(cast.frank)

    assert client.get("/p/northside/").status_code == 404
    assert client.get("/staff/acmss/").status_code == 404


def test_an_administrator_sets_an_app_up_and_goes_on(cast: Cast) -> None:
    client = client_without_second_factor(cast.alice)

    _, page = set_up(client)

    assert "Keep these ten codes" in page
    assert client.get("/p/northside/").status_code == 200
    entries = AuditEntry.objects.filter(user_id=cast.alice.pk)
    assert [each.action for each in entries] == [
        "second_factor.added",
        "second_factor.codes_made",
    ]


def test_no_secret_lies_in_the_clear(cast: Cast) -> None:
    client = client_without_second_factor(cast.alice)
    seed, page = set_up(client)
    codes = recovery_codes_on(page)

    stored = str(list(Authenticator.objects.values_list("data", flat=True)))

    assert len(codes) == 10
    assert seed.replace(" ", "") not in stored
    for code in codes:
        assert code not in stored
        assert code.replace(" ", "") not in stored
    assert SEED not in client.session


def test_the_seed_that_a_page_shows_waits_sealed_in_the_session(cast: Cast) -> None:
    client = client_without_second_factor(cast.alice)
    page = client.get(SETUP)

    seed = page.context["seed"].replace(" ", "")
    assert seed not in str(dict(client.session))
    assert unseal(client.session[SEED]) == seed


def test_a_new_password_by_mail_does_not_skip_the_step(cast: Cast) -> None:
    an_app_of(cast.alice)
    client = Client()
    client.post("/accounts/reset/", {"email": cast.alice.email})
    page = client.get(reset_link_to(cast.alice.email), follow=True)
    fresh = "another long enough password"

    client.post(page.request["PATH_INFO"], {"password1": fresh})

    assert not signed_in(client)
    assert sign_in(client, cast.alice.email, fresh).headers["Location"] == STEP
    assert not signed_in(client)


def test_a_session_that_lacks_its_step_is_led_there_and_a_password_is_not_enough(
    cast: Cast,
) -> None:
    an_app_of(cast.alice)
    client = client_without_second_factor(cast.alice)
    led = client.get("/p/northside/").headers["Location"]
    assert led == "/accounts/confirm/?next=%2Fp%2Fnorthside%2F"

    assert client.post(led, {"password": PASSWORD}).status_code == 422
    assert client.get("/p/northside/").status_code == 302
    answer = client.post(led, {"code": code_of()})

    assert answer.headers["Location"] == "/p/northside/"
    assert client.get("/p/northside/").status_code == 200


def test_over_rest_a_session_hears_403_and_the_way_out(cast: Cast) -> None:
    client = client_without_second_factor(cast.alice)

    answer = client.get("/api/v1/practices/northside/members")

    assert answer.status_code == 403
    assert answer.json()["type"] == "/problems/forbidden"
    assert "Sign-in and security" in answer.json()["detail"]


def test_a_token_goes_on_working(cast: Cast) -> None:
    made = create_token(
        actor=TESTER,
        user=cast.alice,
        practice=cast.northside,
        name="Payroll",
        scopes=["members:read"],
        expires_at=NOW + timedelta(days=30),
        now=NOW,
    )
    headers = {"authorization": f"Bearer {made.secret}"}

    answer = Client().get("/api/v1/practices/northside/members", headers=headers)

    assert answer.status_code == 200


def test_a_role_keeps_its_last_step_and_a_holder_need_not(cast: Cast) -> None:
    for name, status, left in (("alice", 409, 1), ("bob", 302, 0)):
        user = cast.user(name)
        client = open_session(Client(), user)
        client.post(CODES)
        app = an_app_of(user)

        answer = client.post(f"/accounts/security/factors/{app.pk}/remove/")

        assert answer.status_code == status
        kept = Authenticator.objects.filter(user=user)
        assert kept.filter(type="totp").count() == left
        assert kept.count() == left * 2


def test_somebody_else_s_step_is_not_there_to_remove(cast: Cast) -> None:
    theirs = an_app_of(cast.frank)
    client = open_session(Client(), cast.alice)

    answer = client.post(f"/accounts/security/factors/{theirs.pk}/remove/")

    assert answer.status_code == 404
    assert Authenticator.objects.filter(pk=theirs.pk).exists()


def test_setting_one_up_ends_every_other_session(cast: Cast) -> None:
    here, there = (client_without_second_factor(cast.alice) for _ in range(2))
    key = here.session.session_key

    set_up(here)

    assert here.get("/accounts/security/").status_code == 200
    assert here.session.session_key != key
    assert there.get("/accounts/security/").status_code == 302


def test_who_runs_the_site_resets_a_lost_step(cast: Cast) -> None:
    client = open_session(Client(), cast.alice)

    call_command("reset_second_step", cast.alice.email.upper())

    assert not Authenticator.objects.filter(user=cast.alice).exists()
    assert client.get("/accounts/security/").status_code == 302
    assert sign_in(client, cast.alice.email).headers["Location"] == "/home/"
    assert (
        client.get("/p/northside/")
        .headers["Location"]
        .startswith("/accounts/security/")
    )
    assert AuditEntry.objects.filter(action="second_factor.reset").count() == 1


def test_in_a_demonstration_its_own_people_are_signed_in_by_the_house(
    cast: Cast, settings: Settings
) -> None:
    settings.DEMO, settings.ROOT_URLCONF = True, demo_urls.__name__
    demo = a_user("Dana Demo")
    User.objects.filter(pk=demo.pk).update(email="dana@demo.example")
    cast.northside.administrations.create(user=demo, named=False, from_at=NOW)
    answers = {
        user.email: client_without_second_factor(user).get("/p/northside/").status_code
        for user in (cast.alice, User.objects.get(pk=demo.pk))
    }

    assert answers == {cast.alice.email: 302, "dana@demo.example": 200}
    settings.DEMO, settings.ROOT_URLCONF = False, "config.urls"
    late = client_without_second_factor(User.objects.get(pk=demo.pk))
    assert late.get("/p/northside/").status_code == 302
