"""A practice sets its single sign-on; its secret is written and never read."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from accounts.models import SignOnLink, SingleSignOn, WebSession
from accounts.openid import Person
from accounts.services.sign_on import admit
from accounts.sessions import SessionStore
from core.models import AuditEntry
from core.sealing import unseal
from tests.accounts.reading import said
from tests.cast import NOW, PASSWORD, Cast
from tests.sign_on.provider import BOB, CLIENT, SECRET, FakeProvider
from tests.sign_on.servers import Said
from tests.signing import open_session

pytestmark = [pytest.mark.django_db, pytest.mark.db]
HERE = "/p/northside/settings/sign-on/"
NEW = "another-key-of-the-tests-" * 4


@pytest.fixture
def alice(signed_in: Callable[[str], Client]) -> Client:
    """Alice's browser."""
    return signed_in("alice")


def typed(provider: FakeProvider, **other: str) -> dict[str, str]:
    """What Alice types."""
    return {
        "issuer": provider.issuer,
        "client_id": CLIENT,
        "client_secret": SECRET,
        "domains": "Bob-Baker.example, @alice-adams.example",
        "state": "on",
        **other,
    }


def test_alice_switches_it_on(
    alice: Client, cast: Cast, provider: FakeProvider
) -> None:
    before = AuditEntry.objects.count()
    answer = alice.post(HERE, typed(provider))
    assert answer.headers["Location"] == HERE
    held = SingleSignOn.objects.get(practice=cast.northside)
    assert held.domains == ["alice-adams.example", "bob-baker.example"]
    assert held.is_on
    assert SECRET not in held.sealed_secret
    assert unseal(held.sealed_secret) == SECRET
    (entry,) = AuditEntry.objects.all()[before:]
    assert (entry.action, entry.practice) == ("sign_on.set", cast.northside)
    assert SECRET not in str(vars(entry))
    page = said(alice.get(HERE))
    assert SECRET not in page
    assert "http://localhost:8000/sso/northside/back/" in page
    assert Client().get("/sso/northside/").status_code == 200


def test_saving_the_same_again_changes_nothing(
    alice: Client, provider: FakeProvider
) -> None:
    alice.post(HERE, typed(provider))
    before = AuditEntry.objects.count()
    for secret in (SECRET, ""):
        assert (
            alice.post(HERE, typed(provider, client_secret=secret)).status_code == 302
        )
    assert AuditEntry.objects.count() == before


def test_an_empty_secret_keeps_the_one_there_is(
    alice: Client, provider: FakeProvider
) -> None:
    alice.post(HERE, typed(provider))
    alice.post(HERE, typed(provider, client_secret="", domains="other.example"))
    held = SingleSignOn.objects.get()
    assert (unseal(held.sealed_secret), held.domains) == (SECRET, ["other.example"])
    alice.post(HERE, typed(provider, client_secret="another one"))
    held.refresh_from_db()
    assert unseal(held.sealed_secret) == "another one"
    entry = AuditEntry.objects.filter(action="sign_on.set").latest("pk")
    assert entry.sentence == "Changed single sign-on with a new client secret"
    assert "another one" not in str(vars(entry))


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("issuer", "", "Enter the provider's address."),
        ("issuer", "login.practice.example", "Enter the provider's address with https"),
        ("issuer", "http://login.practice.example", "provider's address with https"),
        ("issuer", "https://login.practice.example/?x=1", "address with https"),
        ("issuer", "https://login.practice.example/#x", "address with https"),
        ("issuer", "https://a b.example", "address with https"),
        ("client_id", "", "Enter the client ID."),
        ("client_id", "a\u200bb", "without hidden characters"),
        ("client_secret", "", "Enter the client secret."),
        ("client_secret", "two\nlines", "Enter the secret as your provider shows it."),
        ("domains", "", "Enter at least one e-mail domain."),
        ("domains", ",", "Enter at least one e-mail domain of your people."),
        ("domains", "practice", "practice is no e-mail domain."),
        ("domains", "*.example", "*.example is no e-mail domain."),
        ("domains", "bob@mail.example", "bob@mail.example is no e-mail domain."),
        ("domains", ",".join(f"d{n}.example" for n in range(21)), "at most 20"),
    ],
)
def test_what_can_t_be_used_is_said_by_its_field(
    field: str, value: str, sentence: str, alice: Client, provider: FakeProvider
) -> None:
    answer = alice.post(HERE, typed(provider, state="off", **{field: value}))
    assert answer.status_code == 422
    assert sentence in " ".join(answer.context["form"].errors[field])
    assert not SingleSignOn.objects.exists()
    assert SECRET not in said(answer)


