"""Whom the page for events believes, and how little of what it is told it keeps."""

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client

from billing.models import ProviderEvent
from tests.billing.cards import EVENTS, hear, told
from tests.billing.stripe_fake import FORMER, Far

pytestmark = [pytest.mark.django_db, pytest.mark.db]
SignIn = Callable[[str], Client]
COMPLETED = "checkout.session.completed"


def test_what_is_not_signed_is_not_believed(far: Far, session: str) -> None:
    body = far.event(COMPLETED, far.pay(session))
    changed = body.replace(b"17000", b"1")
    old = datetime.now(UTC).timestamp() - 301
    for sent, signature in (
        (body, ""),
        (body, "t=1"),
        (body, "t=now,v1=00"),
        (body, far.sign(body, secret="whsec_of_a_stranger")),
        (body, far.sign(body, at=old)),
        (body, far.sign(body).replace("v1=", "v0=")),
        (changed, far.sign(body)),
        (b"\xff\xfe", far.sign(body)),
    ):
        assert hear(far, sent, signature) == 400
    assert not ProviderEvent.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b"null",
        b'{"id": "evt_1", "type": "x", "created": 1e99, "data": {"object": {}}}',
        b'{"id": "evt_1", "type": "x", "created": "now", "data": {"object": {}}}',
        b'{"id": "", "type": "x", "created": 1, "data": {"object": {}}}',
        b'{"id": "evt_1", "type": "x", "created": 1, "data": {"object": []}}',
        b'{"id": "evt_1", "type": "x\\u0000", "created": 1, "data": {"object": {}}}',
    ],
)
def test_what_is_signed_and_no_event_is_no_error_of_ours(
    far: Far, db: None, body: bytes
) -> None:
    assert hear(far, body) == 400
    assert not ProviderEvent.objects.exists()


def test_a_body_whose_length_is_no_number_is_no_error_of_ours(
    far: Far, db: None
) -> None:
    answer = Client().post(EVENTS, b"{}", content_type="x/y", CONTENT_LENGTH="x")
    assert answer.status_code == 400


def test_an_event_signed_with_the_former_secret_is_believed(
    far: Far, session: str
) -> None:
    body = far.event(COMPLETED, far.pay(session))
    assert hear(far, body, far.sign(body, secret=FORMER)) == 200


def test_nothing_of_a_card_and_nobody_s_name_is_kept(far: Far, session: str) -> None:
    found = far.pay(session) | {
        "payment_method_details": {"card": {"last4": "4242"}},
        "status": "complete" * 200,
    }
    event = told(far, COMPLETED, found)

    kept = json.dumps(event.facts)
    assert not any(word in kept for word in ("4242", "Adams", "alice"))
    assert set(event.facts) == {
        "id",
        "object",
        "client_reference_id",
        "payment_status",
        "status",
        "amount_total",
        "currency",
        "payment_intent",
    }
    assert (
        max(len(each) for each in event.facts.values() if isinstance(each, str)) < 256
    )
