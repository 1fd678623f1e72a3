"""The page of a practice's card: seen, agreed to, stored, replaced and removed."""

from collections.abc import Callable
from datetime import date

import pytest
from allauth.account.internal.flows.login import (
    AUTHENTICATION_METHODS_SESSION_KEY as METHODS,
)
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from billing.models import StoredCard
from billing.services.card_setup import CONSENT
from core.models import OutboxMessage
from tests.billing.cards import told
from tests.billing.money import prices
from tests.billing.storing import began, see_to, stored
from tests.billing.stripe_fake import Far
from tests.cast import NOW, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.db]
SignIn = Callable[[str], Client]
AGREE = {"agreed": "yes"}


def place(name: str = "stored_card") -> str:
    """Where a page of Northside's card is."""
    return reverse(name, kwargs={"practice": "northside"})


def page(client: Client, name: str = "stored_card") -> str:
    """What a page of Northside's card says."""
    answer = client.get(place(name))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_card_is_stored_from_the_orders_page_on(
    cast: Cast, far: Far, signed_in: SignIn, today: date
) -> None:
    prices()
    alice = signed_in("alice")
    orders = alice.get(reverse("orders", kwargs={"practice": "northside"}))
    assert f'<a href="{place()}">none stored</a>' in orders.content.decode()
    assert "No card is stored." in page(alice)
    assert "tried again 1, 3 and 7 days later" in page(alice)
    assert CONSENT in page(alice, "store_card").replace("&#x27;", "'")

    answer = alice.post(place("store_card"), AGREE)
    assert answer.status_code == 303
    card = StoredCard.objects.get()
    assert answer["Location"] == card.url
    assert "Waiting for the card provider" in page(alice, "card_done")
    told(far, "checkout.session.completed", far.store(str(card.session_id)))
    see_to(card)

    assert "Card stored" in page(alice, "card_done")
    said = page(alice)
    assert "Visa ending 4242 pays when no renewal is left to assign." in said
    assert "Expires 08/2028." in said
    orders = alice.get(reverse("orders", kwargs={"practice": "northside"}))
    assert "Visa ending 4242" in orders.content.decode()


def test_who_does_not_agree_is_told_and_led_nowhere(
    cast: Cast, far: Far, signed_in: SignIn, today: date
) -> None:
    for sent in ({}, {"agreed": "no"}, {"agreed": "\x00"}):
        answer = signed_in("alice").post(place("store_card"), sent)
        assert answer.status_code == 422
        assert "gs-field-bad" in answer.content.decode()
    assert not StoredCard.objects.exists()
    assert far.sessions == {}


def test_only_the_page_that_asks_may_lead_to_the_provider(
    cast: Cast, far: Far, signed_in: SignIn, today: date
) -> None:
    alice = signed_in("alice")
    policies = [
        alice.get(place(name))["Content-Security-Policy"]
        for name in ("store_card", "stored_card", "card_remove", "card_done")
    ]
    assert [far.base in each for each in policies] == [True, False, False, False]


@pytest.mark.parametrize("name", ["store_card", "card_remove"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_storing_and_removing_need_a_sign_in_of_the_last_minutes(
    cast: Cast, far: Far, signed_in: SignIn, today: date, name: str, method: str
) -> None:
    stored(far, cast.northside)
    alice = signed_in("alice")
    session = alice.session
    long_ago = NOW.timestamp() - 10 * 60
    session[METHODS] = [each | {"at": long_ago} for each in session[METHODS]]
    session.save()
    answer = getattr(alice, method)(place(name), AGREE)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/confirm/")
    assert alice.get(place()).status_code == 200
    assert StoredCard.objects.get().state == "active"


def test_a_card_is_removed_after_what_follows_was_said(
    cast: Cast, far: Far, signed_in: SignIn, today: date
) -> None:
    stored(far, cast.northside)
    alice = signed_in("alice")
    assert "Visa ending 4242 is not charged any more" in page(alice, "card_remove")
    for said in ("Removed Visa ending 4242. It is not", "No card is stored. Nothing"):
        answer = alice.post(place("card_remove"), follow=True)
        assert said in answer.content.decode()
    assert "Card removed" in page(alice, "card_done")
    assert "No card is stored." in page(alice, "card_remove")
    assert OutboxMessage.objects.filter(kind="card_removed").count() == 1


def test_a_card_that_has_expired_is_called_so(
    cast: Cast, far: Far, signed_in: SignIn, today: date
) -> None:
    card = stored(far, cast.northside)
    StoredCard.objects.filter(pk=card.pk).update(expires_year=2025, expires_month=10)
    assert "Expired" in page(signed_in("alice"))


def test_another_practices_card_is_not_seen(
    cast: Cast, far: Far, signed_in: SignIn, today: date
) -> None:
    stored(far, cast.lakeview)
    assert "4242" not in page(signed_in("alice"))
    for name in ("stored_card", "store_card", "card_done", "card_remove"):
        assert signed_in("frank").get(place(name)).status_code == 404


def test_a_provider_that_is_away_says_so_and_stores_nothing(
    cast: Cast, far: Far, signed_in: SignIn, today: date
) -> None:
    far.trouble = "500"
    answer = signed_in("alice").post(place("store_card"), AGREE)
    assert answer.status_code == 409
    assert "be reached now. Nothing was charged." in answer.content.decode()
    far.trouble = ""
    assert signed_in("alice").post(place("store_card"), AGREE).status_code == 303
    assert len(far.sessions) == 1


def test_coming_back_proves_nothing(
    cast: Cast, far: Far, signed_in: SignIn, today: date
) -> None:
    alice = signed_in("alice")
    assert "No card is stored." in page(alice, "card_done")
    began(cast.northside)
    for _ in range(2):
        assert "Waiting for the card provider" in page(alice, "card_done")
    assert StoredCard.objects.get().state == "setting_up"


def test_without_keys_nothing_is_offered(
    cast: Cast, signed_in: SignIn, today: date, settings: Settings
) -> None:
    settings.CARDS = False
    alice = signed_in("alice")
    orders = alice.get(reverse("orders", kwargs={"practice": "northside"}))
    assert "Card for auto-renewal" not in orders.content.decode()
    assert "No card provider is set up here" in page(alice)
    assert "<form method" not in page(alice, "store_card").split("<main")[1]
    assert alice.post(place("store_card"), AGREE).status_code == 409