@pytest.mark.parametrize(
    ("said_by_it", "sentence"),
    [
        (Said(status=404), "It answers with the status 404."),
        (Said(b"<html>"), "isn't a JSON object"),
        (Said(b'{"issuer": "https://other.example"}'), "but https://other.example."),
    ],
)
def test_a_provider_that_does_not_answer_is_not_switched_on(
    said_by_it: Said, sentence: str, alice: Client, provider: FakeProvider
) -> None:
    provider.broken["openid-configuration"] = said_by_it
    answer = alice.post(HERE, typed(provider))
    assert answer.status_code == 422
    assert sentence in " ".join(answer.context["form"].errors["issuer"])
    assert not SingleSignOn.objects.exists()
    assert alice.post(HERE, typed(provider, state="off")).status_code == 302


def test_our_own_network_is_never_asked_for_anybody(
    alice: Client, provider: FakeProvider, settings: Settings
) -> None:
    settings.OUTGOING_LOCALHOST = False
    for host in ("127.0.0.1", "localhost", "169.254.169.254", "10.0.0.8", "[::1]"):
        answer = alice.post(HERE, typed(provider, issuer=f"https://{host}"))
        errors = answer.context["form"].errors
        assert "No public server is found" in " ".join(errors["issuer"])
    assert provider.asked == []


def test_alice_checks_what_is_set(alice: Client, provider: FakeProvider) -> None:
    alice.post(HERE, typed(provider))
    answer = alice.post(HERE, {"check": "1"}, follow=True)
    assert f"{provider.issuer} answers, and describes itself." in said(answer)
    provider.broken["openid-configuration"] = Said(status=500)
    answer = alice.post(HERE, {"check": "1"})
    assert answer.status_code == 422
    assert "status 500" in " ".join(answer.context["form"].errors["issuer"])


def test_checking_ends_after_twenty_times_a_minute(
    alice: Client, provider: FakeProvider
) -> None:
    alice.post(HERE, typed(provider, state="off"))
    *_, last = [alice.post(HERE, {"check": "1"}) for _ in range(21)]
    assert "That was asked too often." in said(last)
    assert len(provider.asked) == 20


# --- Links ----------------------------------------------------------------------------


def bob_came(cast: Cast, subject: str = "bob-1") -> bool:
    """Bob comes from the provider."""
    held = SingleSignOn.objects.get(practice=cast.northside)
    person = Person(subject, BOB, email_verified=True)
    return admit(sign_on=held, person=person, now=NOW) is not None


def test_alice_sees_who_is_linked_and_unlinks_somebody(
    alice: Client, cast: Cast, provider: FakeProvider
) -> None:
    alice.post(HERE, typed(provider))
    assert bob_came(cast)
    page = said(alice.get(HERE))
    assert "Bob Baker" in page
    assert not bob_came(cast, "bob-2")
    (link,) = SignOnLink.objects.of(cast.northside)

    answer = alice.post(f"{HERE}links/{link.pk}/", follow=True)

    assert "Bob Baker is no longer linked." in said(answer)
    assert bob_came(cast, "bob-2")
    alice.post(f"{HERE}links/{link.pk}/")
    assert AuditEntry.objects.filter(action="sign_on.unlinked").count() == 1


