"""A member without a practice renews: the price, the order, its papers, paying it."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import Sponsorship
from billing.models import Order, Payment
from core.models import OutboxMessage
from credentials.models import Window
from tests.billing.cards import cards, click, completed
from tests.billing.money import manager, paid, prices
from tests.billing.stripe_fake import Far
from tests.cast import BODY, TODAY, Cast, given
from tests.db.money_rows import a_fee
from tests.matrix.asking import checksum
from tests.portal.money_desk import seen
from tests.portal.pressing import followed
from tests.portal.reading import Page

pytestmark = pytest.mark.db
RENEW, ORDERS = "/me/renew/", "/me/orders/"


@pytest.fixture
def alone(cast: Cast, bob: Client) -> Client:
    """The browser of Bob, whom Northside no longer sponsors."""
    prices()
    Sponsorship.objects.filter(member=cast.bob).update(until_on=TODAY)
    return bob


@pytest.fixture
def far(settings: Settings) -> Iterator[Far]:
    """Cards are set up."""
    with cards(settings) as found:
        yield found


def order_it(client: Client) -> Order:
    """Press the button on the renewal's page."""
    answer = client.post(RENEW)
    order = Order.objects.get()
    assert followed(client, answer).notices == [f"Placed order {order.number}."]
    return order


def test_the_price_and_what_follows_are_said_before_the_click(alone: Client) -> None:
    assert Page.of(alone.get("/me/")).links["Renew your membership"] == RENEW
    before = checksum()
    page = Page.of(alone.get(RENEW))
    for text in (
        "Your membership ended: renewal date Nov 3, 2025.",
        "1 × $85.00 = $85.00 (A2)",
        "“Awaiting payment” until Dec 17, 2025. No money is taken now.",
        "your next term begins on the day your payment counts.",
        "Order your renewal, $85.00",
    ):
        assert text in page.text
    assert checksum() == before


def test_ordered_it_is_one_order_with_its_invoice(alone: Client, cast: Cast) -> None:
    order = order_it(alone)
    assert followed(alone, alone.post(RENEW)).h1.endswith(order.number)
    assert Order.objects.count() == 1
    page = Page.of(alone.get(f"{ORDERS}{order.pk}/"))
    assert "Awaiting payment: $85.00 by Dec 17, 2025." in page.text
    assert "Payable to American College of Medical Scribe Specialists" in page.text
    invoice = page.links["Invoice ACMSS-2025-00001 (PDF)"]
    assert alone.get(invoice)["Content-Type"] == "application/pdf"
    assert order.number in Page.of(alone.get(ORDERS)).text
    again = Page.of(alone.get(RENEW))
    assert again.links["To the order"] == f"{ORDERS}{order.pk}/"
    letter = OutboxMessage.objects.get(kind="order_placed")
    assert letter.payload["url"].endswith(f"{ORDERS}{order.pk}/")
    assert letter.recipient == cast.user("bob").email


def test_recorded_by_staff_the_term_begins_and_the_receipt_is_there(
    alone: Client, mona: Client, cast: Cast
) -> None:
    order = order_it(alone)
    assert "Who pays Bob Baker" in seen(mona, order).text
    assert order.number in Page.of(mona.get("/staff/acmss/orders/")).text
    fields = {
        "method": "phone",
        "amount": "85.00",
        "received_on": "2025-11-17",
        "form_key": "k",
    }
    answer = mona.post(f"/staff/acmss/orders/{order.pk}/payments/", fields)
    (notice,) = followed(mona, answer).notices
    assert notice.endswith(
        f"Order {order.number} is paid, and what was bought is there."
    )
    window = Window.objects.filter(member=cast.bob).latest("sequence")
    assert (window.first_on, window.practice) == (TODAY, None)
    page = Page.of(alone.get(f"{ORDERS}{order.pk}/"))
    receipt = page.links["Receipt for $85.00 by phone (PDF)"]
    assert alone.get(receipt)["Content-Type"] == "application/pdf"
    back = mona.post(
        f"/staff/acmss/orders/{order.pk}/refund/",
        {
            "method": "cheque",
            "reason": "Wants it back",
            "line_0": "1",
            "form_key": "b",
            "seen": "cheque|85.00|0:1",
            "outcome": "give",
        },
    )
    assert back.status_code == 409
    assert "its term is used" in Page.of(back).problems[0]


