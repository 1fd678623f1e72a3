"""A manager gives money back to the card that paid, or settles what it took not."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.test import Client
from pytest_django import Settings

from billing import tasks
from billing.models import Order, Refund
from core.models import AuditEntry, OutboxMessage
from tests.billing.cards import cards, click, completed
from tests.billing.money import an_order, paid
from tests.billing.stripe_fake import Far
from tests.cast import Cast
from tests.matrix.asking import checksum
from tests.portal.money_desk import checked, desk, give_back, refund, seen
from tests.portal.pressing import followed
from tests.portal.reading import Page

pytestmark = pytest.mark.db


@pytest.fixture
def far(settings: Settings) -> Iterator[Far]:
    """Cards are set up."""
    with cards(settings) as found:
        yield found


@pytest.fixture
def order(cast: Cast, far: Far, alice: Client, today: date) -> Order:
    """Three renewals at $85.00: $100.00 by phone, the rest by card."""
    made = an_order(cast.northside, renewals=3)
    paid(made, "100.00")
    completed(far, click(alice, made))
    return made


@pytest.fixture
def failed(mona: Client, order: Order, far: Far) -> Refund:
    """A refund that the card did not take."""
    far.refund_status = "failed"
    give_back(mona, order, method="card")
    found = Refund.objects.get()
    tasks.send_refund(str(found.pk))
    far.refund_status = "succeeded"
    return found


def place(refund: Refund) -> str:
    """Where a refund that failed is settled."""
    return desk(refund.order, f"refunds/{refund.pk}/")


def test_the_card_is_offered_named_and_gets_it(
    mona: Client, order: Order, far: Far
) -> None:
    assert (
        "Card: at most $155.00, back to its card" in seen(mona, order, "refund/").text
    )
    page, fields = checked(mona, order, method="card")
    assert (
        "$85.00 goes back to the card that paid $155.00 on Nov 17, 2025 "
        f"({far.charges[0]}), by itself." in page.text
    )
    led = followed(mona, mona.post(desk(order, "refund/"), fields))
    assert led.notices == [
        "$85.00 goes back to its card. This page says when it has left."
    ]
    assert "On its way" in led.text
    letter = OutboxMessage.objects.get(kind="order_refunded")
    assert letter.payload["way_text"] == "to the card that paid"
    tasks.send_refund(str(Refund.objects.get().pk))
    assert "$85.00 sent back to the card" in seen(mona, order).text
    assert len(far.refunds) == 1


def test_more_than_a_card_paid_is_refused_at_the_field(
    mona: Client, order: Order
) -> None:
    fields = refund(mona, order, method="card", line_0="3")
    before = checksum()
    answer = mona.post(desk(order, "refund/"), fields)
    assert answer.status_code == 422
    (problem,) = Page.of(answer).problems
    assert problem.startswith("At most $155.00 can go back to one card.")
    assert checksum() == before


def test_without_cards_or_a_payment_by_card_none_is_offered(
    mona: Client, cast: Cast, order: Order, settings: Settings
) -> None:
    other = an_order(cast.northside)
    paid(other, "170.00")
    assert "Card:" not in seen(mona, other, "refund/").text
    give_back(mona, order, method="card")
    settings.CARDS = False
    assert "Card:" not in seen(mona, order, "refund/").text


def test_what_failed_is_said_and_sent_again(
    mona: Client, order: Order, failed: Refund, far: Far
) -> None:
    page = seen(mona, order)
    assert "lost_or_stolen_card" in page.text
    assert page.links["$85.00 by card"] == place(failed)
    page = Page.of(mona.get(place(failed)))
    assert "Send $85.00 to the card again" in page.text
    assert f"paid $155.00 on Nov 17, 2025 ({far.charges[0]})" in page.text
    fields = {"way": "again", "reference": "", "seen": page.value("seen")}
    for _ in range(2):
        led = followed(mona, mona.post(place(failed), fields))
        assert led.notices[-1] == (
            "$85.00 is sent to the card again. This page says when it has left."
        )
    tasks.send_refund(str(failed.pk))
    assert AuditEntry.objects.filter(action="refund.sent_again").count() == 1
    assert "This refund is done." in Page.of(mona.get(place(failed))).text


def test_or_noted_as_sent_by_cheque(
    mona: Client, alice: Client, order: Order, failed: Refund
) -> None:
    fields = {"way": "cheque", "reference": "1042", "seen": "0"}
    for _ in range(2):
        led = followed(mona, mona.post(place(failed), fields))
        assert led.notices[-1] == (
            "$85.00 is noted as sent by cheque 1042. The payer is told."
        )
    said = "(Its card did not take it: sent by cheque 1042.)"
    assert said in seen(mona, order).text
    theirs = Page.of(alice.get(f"/p/northside/orders/{order.pk}/"))
    assert "$85.00 sent by cheque 1042 instead of to the card" in theirs.text
    assert OutboxMessage.objects.filter(kind="order_refund_sent").count() == 1
    answer = mona.post(place(failed), fields | {"way": "again"})
    assert answer.status_code == 409
    assert Page.of(answer).problems == ["This refund is done. Nothing was changed."]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("way", "", "Choose how the money goes now."),
        ("way", "credit", "Choose how the money goes now."),
        ("way", "cheque\x00", "Choose how the money goes now."),
        ("reference", " ", "Enter the cheque's number."),
        ("reference", "x" * 81, "Use at most 80 characters."),
    ],
)
def test_what_is_wrong_is_said(
    mona: Client, failed: Refund, field: str, value: str, sentence: str
) -> None:
    before = checksum()
    fields = {"way": "cheque", "reference": "1042", "seen": "0"} | {field: value}
    answer = mona.post(place(failed), fields)
    assert answer.status_code == 422
    assert Page.of(answer).problems == [sentence]
    assert checksum() == before


def test_without_a_provider_only_other_ways_are_offered(
    mona: Client, failed: Refund, settings: Settings
) -> None:
    settings.CARDS = False
    assert "to the card again" not in Page.of(mona.get(place(failed))).text
    answer = mona.post(place(failed), {"way": "again", "seen": "0"})
    assert answer.status_code == 409


def test_a_reviewer_settles_none(
    erin: Client, failed: Refund, signed_in: Callable[[str], Client]
) -> None:
    assert erin.get(place(failed)).status_code == 403
    assert erin.post(place(failed), {"way": "again"}).status_code == 403
    assert signed_in("frank").get(place(failed)).status_code == 404
