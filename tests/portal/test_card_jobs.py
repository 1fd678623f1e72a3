"""What went wrong with money by card stands among staff's jobs, for its own body."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from billing.models import CardCharge, Payment, Refund
from portal.queries.card_faults import card_faults
from tests.billing.cards import cards, click, told
from tests.billing.money import an_order
from tests.cast import BODY, NOW, OTHER_BODY, Cast
from tests.db.money_rows import a_refused_charge
from tests.matrix.canaries import open_ledgers

pytestmark = [pytest.mark.django_db, pytest.mark.db]


def test_a_payment_that_was_refused_stands_among_the_jobs(
    cast: Cast,
    signed_in: Callable[[str], Client],
    today: date,
    settings: Settings,
) -> None:
    order = an_order(cast.northside)
    with cards(settings) as far:
        found = far.pay(click(signed_in("alice"), order)) | {"currency": "eur"}
        told(far, "checkout.session.completed", found)

    page = signed_in("mona").get(f"/staff/{BODY}/jobs/").content.decode()

    assert "1 card needs a look." in page
    assert f"Order {order.number}: a payment was not recorded" in page
    assert f"told of 17000 eur. Look at {far.charges[0]} at Stripe." in page
    assert card_faults(OTHER_BODY, now=NOW) == []
    assert card_faults(BODY, now=NOW + timedelta(days=70)) == []


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (
            {"state": "unknown", "tries": 3, "reason": "No answer."},
            (
                "it is not known whether Visa ending 4242 paid: No answer. It is asked "
                "about again by itself."
            ),
        ),
        (
            {"state": "failed", "code": "wrong_amount", "reason": "Told of 1."},
            "a payment was not recorded: Told of 1. Look at pi_1 at Stripe.",
        ),
        ({"state": "unknown", "tries": 2}, ""),
        ({"state": "failed", "code": "expired_card"}, ""),
        ({"state": "succeeded", "tries": 9}, ""),
    ],
)
def test_a_charge_that_needs_a_look_is_said(
    cast: Cast, facts: dict[str, Any], said: str
) -> None:
    charge = a_refused_charge(an_order(cast.northside))
    own = {"card_text": "Visa ending 4242", "intent_id": "pi_1"}
    with open_ledgers():
        CardCharge.objects.filter(pk=charge.pk).update(**own, **facts)

    found = card_faults(BODY, now=NOW)

    assert len(found) == bool(said)
    for each in found:
        text = each.text.partition(". ")[2]
        assert f"{each.title.partition(': ')[2]}: {text}" == said
    assert card_faults(OTHER_BODY, now=NOW) == []


@pytest.mark.parametrize(
    ("state", "tries", "words"),
    [
        ("failed", 1, "Your card was declined. Send it again or another way."),
        ("asked", 3, "Your card was declined. It is tried again by itself."),
        ("asked", 1, ""),
        ("done", 3, ""),
    ],
)
def test_a_refund_that_does_not_leave_is_said(
    cast: Cast, state: str, tries: int, words: str
) -> None:
    order = an_order(cast.northside)
    Refund.objects.create(
        order=order,
        method=Payment.Method.CARD,
        state=state,
        amount=85,
        currency="USD",
        reason="Ordered too many",
        key="k",
        by="tests",
        at=NOW,
        tries=tries,
        error="Your card was declined.",
    )

    found = card_faults(BODY, now=NOW)

    assert len(found) == bool(words)
    for each in found:
        assert each.title == f"Order {order.number}: $85.00 did not go back to its card"
        assert each.text.endswith(words)
