"""What is sealed outlives a new SECRET_KEY, until the former one is dropped."""

from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from accounts.services.second_factors import use_code
from core.sealing import Unreadable, seal, unseal
from tests.accounts.reading import recovery_codes_on, said, sign_in
from tests.signing import an_app_of, open_session, signed_in, step
from tests.totp import SEED, code_of

NEW = "another-key-of-the-tests-" * 4


def test_what_is_sealed_tells_nothing_and_is_never_the_same_twice() -> None:
    first, second = seal(SEED), seal(SEED)

    assert first != second
    assert SEED not in first
    assert unseal(first) == unseal(second) == SEED
    with pytest.raises(Unreadable):
        unseal(first[:-4] + "AAA=")


@pytest.mark.django_db
def test_a_new_key_opens_what_the_former_sealed_and_the_command_seals_it_anew(
    alice: User, settings: Settings
) -> None:
    an_app_of(alice)
    former = settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [former]
    now = datetime.now(UTC)
    assert use_code(user=alice, code=code_of(), now=now) is not None

    call_command("seal_anew")
    settings.SECRET_KEY_FALLBACKS = []

    later = code_of(steps=1)
    assert use_code(user=alice, code=later, now=now) is not None


@pytest.mark.django_db
def test_a_key_that_is_gone_is_said_and_nothing_is_changed(
    alice: User, settings: Settings
) -> None:
    before = an_app_of(alice).data
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, []

    with pytest.raises(CommandError, match="SECRET_KEY_FALLBACKS"):
        call_command("seal_anew")

    assert an_app_of(alice).data == before


@pytest.mark.django_db
def test_at_sign_in_a_seed_under_a_key_that_is_gone_answers_as_a_wrong_code(
    alice: User, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    an_app_of(alice)
    page = said(open_session(Client(), alice).post("/accounts/security/codes/"))
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, []
    client = Client()
    sign_in(client, alice.email)

    assert step(client, code_of()) == 200
    assert not signed_in(client)
    assert "sealed under a key that is gone" in caplog.text
    assert open_session(Client(), alice).get("/accounts/security/").status_code == 200
    # Recovery codes lie under no key.
    assert step(client, recovery_codes_on(page)[0]) == 302
    assert signed_in(client)
