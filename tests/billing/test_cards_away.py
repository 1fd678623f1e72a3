"""The provider is away, slow, or refuses: what is said, and that nobody pays twice."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import stripe
import time_machine
from django.test import Client
from pytest_django import Settings

from billing import gateway
from billing.gateway import calls
from billing.models import CardSession, Payment
from billing.services.checkout import ask_for_page, claim_page, keep_page
from tests.billing.cards import address, click, completed, page_of
from tests.billing.money import an_order
from tests.billing.stripe_fake import Far
from tests.cast import NOW, TESTER, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.db]
SignIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calls, "TIMEOUT", (1.0, 0.5))
    monkeypatch.setattr(stripe.HTTPClient, "INITIAL_DELAY", 0.01)


@pytest.mark.parametrize("trouble", ["500", "slow", "busy", "dropped"])
def test_a_provider_in_trouble_charges_nothing_and_the_next_click_goes_on(
    cast: Cast, far: Far, signed_in: SignIn, today: date, trouble: str
) -> None:
    order, alice = an_order(cast.northside), signed_in("alice")
    far.trouble, far.slow = trouble, 1.5 if trouble == "slow" else 0

    refused = alice.post(address(order))

    assert refused.status_code == 409
    said = refused.content.decode()
    assert "Card payments can&#x27;t be reached now. Nothing was charged." in said
    assert page_of(order).url == ""
    far.trouble, far.slow = "", 0
    session = click(alice, order)
    completed(far, session)
    assert Payment.objects.count() == CardSession.objects.count() == 1
    assert len(far.charges) == 1


def test_a_provider_that_does_not_listen_is_away(
    cast: Cast, far: Far, signed_in: SignIn, today: date, settings: Settings
) -> None:
    order = an_order(cast.northside)
    settings.STRIPE_API_BASE = "http://localhost:9"

    refused = signed_in("alice").post(address(order))

    assert "be reached now" in refused.content.decode()


def test_a_single_failure_is_tried_again_at_once(
    cast: Cast, far: Far, signed_in: SignIn, today: date
) -> None:
    order = an_order(cast.northside)
    far.trouble, far.lasts = "500", 1
    click(signed_in("alice"), order)
    assert len(far.calls) == 2
    assert len(far.sessions) == 1


def test_an_answer_lost_on_its_way_makes_no_second_page(
    cast: Cast, far: Far, signed_in: SignIn, today: date
) -> None:
    order, alice = an_order(cast.northside), signed_in("alice")
    far.answers_lost = 2

    assert alice.post(address(order)).status_code == 409
    (made,) = far.sessions
    assert page_of(order).session_id is None

    assert click(alice, order) == made
    assert len(far.sessions) == 1


def test_a_process_that_dies_before_it_notes_the_answer_is_made_good(
    cast: Cast, far: Far, signed_in: SignIn, today: date
) -> None:
    order = an_order(cast.northside)
    with time_machine.travel(NOW, tick=False):
        claimed = claim_page(actor=TESTER, order=order, now=NOW)
        back = f"http://localhost:8000{address(order, 'paid_by_card')}"
        away = f"http://localhost:8000{address(order, 'order')}"
        lost = ask_for_page(page=claimed.page, back=back, away=away)

    # Its event may come first: it names our row.
    completed(far, lost.id)

    assert Payment.objects.get().order == order
    assert page_of(order).state == "paid"


def test_a_row_that_was_never_asked_for_makes_room_after_an_hour(
    cast: Cast, far: Far, signed_in: SignIn
) -> None:
    order = an_order(cast.northside)
    old = claim_page(actor=TESTER, order=order, now=NOW).page
    later = NOW + timedelta(minutes=61)

    fresh = claim_page(actor=TESTER, order=order, now=later).page

    old.refresh_from_db()
    assert (old.state, fresh.state) == ("expired", "open")


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        ("declined", "The card provider refused this. Nothing was charged."),
        ("key", "Card payments can&#x27;t be reached now. Nothing was charged."),
    ],
)
def test_a_refusal_says_what_can_be_done(
    cast: Cast,
    far: Far,
    signed_in: SignIn,
    today: date,
    settings: Settings,
    capfd: pytest.CaptureFixture[str],
    trouble: str,
    words: str,
) -> None:
    order = an_order(cast.northside)
    if trouble == "key":
        settings.STRIPE_SECRET_KEY = "sk_test_of_somebody_else"
    else:
        far.trouble = trouble

    refused = signed_in("alice").post(address(order))

    assert (refused.status_code, words in refused.content.decode()) == (409, True)
    assert "sk_test_of" not in refused.content.decode()
    assert far.sessions == {}


def test_a_page_elsewhere_is_nowhere_to_send_people(
    cast: Cast, far: Far, signed_in: SignIn, today: date
) -> None:
    order = an_order(cast.northside)
    far.base = "https://pay.strange.example"
    assert signed_in("alice").post(address(order)).status_code == 409


def test_a_page_that_ended_before_its_answer_was_noted_is_not_shown(
    cast: Cast, far: Far, today: date
) -> None:
    order = an_order(cast.northside)
    page = claim_page(actor=TESTER, order=order, now=NOW).page
    found = ask_for_page(page=page, back="http://x.example", away="http://x.example")
    CardSession.objects.update(state="expired")

    with pytest.raises(Exception, match="has ended"):
        keep_page(page=page, checkout=found)


def test_the_same_key_for_something_else_is_refused_as_a_fault(
    cast: Cast, far: Far, today: date
) -> None:
    order = an_order(cast.northside)
    page = claim_page(actor=TESTER, order=order, now=NOW).page
    ask_for_page(page=page, back="http://x.example", away="http://x.example")

    with pytest.raises(gateway.Declined):
        ask_for_page(page=page, back="http://y.example", away="http://x.example")
    assert len(far.sessions) == 1