def test_by_card_it_is_paid_and_begun(
    alone: Client, cast: Cast, far: Far, today: date
) -> None:
    order = order_it(alone)
    page = Page.of(alone.get(f"{ORDERS}{order.pk}/"))
    assert "Pay $85.00 by card" in page.text
    session = click(alone, order)
    place = f"{ORDERS}{order.pk}/"
    assert far.sessions[session]["cancel_url"].endswith(place)
    completed(far, session)
    led = Page.of(alone.get(f"{place}pay/done/"))
    assert "$85.00 arrived by card." in led.text
    assert Window.objects.filter(member=cast.bob).latest("sequence").practice is None


def test_renewed_meanwhile_nobody_is_led_to_pay_for_it(
    alone: Client, cast: Cast, far: Far
) -> None:
    order = order_it(alone)
    Sponsorship.objects.create(
        practice=cast.lakeview,
        member=cast.bob,
        program=BODY,
        from_on=TODAY,
        renewal_mode="manual",
    )
    given(cast.renewals, cast.lakeview, cast.bob)
    before = checksum()
    answer = alone.post(f"{ORDERS}{order.pk}/pay/")
    assert answer.status_code == 409
    text = Page.of(answer).text
    assert "Your membership was renewed since this was ordered." in text
    assert far.sessions == {}
    assert checksum() == before


def test_unpaid_it_can_be_cancelled_and_ordered_anew(alone: Client) -> None:
    order = order_it(alone)
    place = f"{ORDERS}{order.pk}/cancel/"
    assert "Nothing is cancelled yet." in Page.of(alone.get(place)).text
    led = followed(alone, alone.post(place, {"reason": "Not now"}))
    assert led.notices == [f"Cancelled order {order.number}."]
    alone.post(RENEW)
    assert Order.objects.count() == 2


def test_credit_pays_it(alone: Client, cast: Cast) -> None:
    paid(a_fee(cast.bob), "150.00")
    alone.post(RENEW)
    order = Order.objects.get(state="awaiting")
    page = Page.of(alone.get(f"{ORDERS}{order.pk}/"))
    assert "Use $85.00 of your credit" in page.text
    answer = alone.post(f"{ORDERS}{order.pk}/credit/", {"form_key": "k"})
    assert followed(alone, answer).notices == ["Paid $85.00 with your credit."]
    assert Window.objects.filter(member=cast.bob).latest("sequence").first_on == TODAY


def test_whom_a_practice_renews_is_sold_nothing(bob: Client, cast: Cast) -> None:
    prices()
    assert "Renew your membership" not in Page.of(bob.get("/me/")).links
    page = Page.of(bob.get(RENEW))
    assert "Northside renews your membership." in page.text
    assert page.one("main").all("form") == []
    answer = bob.post(RENEW)
    assert answer.status_code == 409
    assert Page.of(answer).problems == [
        "Northside renews your membership. Nothing was ordered."
    ]
    assert not Order.objects.exists()


def test_a_member_who_works_for_the_body_records_nothing_of_theirs(
    alone: Client, cast: Cast
) -> None:
    order = order_it(alone)
    with pytest.raises(Exception, match="This is your own order"):
        paid(order, "85.00", actor=manager(cast, "bob"))
    assert not Payment.objects.exists()


def test_nobody_reads_another_s(alone: Client, alice: Client, cast: Cast) -> None:
    order = a_fee(cast.charlie)
    for tail in ("", "cancel/", "pay/done/"):
        assert alone.get(f"{ORDERS}{order.pk}/{tail}").status_code == 404
    assert alice.get(f"/p/northside/orders/{order.pk}/").status_code == 404