@pytest.mark.parametrize("how", ["unlink", "issuer", "client_id", "off"])
def test_what_a_link_opened_ends_with_it(
    how: str,
    alice: Client,
    cast: Cast,
    provider: FakeProvider,
    signed_in: Callable[[str], Client],
) -> None:
    """Whoever came in by the provider in Bob's place is out as well."""
    alice.post(HERE, typed(provider))
    assert bob_came(cast)
    SignOnLink.objects.create(
        practice=cast.northside, user=cast.alice, subject="a", from_at=NOW
    )
    bob, charlie = signed_in("bob"), signed_in("charlie")
    (link,) = SignOnLink.objects.of(cast.northside).filter(user=cast.user("bob"))

    if how == "unlink":
        alice.post(f"{HERE}links/{link.pk}/")
    elif how == "off":
        alice.post(HERE, typed(provider, state="off"))
    else:
        other = {"issuer": "https://new.example", "client_id": "new"}[how]
        alice.post(HERE, typed(provider, state="off", **{how: other}))

    assert bob.get("/me/").status_code == 302
    # Whoever did it goes on, and who never came by the provider does.
    assert alice.get(HERE).status_code == 200
    assert charlie.get("/me/").status_code == 200


@pytest.mark.parametrize("changed", ["issuer", "client_id"])
def test_another_provider_begins_with_no_links(
    changed: str, alice: Client, cast: Cast, provider: FakeProvider
) -> None:
    """What the former called Bob may be another's name with the new one."""
    alice.post(HERE, typed(provider))
    assert bob_came(cast)
    values = {"issuer": "https://new.example", "client_id": "new"}
    answer = alice.post(
        HERE, typed(provider, state="off", **{changed: values[changed]})
    )
    assert answer.status_code == 302
    assert not SignOnLink.objects.of(cast.northside).exists()
    # A change of anything else keeps them.
    assert bob_came(cast, "bob-of-the-new")
    alice.post(HERE, {**typed(provider, state="off"), "domains": "bob-baker.example"})
    alice.post(HERE, {**typed(provider, state="off"), changed: values[changed]})


# --- Who may, and what is kept of it --------------------------------------------------


def test_a_secret_does_not_wait_in_the_session_for_a_fresh_sign_in(
    cast: Cast, provider: FakeProvider
) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        alice = open_session(Client(), cast.alice)
        session = alice.session
        for record in session["account_authentication_methods"]:
            record["at"] = NOW.timestamp()
        session.save()
        clock.shift(timedelta(minutes=5, seconds=1))

        led = alice.post(HERE, typed(provider)).headers["Location"]

        assert led.startswith("/accounts/confirm/?next=")
        stored = WebSession.objects.get(user=cast.alice)
        assert SECRET not in str(SessionStore().decode(stored.session_data))
        answer = alice.post(led, {"password": PASSWORD})
        assert answer.headers["Location"] == HERE
        page = alice.get(HERE)
    assert "What you sent was not kept." in said(page)
    assert not SingleSignOn.objects.exists()


def test_the_settings_are_not_shown_without_a_fresh_sign_in(cast: Cast) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        alice = open_session(Client(), cast.alice)
        session = alice.session
        for record in session["account_authentication_methods"]:
            record["at"] = NOW.timestamp()
        session.save()
        clock.shift(timedelta(minutes=5, seconds=1))
        answer = alice.get(HERE)
    assert answer.headers["Location"].startswith("/accounts/confirm/?next=")


def test_a_new_key_opens_the_secret_and_the_command_seals_it_anew(
    alice: Client, provider: FakeProvider, settings: Settings
) -> None:
    alice.post(HERE, typed(provider))
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [settings.SECRET_KEY]
    call_command("seal_anew")
    settings.SECRET_KEY_FALLBACKS = []
    assert unseal(SingleSignOn.objects.get().sealed_secret) == SECRET
    settings.SECRET_KEY = NEW[::-1]
    with pytest.raises(CommandError, match="SECRET_KEY_FALLBACKS"):
        call_command("seal_anew")
