"""Before a card is tried again: who waits still, and what was paid in another way."""

from datetime import timedelta

import pytest
import stripe

from accounts.models import Sponsorship
from billing.models import Order
from billing.queries import credit_of
from billing.services import cancel_order, remove_card
from renewals.services.reminding import AUTO_DIGEST
from tests.billing.cards import told as told_by
from tests.billing.money import paid
from tests.billing.storing import charge_all, stored
from tests.billing.stripe_fake import Far
from tests.billing.stripe_stored import AMEX
from tests.cast import BODY, NOW, TESTER, Cast, given, seats
from tests.reminding.paying import (
    DAY,
    a_day,
    a_pass,
    books_agree,
    charges,
    day,
    mode_of,
    on,
    orders,
    the_round,
)
from tests.reminding.people import ending, letter_of, newest, outcomes, told
from tests.reminding.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.db]
FAILED, GIVEN_UP = "card_failed", "card_given_up"


def test_a_card_that_was_replaced_meanwhile_pays(carded: Cast, far: Far) -> None:
    far.refuses = "expired_card"
    ending("Eve Ellis", carded.northside, DAY, mode="auto")
    a_day(DAY)
    with on(DAY, 20) as at:
        new = stored(far, carded.northside, AMEX, now=at)
    far.refuses = ""
    a_day(day(1))
    assert far.taken == [8_500]
    (taken,) = (each for each in far.intents.values() if each["amount_received"])
    assert taken["payment_method"] == new.method_id


def test_a_free_seat_is_used_before_the_card_is_tried_again(
    carded: Cast, far: Far
) -> None:
    far.refuses = "card_declined"
    windows = [
        ending(name, carded.northside, DAY, mode="auto")
        for name in ("Eve Ellis", "Gil Gray")
    ]
    a_day(DAY)
    seats(carded.northside, carded.renewals, 1)
    far.refuses = ""
    a_day(day(1))

    assert orders() == [("cancelled", "170.00", 2), ("fulfilled", "85.00", 1)]
    assert far.taken == [8_500]
    assert [(turn, state) for turn, state, _ in charges()] == [
        (0, "failed"),
        (1, "succeeded"),
    ]
    assert [newest(each).first_on for each in windows] == [day(1), day(1)]
    books_agree()


@pytest.mark.parametrize("how", ["switched", "removed", "renewed"])
def test_whoever_waits_no_more_is_not_paid_for(
    carded: Cast, far: Far, how: str
) -> None:
    far.refuses = "card_declined"
    stays = ending("Eve Ellis", carded.northside, DAY, mode="auto")
    gone = ending("Gil Gray", carded.northside, DAY, mode="auto")
    a_day(DAY)
    held = Sponsorship.objects.filter(member=gone.member)
    if how == "switched":
        held.update(renewal_mode="manual")
    elif how == "removed":
        held.update(until_on=day(1))
    else:
        given(carded.renewals, carded.northside, gone.member, today=day(1))
    far.refuses = ""
    a_day(day(1))

    assert orders() == [("cancelled", "170.00", 2), ("fulfilled", "85.00", 1)]
    assert far.taken == [8_500]
    assert newest(stays).first_on == day(1)
    books_agree()


def test_where_nobody_waits_any_more_nothing_is_charged(carded: Cast, far: Far) -> None:
    far.refuses = "card_declined"
    window = ending("Eve Ellis", carded.northside, DAY, mode="auto")
    a_day(DAY)
    Sponsorship.objects.filter(member=window.member).update(renewal_mode="manual")
    far.refuses = ""
    a_day(day(1))

    assert orders() == [("cancelled", "85.00", 1)]
    assert far.taken == []
    assert told(GIVEN_UP) == []
    assert the_round().reason == "Nobody waits for it any more."


def test_an_order_paid_in_another_way_renews_who_waits(carded: Cast, far: Far) -> None:
    far.refuses = "card_declined"
    window = ending("Eve Ellis", carded.northside, DAY, mode="auto")
    a_day(DAY)
    with on(DAY, 20):
        paid(Order.objects.get(), "85.00", today=DAY)
    far.refuses = ""
    a_day(day(1))
    assert newest(window).first_on == day(1)
    assert far.taken == []
    assert the_round().state == "ended"


