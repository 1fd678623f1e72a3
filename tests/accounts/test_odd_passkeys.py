"""What no browser sends as a passkey is refused with a sentence, at each place."""

import json
from base64 import urlsafe_b64encode

import pytest
from django.core.cache import cache
from django.test import Client

from tests.accounts.reading import said, sign_in
from tests.cast import Cast
from tests.signing import an_app_of, open_session, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.db]
ADD, CONFIRM, STEP = (
    "/accounts/security/passkey/",
    "/accounts/confirm/",
    "/accounts/login/step/",
)
RELOAD = "Reload the page, then send the form again."


def b64(raw: bytes) -> str:
    """Spell bytes as WebAuthn's JSON does."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def shaped(**response: str) -> str:
    """A credential whose outside is right."""
    whole = {"id": "YQ", "rawId": "YQ", "type": "public-key", "response": response}
    return json.dumps(whole)


CLIENT = b64(b'{"type":"webauthn.create","challenge":"YQ","origin":"x"}')
GET = b64(b'{"type":"webauthn.get","challenge":"YQ","origin":"x"}')
ODD = (
    '{"id":"a","rawId":"a","type":"public-key","response":{}}',
    '{"id":"é","rawId":"é","type":"public-key","response":{}}',
    '{"id":"YQ","rawId":"YR","type":"public-key","response":{}}',
    '{"id":"YQ"}',
    '{"id":["a"],"rawId":{},"response":[]}',
    "{}",
    "[]",
    "1",
    "null",
    "NaN",
    '"text"',
    "{",
    "[" * 9_000 + "]" * 9_000,
    "9" * 5_000,
    '{"id":"' + "Y" * 30_000 + '"}',
    shaped(clientDataJSON="YQ"),
    shaped(clientDataJSON=CLIENT, attestationObject=b64(b"\x81" * 3_000)),
    shaped(clientDataJSON=CLIENT, attestationObject=b64(b"\xa0")),
    shaped(clientDataJSON=CLIENT, attestationObject=b64(b"\x19\x01")),
    shaped(clientDataJSON=b64(b"[" * 9_000), attestationObject=b64(b"\xa0")),
    shaped(clientDataJSON=GET, authenticatorData="YQ", signature="YQ"),
    shaped(clientDataJSON=GET, authenticatorData=b64(b"\xc1" * 60), signature="YQ"),
    shaped(clientDataJSON=GET, authenticatorData=b64(bytes(37)), signature="YQ"),
)


@pytest.mark.parametrize("place", [ADD, CONFIRM])
def test_a_signed_in_person_reads_what_to_do(cast: Cast, place: str) -> None:
    client = open_session(Client(), cast.alice)
    for credential in ODD:
        cache.clear()
        client.get(place)
        answer = client.post(place, {"credential": credential, "name": "Key"})

        assert answer.status_code == 422, credential[:80]
        assert answer.context["form"].non_field_errors(), credential[:80]
    assert RELOAD in said(client.post(place, {"credential": ODD[0]}))


def test_nobody_passes_the_second_step_with_it(cast: Cast) -> None:
    an_app_of(cast.alice)
    client = Client()
    sign_in(client, cast.alice.email)
    for credential in ODD:
        cache.clear()
        client.get(STEP)
        answer = client.post(STEP, {"credential": credential})

        assert answer.status_code == 200, credential[:80]
        assert answer.context["webauthn_form"].errors, credential[:80]
    assert not signed_in(client)
