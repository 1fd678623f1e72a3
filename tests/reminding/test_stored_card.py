"""Without a free seat the stored card pays on the renewal date, and is tried again."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from billing.models import Order, StoredCard
from core.models import AuditEntry, OutboxMessage
from credentials.models import SeatPool
from renewals.models import CardRound, RenewalAttempt
from renewals.queries import sale_of
from renewals.queries.waiting import Renewals
from renewals.services.reminding import AUTO_DIGEST
from tests.billing.storing import charge_all, stored
from tests.billing.stripe_fake import Far
from tests.cast import BODY, Cast, seats
from tests.reminding.paying import (
    DAY,
    a_day,
    a_pass,
    books_agree,
    charges,
    day,
    mode_of,
    orders,
    publish,
    the_round,
)
from tests.reminding.people import ending, letter_of, newest, outcomes, told
from tests.reminding.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.db]
FAILED, GIVEN_UP = "card_failed", "card_given_up"


def test_the_card_pays_for_all_who_lack_a_seat(carded: Cast, far: Far) -> None:
    windows = [
        ending(name, carded.northside, DAY, mode="auto")
        for name in ("Eve Ellis", "Gil Gray", "Ida Ives")
    ]
    seats(carded.northside, carded.renewals, 1)
    a_day(DAY)

    assert orders() == [("fulfilled", "170.00", 2)]
    assert far.taken == [17_000]
    (intent,) = far.intents.values()
    order = Order.objects.get()
    assert intent["metadata"]["order"] == order.number
    assert order.placed_by == "Goodstanding (auto-renewal)"
    assert (order.payments.get().method, order.paid_on) == ("card", DAY)
    for window in windows:
        assert newest(window).first_on == DAY
    assert sorted(RenewalAttempt.objects.values_list("turn", "outcome")) == [
        (1, "paying"),
        (1, "paying"),
        (1, "renewed"),
        (2, "renewed"),
        (2, "renewed"),
    ]
    pool = SeatPool.objects.get(practice=carded.northside, product=carded.renewals)
    assert (pool.granted, pool.used) == (3, 3)
    assert the_round().state == "ended"
    books_agree()


def test_of_a_day_that_went_well_two_mails_tell(carded: Cast) -> None:
    ending("Eve Ellis", carded.northside, DAY, mode="auto")
    a_day(DAY)
    a_day(day(1))

    kinds = OutboxMessage.objects.filter(recipient=carded.alice.email)
    assert sorted(kinds.values_list("kind", flat=True)) == [
        AUTO_DIGEST,
        "order_receipt",
        # The notice that goes to whoever's date comes, told on the date itself here.
        "renewal_due_administrator",
    ]
    letter = read(letter_of(AUTO_DIGEST), DAY)
    assert letter is not None
    assert (letter.payload["renewed"], letter.payload["missed"]) == (1, 0)


def test_the_digest_of_the_others_says_who_waits(carded: Cast, far: Far) -> None:
    far.refuses = "card_declined"
    for name in ("Eve Ellis", "Gil Gray", "Ida Ives"):
        ending(name, carded.northside, DAY, mode="auto")
    seats(carded.northside, carded.renewals, 1)
    a_day(DAY)

    letter = read(letter_of(AUTO_DIGEST), DAY)
    assert letter is not None
    assert (letter.payload["renewed"], letter.payload["missed"]) == (1, 0)
    assert letter.payload["waiting_text"] == (
        "2 people more wait for your card, Visa ending 4242."
    )


def test_a_card_that_is_declined_each_time_is_tried_on_days_0_1_3_and_7(
    carded: Cast, far: Far
) -> None:
    far.refuses = "insufficient_funds"
    windows = [
        ending(name, carded.northside, DAY, mode="auto")
        for name in ("Eve Ellis", "Gil Gray")
    ]
    for after in range(8):
        a_day(day(after))
        a_pass(day(after), hour=23)

    assert charges() == [
        (turn, "failed", str(day(after))) for turn, after in enumerate((0, 1, 3, 7))
    ]
    assert far.taken == []
    assert len(far.intents) == 4
    assert orders() == [("cancelled", "170.00", 2)]
    assert told(FAILED) == [carded.alice.email] * 3
    assert told(GIVEN_UP) == [carded.alice.email]
    assert told("order_placed") == told("order_overdue") == told(AUTO_DIGEST) == []
    assert outcomes() == [
        ("Ellis", "declined"),
        ("Ellis", "paying"),
        ("Gray", "declined"),
        ("Gray", "paying"),
    ]
    for window in windows:
        assert mode_of(window) == "manual"
        assert newest(window) == window
        entry = AuditEntry.objects.get(
            action="renewal_mode.switched", member=window.member
        )
        assert entry.actor == "Goodstanding (auto-renewal)"
    assert the_round().state == "ended"
    books_agree()
    # What is over stays over.
    a_day(day(8))
    assert len(far.intents) == 4


def test_the_mails_say_how_much_why_for_whom_and_what_next(
    carded: Cast, far: Far
) -> None:
    far.refuses = "expired_card"
    ending("Eve Ellis", carded.northside, DAY, mode="auto")
    a_day(DAY)
    facts = letter_of(FAILED).payload
    number = Order.objects.get().number
    assert (facts["amount_text"], facts["card"]) == ("$85.00", "Visa ending 4242")
    assert (facts["number"], facts["reason"]) == (number, "The card has expired.")
    assert facts["next_text"] == "Nov 18, 2025"
    assert facts["items"] == ["Eve Ellis: renewal date Nov 17, 2025"]
    assert facts["url"].endswith(f"/orders/{Order.objects.get().pk}/")
    for after in (1, 3, 7):
        a_day(day(after))
    last = letter_of(GIVEN_UP).payload
    assert last["reason"] == "The card has expired."
    assert last["items"] == facts["items"]


def test_a_card_that_pays_on_day_3_renews_from_that_day(carded: Cast, far: Far) -> None:
    window = ending("Eve Ellis", carded.northside, DAY, mode="auto")
    far.refuses = "card_declined"
    for after in range(3):
        a_day(day(after))
    far.refuses = ""
    a_day(day(3))
    for after in range(4, 9):
        a_day(day(after))

    assert [state for _, state, _ in charges()] == ["failed", "failed", "succeeded"]
    assert far.taken == [8_500]
    # Renewed late it starts on the day it is applied (A1).
    assert newest(window).first_on == day(3)
    assert mode_of(window) == "auto"
    assert told(GIVEN_UP) == []
    assert told(AUTO_DIGEST) == [carded.alice.email]
    books_agree()


def test_after_days_without_a_worker_one_try_is_made(carded: Cast, far: Far) -> None:
    far.refuses = "card_declined"
    ending("Eve Ellis", carded.northside, DAY, mode="auto")
    a_day(DAY)
    a_day(day(5))
    assert charges()[1:] == [(2, "failed", str(day(5)))]


def test_after_too_long_without_a_worker_nothing_is_charged(
    carded: Cast, far: Far
) -> None:
    far.refuses = "card_declined"
    window = ending("Eve Ellis", carded.northside, DAY, mode="auto")
    a_day(DAY)
    far.refuses = ""
    a_day(day(15))
    assert far.taken == []
    assert mode_of(window) == "manual"
    assert orders() == [("cancelled", "85.00", 1)]


def test_without_a_card_nobody_waits(quiet: Cast, far: Far) -> None:
    publish()
    ending("Eve Ellis", quiet.northside, DAY, mode="auto")
    a_day(DAY)
    assert outcomes() == [("Ellis", "no_seat")]
    assert not CardRound.objects.exists()


def test_a_body_that_sells_no_renewals_charges_nobody(quiet: Cast, far: Far) -> None:
    stored(far, quiet.northside)
    ending("Eve Ellis", quiet.northside, DAY, mode="auto")
    a_day(DAY)
    assert outcomes() == [("Ellis", "no_seat")]
    assert not Order.objects.exists()


def test_the_card_of_another_practice_pays_for_nobody_here(
    quiet: Cast, far: Far
) -> None:
    publish()
    stored(far, quiet.lakeview)
    ending("Eve Ellis", quiet.northside, DAY, mode="auto")
    a_day(DAY)
    assert outcomes() == [("Ellis", "no_seat")]
    assert far.taken == []


def test_somebody_found_later_that_day_gets_an_order_of_their_own(
    carded: Cast, far: Far
) -> None:
    ending("Eve Ellis", carded.northside, DAY, mode="auto")
    a_day(DAY)
    ending("Gil Gray", carded.northside, DAY, mode="auto")
    a_day(DAY)
    assert far.taken == [8_500, 8_500]
    assert CardRound.objects.filter(program=BODY, state="ended").count() == 2
    books_agree()


def test_run_again_nothing_more_is_charged(carded: Cast, far: Far) -> None:
    ending("Eve Ellis", carded.northside, DAY, mode="auto")
    for _ in range(3):
        a_day(DAY)
    charge_all(after=timedelta(hours=1))
    assert far.taken == [8_500]
    assert StoredCard.objects.active().count() == 1


def test_a_term_that_began_on_the_day_it_was_paid_ends_a_year_later(
    carded: Cast,
) -> None:
    window = ending("Eve Ellis", carded.northside, DAY, mode="auto")
    a_day(DAY)
    assert newest(window).renewal_on == date(2026, 11, 17)


def test_a_list_may_let_the_first_try_wait(
    carded: Cast, far: Far, monkeypatch: pytest.MonkeyPatch
) -> None:
    def later(program: str, quantity: int, *, today: date) -> Renewals | None:
        found = sale_of(program, quantity, today=today)
        return found and replace(found, retry_days=[1, 2])

    monkeypatch.setattr("renewals.services.card_rounds.sale_of", later)
    window = ending("Eve Ellis", carded.northside, DAY, mode="auto")
    a_day(DAY)
    assert (orders(), charges()) == ([("awaiting", "85.00", 1)], [])
    a_day(day(1))
    assert newest(window).first_on == day(1)
    assert far.taken == [8_500]