def test_an_order_that_was_cancelled_ends_the_waiting(carded: Cast, far: Far) -> None:
    far.refuses = "card_declined"
    window = ending("Eve Ellis", carded.northside, DAY, mode="auto")
    a_day(DAY)
    order = Order.objects.get()
    cancel_order(actor=TESTER, order=order, reason="No", today=DAY, now=NOW)
    a_day(day(1))
    assert outcomes() == [("Ellis", "no_seat"), ("Ellis", "paying")]
    assert mode_of(window) == "auto"
    letter = read(letter_of(AUTO_DIGEST), day(1))
    assert letter is not None
    assert f"Order {order.number} for it was cancelled." in letter.payload["items"][0]


def test_a_card_that_was_removed_is_not_tried_again(carded: Cast, far: Far) -> None:
    far.refuses = "card_declined"
    window = ending("Eve Ellis", carded.northside, DAY, mode="auto")
    a_day(DAY)
    remove_card(actor=TESTER, practice=carded.northside, now=NOW)
    far.refuses = ""
    a_day(day(1))
    assert far.taken == []
    assert mode_of(window) == "manual"
    assert letter_of(GIVEN_UP).payload["reason"] == "The stored card was removed."


def test_an_order_paid_in_part_is_charged_for_the_rest(carded: Cast, far: Far) -> None:
    far.refuses = "card_declined"
    for name in ("Eve Ellis", "Gil Gray"):
        ending(name, carded.northside, DAY, mode="auto")
    a_day(DAY)
    with on(DAY, 20):
        paid(Order.objects.get(), "100.00", today=DAY)
    far.refuses = ""
    a_day(day(1))
    assert far.taken == [7_000]
    assert orders() == [("fulfilled", "170.00", 2)]
    books_agree()


def test_while_a_payment_waits_for_a_second_person_the_card_is_not_tried(
    carded: Cast, far: Far
) -> None:
    far.refuses = "card_declined"
    ending("Eve Ellis", carded.northside, DAY, mode="auto")
    a_day(DAY)
    with on(DAY, 20):
        paid(Order.objects.get(), "1500.00", today=DAY)
    far.refuses = ""
    a_day(day(1))
    assert len(charges()) == 1
    assert the_round().state == "trying"


def test_after_a_payment_that_was_not_asked_for_nothing_more_is_taken(
    carded: Cast, far: Far
) -> None:
    window = ending("Eve Ellis", carded.northside, DAY, mode="auto")
    a_pass(DAY)
    far.undecided = True
    with on(DAY):
        charge_all()
        (intent,) = far.intents
        wrong = far.decide(intent) | {"amount_received": 1}
        told_by(far, "payment_intent.succeeded", wrong)
    for after in range(9):
        a_day(day(after))
    assert len(far.intents) == 1
    assert mode_of(window) == "manual"
    assert letter_of(GIVEN_UP).payload["reason"] == (
        "A payment came that was not asked for. We look into it."
    )


def test_what_was_paid_of_an_order_that_is_given_up_is_credit_and_said(
    carded: Cast, far: Far
) -> None:
    far.refuses = "card_declined"
    for name in ("Eve Ellis", "Gil Gray"):
        ending(name, carded.northside, DAY, mode="auto")
    a_day(DAY)
    with on(DAY, 20):
        paid(Order.objects.get(), "100.00", today=DAY)
    for after in range(1, 8):
        a_day(day(after))
    assert orders() == [("cancelled", "170.00", 2)]
    assert credit_of(carded.northside, BODY, "USD") == 100
    assert letter_of(GIVEN_UP).payload["credit_text"] == "$100.00"
    books_agree()


def test_a_provider_that_is_away_for_a_day_is_a_failed_try(
    carded: Cast, far: Far, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stripe.HTTPClient, "INITIAL_DELAY", 0.01)
    window = ending("Eve Ellis", carded.northside, DAY, mode="auto")
    far.trouble = "500"
    a_day(DAY)
    assert charges() == [(0, "unknown", str(DAY))]
    assert told(FAILED) == []
    far.trouble = ""
    with on(day(1), 20):
        charge_all(after=timedelta(hours=7))
    assert charges() == [(0, "failed", str(DAY))]
    assert "could not be reached" in letter_of(FAILED).payload["reason"]
    a_day(day(1))
    assert far.taken == [8_500]
    assert newest(window).first_on == day(1)
