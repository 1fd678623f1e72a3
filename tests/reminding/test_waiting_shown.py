"""What a practice's pages say while somebody waits for its card."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from billing.models import Order
from credentials.models import Window
from tests.billing.cards import address
from tests.billing.stripe_fake import Far
from tests.cast import Cast, a_member, given
from tests.portal.reading import Page
from tests.reminding.paying import DAY, a_day, a_pass, day, on
from tests.reminding.people import ending

pytestmark = [pytest.mark.django_db, pytest.mark.db]
SignIn = Callable[[str], Client]


def mode_of(client: Client, window: Window) -> str:
    """What the record of a term's member says of how they renew."""
    page = Page.of(client.get(f"/p/northside/members/{window.member_id}/"))
    return page.one("section", **{"aria-labelledby": "mode"}).text


def order_of(client: Client) -> str:
    """What the page of the one order says."""
    return Page.of(client.get(address(Order.objects.get(), "order"))).text


def test_before_the_date_the_card_stands_behind_the_seats(
    carded: Cast, signed_in: SignIn
) -> None:
    eve = a_member("Eve Ellis", carded.northside, mode="auto")
    given(carded.membership, carded.northside, eve, today=DAY - timedelta(days=350))
    window = eve.windows.get()
    with on(DAY):
        said = mode_of(signed_in("alice"), window)
    assert "If none is left, your card, Visa ending 4242, pays." in said


def test_while_it_is_charged_that_is_said_and_nothing_else_can_be_paid(
    carded: Cast, signed_in: SignIn
) -> None:
    window = ending("Eve Ellis", carded.northside, DAY, mode="auto")
    a_pass(DAY)
    with on(DAY):
        alice = signed_in("alice")
        charged = "Your card, Visa ending 4242, is being charged."
        assert f"Auto-renewal: no renewal was left. {charged}" in mode_of(alice, window)
        said = order_of(alice)
        assert f"Auto-renewal placed this order. {charged}" in said
        assert "by card Visa" not in said
        assert "Pay by card" not in said


def test_after_a_refusal_the_next_day_is_said(
    carded: Cast, far: Far, signed_in: SignIn
) -> None:
    far.refuses = "card_declined"
    window = ending("Eve Ellis", carded.northside, DAY, mode="auto")
    a_day(DAY)
    again = "Your card, Visa ending 4242, is tried again on Nov 18, 2025."
    with on(DAY):
        alice = signed_in("alice")
        assert again in mode_of(alice, window)
        said = order_of(alice)
    assert again in said
    assert "Pay $85.00 by card" in said
    assert "Visa ending 4242 did not pay $85.00. The bank declined the card." in said


def test_once_it_is_over_nothing_of_it_is_said(
    carded: Cast, far: Far, signed_in: SignIn
) -> None:
    far.refuses = "card_declined"
    window = ending("Eve Ellis", carded.northside, DAY, mode="auto")
    for after in range(8):
        a_day(day(after))
    with on(day(8)):
        alice = signed_in("alice")
        assert "Manual renewal. The renewal date has passed" in mode_of(alice, window)
        assert "Auto-renewal placed this order." not in order_of(alice)
