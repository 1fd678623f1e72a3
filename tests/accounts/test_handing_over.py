"""Changing the Practice Administrator: at once, told to both, with one entry."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import Administration, User
from accounts.services import end_administration
from accounts.services.tokens import create_token
from core.models import AuditEntry, OutboxMessage
from tests.accounts.reading import said
from tests.cast import (
    NOW,
    PASSWORD,
    TESTER,
    Cast,
    a_member,
    a_user,
    an_administrator,
)
from tests.signing import open_session

pytestmark = [pytest.mark.django_db, pytest.mark.db]
HERE, HOME, ASSIGN = (
    "/p/northside/administrator/",
    "/p/northside/",
    "/p/northside/assignments/",
)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Stand still until the test moves the clock."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def named(cast: Cast) -> list[str]:
    """Who is Practice Administrator of Northside."""
    held = Administration.objects.filter(practice=cast.northside, until_at=None)
    return [each.user.name for each in held.filter(named=True)]


def sent(cast: Cast, name: str = "bob") -> dict[str, str]:
    """What the form sends."""
    held = Administration.objects.get(
        practice=cast.northside, named=True, until_at=None
    )
    return {"person": str(cast.user(name).pk), "seen": str(held.pk)}


def test_alice_hands_over_to_bob_and_loses_her_rights_at_once(cast: Cast) -> None:
    alice, elsewhere, bob = (
        open_session(Client(), user)
        for user in (cast.alice, cast.alice, cast.user("bob"))
    )

    answer = alice.post(HERE, sent(cast))

    assert answer.headers["Location"] == "/home/"
    assert named(cast) == ["Bob Baker"]
    assert [alice.get(each).status_code for each in (HOME, ASSIGN, HERE)] == [404] * 3
    assert alice.post(HERE, sent(cast)).status_code == 404
    assert elsewhere.get(HOME).headers["Location"].startswith("/accounts/login/")
    assert bob.get(HOME).headers["Location"].startswith("/accounts/login/")
    assert open_session(Client(), cast.user("bob")).get(HOME).status_code == 200


def test_both_are_told_and_one_entry_says_it(cast: Cast) -> None:
    before = AuditEntry.objects.count()

    open_session(Client(), cast.alice).post(HERE, sent(cast))

    told = OutboxMessage.objects.filter(kind="administrator_changed")
    assert sorted(told.values_list("recipient", flat=True)) == sorted(
        [cast.alice.email, cast.user("bob").email]
    )
    (entry,) = AuditEntry.objects.all()[before:]
    assert entry.action == "administrator.handed_over"
    assert entry.sentence == "Made Bob Baker Practice Administrator after Alice Adams"


def test_a_sponsored_former_administrator_is_told_that_the_role_is_gone(
    cast: Cast,
) -> None:
    a_member("Alice Adams", cast.northside, user=cast.alice)
    alice = open_session(Client(), cast.alice)

    alice.post(HERE, sent(cast))

    page = alice.get(HOME)
    assert page.status_code == 403
    assert "Your role here doesn't include this" in said(page)
    assert alice.get("/me/").status_code == 200


def test_another_administrator_may_do_it_and_may_become_it(cast: Cast) -> None:
    dora = an_administrator("Dora Dean", cast.northside, named=False)
    client = open_session(Client(), dora)
    held = Administration.objects.get(practice=cast.northside, named=True)

    answer = client.post(HERE, {"person": str(dora.pk), "seen": str(held.pk)})

    assert answer.headers["Location"] == ASSIGN
    assert named(cast) == ["Dora Dean"]
    assert client.get(HOME).status_code == 200
    assert dora.administrations.filter(until_at=None).count() == 1


def test_only_people_of_the_practice_with_an_account_are_offered(cast: Cast) -> None:
    a_member("Nora North", cast.northside)
    gone = a_user("Gina Gone")
    gone.is_active = False
    gone.save()
    a_member("Gina Gone", cast.northside, user=gone)
    alice = open_session(Client(), cast.alice)

    form = alice.get(HERE).context["form"]

    assert [name for _, name in form.fields["person"].choices] == ["Bob Baker"]
    for stranger in (cast.user("charlie").pk, cast.sam.pk, gone.pk, "x", ""):
        answer = alice.post(HERE, sent(cast) | {"person": str(stranger)})
        assert answer.status_code == 422
    nobody = alice.post(HERE, sent(cast) | {"person": ""})
    assert "Choose the new Practice Administrator." in said(nobody)
    assert named(cast) == ["Alice Adams"]


def test_an_older_page_changes_nothing(cast: Cast) -> None:
    dora = an_administrator("Dora Dean", cast.northside, named=False)
    old = sent(cast)
    open_session(Client(), cast.alice).post(HERE, old)

    answer = open_session(Client(), dora).post(HERE, old | {"person": str(dora.pk)})

    assert answer.status_code == 422
    assert "changed meanwhile" in said(answer)
    assert named(cast) == ["Bob Baker"]


def test_the_database_holds_one_at_a_time(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        an_administrator("Dora Dean", cast.northside)
    assert named(cast) == ["Alice Adams"]


def test_it_needs_a_sign_in_of_the_last_minutes_and_then_goes_on(
    cast: Cast, clock: time_machine.Traveller
) -> None:
    alice = open_session(Client(), cast.alice)
    session = alice.session
    for record in session["account_authentication_methods"]:
        record["at"] = NOW.timestamp()
    session.save()
    assert alice.get(HERE).status_code == 200
    clock.shift(timedelta(minutes=5, seconds=1))

    led = alice.get(HERE)
    assert led.headers["Location"].startswith("/accounts/confirm/?next=")
    answer = alice.post(HERE, sent(cast))
    assert named(cast) == ["Alice Adams"]
    confirm = answer.headers["Location"]
    assert alice.post(confirm, {"password": "wrong"}).status_code == 422
    assert named(cast) == ["Alice Adams"]

    answer = alice.post(confirm, {"password": PASSWORD})

    assert answer.headers["Location"] == "/home/"
    assert named(cast) == ["Bob Baker"]


def a_token(cast: Cast, user: User, name: str) -> Callable[[], int]:
    """Let somebody make a token; asking with it gives the answer's status."""
    made = create_token(
        actor=TESTER,
        user=user,
        practice=cast.northside,
        name=name,
        scopes=["members:read"],
        expires_at=NOW + timedelta(days=30),
        now=NOW,
    )
    headers = {"authorization": f"Bearer {made.secret}"}
    path = "/api/v1/practices/northside/members"
    return lambda: Client().get(path, headers=headers).status_code


def test_tokens_end_with_the_role_of_who_made_them(cast: Cast) -> None:
    dora = an_administrator("Dora Dean", cast.northside, named=False)
    eve = an_administrator("Eve East", cast.northside, named=False)
    hers, doras, eves = (
        a_token(cast, user, user.name) for user in (cast.alice, dora, eve)
    )
    assert [hers(), doras(), eves()] == [200] * 3

    open_session(Client(), cast.alice).post(HERE, sent(cast))
    assert [hers(), doras(), eves()] == [401, 200, 200]
    role = dora.administrations.get()
    end_administration(actor=TESTER, administration=role, reason="Left", now=NOW)

    assert [hers(), doras(), eves()] == [401, 401, 200]
    said = AuditEntry.objects.filter(action="token.revoked").order_by("pk")
    assert [(each.sentence, each.actor) for each in said] == [
        ("Revoked the API token Alice Adams", "Alice Adams"),
        ("Revoked the API token Dora Dean", TESTER.label),
    ]


def test_a_token_of_somebody_switched_off_opens_nothing(cast: Cast) -> None:
    hers = a_token(cast, cast.alice, "Payroll")
    assert hers() == 200

    User.objects.filter(pk=cast.alice.pk).update(is_active=False)

    assert hers() == 401
