"""What its card did not take goes to it again, or another way: once each."""

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest
from django.test import Client
from pytest_django import Settings

from billing.models import Order, Payment, Refund
from billing.queries import money_faults
from billing.services import (
    send_refund_again,
    settle_refund_otherwise,
)
from core.failures import NotEligible, NotUsable, Stale
from core.models import AuditEntry, OutboxMessage
from tests.billing.cards import click, completed, told
from tests.billing.money import an_order, manager
from tests.billing.refunds import back, sent
from tests.billing.stripe_fake import Far
from tests.cast import NOW, Cast
from tests.matrix.asking import checksum

pytestmark = [pytest.mark.django_db, pytest.mark.db]
Method = Payment.Method


@pytest.fixture
def order(
    cast: Cast, far: Far, signed_in: Callable[[str], Client], today: date
) -> Order:
    """Northside's three renewals, paid by card."""
    order = an_order(cast.northside, renewals=3)
    completed(far, click(signed_in("alice"), order))
    order.refresh_from_db()
    return order


@pytest.fixture
def failed(cast: Cast, order: Order, far: Far) -> Refund:
    """A refund of one renewal that the card did not take."""
    far.refund_status = "failed"
    refund = sent(back(cast, order))
    assert refund.state == "failed"
    far.refund_status = "succeeded"
    return refund


def test_it_is_sent_again_once_and_arrives(
    cast: Cast, order: Order, failed: Refund, far: Far
) -> None:
    again = partial(send_refund_again, actor=manager(cast), refund=failed, now=NOW)
    for _ in range(2):
        assert again(seen=0).state == "asked"
    for _ in range(2):
        sent(failed)
    assert (failed.state, failed.resent, failed.error) == ("done", 1, "")
    alive = [each for each in far.refunds.values() if each["status"] == "succeeded"]
    assert [each["id"] for each in alive] == [failed.reference]
    entry = AuditEntry.objects.get(action="refund.sent_again")
    assert (entry.user, entry.reason) == (cast.mona, "lost_or_stolen_card")
    assert [step.text for step in order.steps.all()][-2:] == [
        "$85.00 is sent to the card again",
        "$85.00 sent back to the card",
    ]
    assert money_faults() == []
    with pytest.raises(NotEligible, match="This refund is done"):
        again(seen=1)


def test_one_that_the_provider_refused_is_sent_again_with_another_key(
    cast: Cast, order: Order, far: Far
) -> None:
    far.trouble = "declined"
    refund = sent(back(cast, order))
    far.trouble = ""
    send_refund_again(actor=manager(cast), refund=refund, seen=0, now=NOW)
    assert (sent(refund).state, len(far.refunds)) == ("done", 1)


def test_it_may_fail_again_and_an_old_page_sends_nothing(
    cast: Cast, failed: Refund, far: Far
) -> None:
    again = partial(send_refund_again, actor=manager(cast), refund=failed, now=NOW)
    again(seen=0)
    far.refund_status = "failed"
    assert sent(failed).state == "failed"
    with pytest.raises(Stale, match="failed again"):
        again(seen=0)
    far.refund_status = "succeeded"
    again(seen=1)
    assert (sent(failed).state, failed.resent) == ("done", 2)


def test_what_is_told_late_of_the_former_try_fails_nothing(
    cast: Cast, order: Order, far: Far
) -> None:
    refund = sent(back(cast, order))
    found = far.refunds[refund.reference]
    found |= {"status": "failed", "failure_reason": "expired_or_canceled_card"}
    told(far, "refund.failed", found)
    refund.refresh_from_db()
    send_refund_again(actor=manager(cast), refund=refund, seen=0, now=NOW)
    assert told(far, "refund.failed", found).state == "ignored"
    assert sent(refund).state == "done"


@pytest.mark.parametrize(
    ("method", "reference", "words"),
    [(Method.CHEQUE, "1042", "cheque 1042"), (Method.TRANSFER, "", "transfer")],
)
def test_it_is_settled_another_way_once_and_the_payer_is_told(
    cast: Cast, order: Order, failed: Refund, method: Method, reference: str, words: str
) -> None:
    settle = partial(
        settle_refund_otherwise, actor=manager(cast), refund=failed, seen=0, now=NOW
    )
    for _ in range(2):
        settle(method=method, reference=f" {reference} ")
    failed.refresh_from_db()
    assert (failed.state, failed.sent_by, failed.reference) == (
        "done",
        method,
        reference,
    )
    assert failed.method == Method.CARD
    entry = AuditEntry.objects.get(action="refund.sent_otherwise")
    assert entry.sentence == (
        f"Sent $85.00 by {words} instead of to the card for order {order.number}"
    )
    letter = OutboxMessage.objects.get(kind="order_refund_sent")
    assert letter.recipient == "alice@alice-adams.example"
    assert letter.payload["way_text"] == f"by {words}"
    assert money_faults() == []
    other = Method.TRANSFER if method == Method.CHEQUE else Method.CHEQUE
    with pytest.raises(NotEligible, match="This refund is done"):
        settle(method=other, reference="7")


def test_what_went_another_way_leaves_its_card_all_that_it_paid(
    cast: Cast, order: Order, failed: Refund
) -> None:
    settle_refund_otherwise(
        actor=manager(cast),
        refund=failed,
        method=Method.TRANSFER,
        reference="",
        seen=0,
        now=NOW,
    )
    assert sent(back(cast, order, 2, key="rest")).state == "done"


def test_a_card_that_other_refunds_used_up_can_t_get_it(
    cast: Cast, failed: Refund, order: Order
) -> None:
    # What failed is free again, and somebody else gives it back.
    Refund.objects.create(
        order=order,
        method=Method.CARD,
        state="done",
        payment=failed.payment,
        amount=200,
        currency="USD",
        reason="Others",
        key="others",
        by="tests",
        at=NOW,
    )
    with pytest.raises(NotEligible, match="it can't get so much"):
        send_refund_again(actor=manager(cast), refund=failed, seen=0, now=NOW)


def test_without_a_provider_it_goes_another_way_alone(
    cast: Cast, failed: Refund, settings: Settings
) -> None:
    settings.CARDS = False
    with pytest.raises(NotEligible, match="No card provider is set up"):
        send_refund_again(actor=manager(cast), refund=failed, seen=0, now=NOW)


@pytest.mark.parametrize(
    ("method", "reference", "field"),
    [
        (Method.CHEQUE, " ", "reference"),
        (Method.TRANSFER, "x" * 81, "reference"),
        (Method.CREDIT, "", "method"),
        (Method.CARD, "", "method"),
    ],
)
def test_a_way_that_is_none_is_refused(
    cast: Cast, failed: Refund, method: Method, reference: str, field: str
) -> None:
    before = checksum()
    with pytest.raises(NotUsable) as refused:
        settle_refund_otherwise(
            actor=manager(cast),
            refund=failed,
            method=method,
            reference=reference,
            seen=0,
            now=NOW,
        )
    assert [each.field for each in refused.value.problems] == [field]
    assert checksum() == before


def test_one_that_has_not_failed_is_left_alone(cast: Cast, order: Order) -> None:
    refund = back(cast, order)
    for act in (
        partial(send_refund_again, seen=0),
        partial(settle_refund_otherwise, method=Method.TRANSFER, reference="", seen=0),
    ):
        with pytest.raises(NotEligible, match=r"on its way\. Nothing was changed"):
            act(actor=manager(cast), refund=refund, now=NOW)
