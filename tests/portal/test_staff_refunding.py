"""A manager gives money back, and reads what that takes away before it is done."""

import pytest
from django.test import Client

from billing.models import CreditBalance, Order, Refund
from billing.queries import money_faults
from core.models import OutboxMessage
from credentials.services import Pick, assign
from tests.billing.money import an_order, available, paid
from tests.cast import NOW, TESTER, TODAY, Cast
from tests.matrix.asking import checksum
from tests.portal.money_desk import checked, desk, give_back, refund, seen
from tests.portal.pressing import followed
from tests.portal.reading import Page

pytestmark = pytest.mark.db


@pytest.fixture
def order(cast: Cast) -> Order:
    """Three renewals at $85.00, paid."""
    made = an_order(cast.northside, renewals=3)
    paid(made, "255.00")
    return made


def test_what_follows_is_said_before_anything_is_done(
    mona: Client, order: Order
) -> None:
    fields = refund(mona, order)
    before = checksum()
    page = Page.of(mona.post(desk(order, "refund/"), fields))
    assert checksum() == before
    for text in (
        "1 of 3 × Renewal, one year: $85.00.",
        "1 renewal is taken back from Northside, which has 3 to assign.",
        "$85.00 goes back by transfer: you send it.",
        "alice@alice-adams.example is told by e-mail.",
        "Give $85.00 back",
    ):
        assert text in page.text


def test_what_was_looked_at_is_done_once(
    mona: Client, cast: Cast, order: Order
) -> None:
    _, fields = checked(mona, order, line_0="2")
    for _ in range(2):
        led = followed(mona, mona.post(desk(order, "refund/"), fields))
        assert led.notices == ["$170.00 goes back by transfer. Send it now."]
        assert "Given back $170.00" in led.text
    assert Refund.objects.count() == 1
    assert available(cast.northside) == 1
    order.refresh_from_db()
    assert order.state == "partly_refunded"
    assert OutboxMessage.objects.filter(kind="order_refunded").count() == 1
    assert money_faults() == []


def test_it_can_be_kept_as_credit(mona: Client, order: Order) -> None:
    page, fields = checked(mona, order, method="credit", line_0="3")
    assert "$255.00 is kept as Northside's credit for a later order." in page.text
    led = followed(mona, mona.post(desk(order, "refund/"), fields))
    assert led.notices == ["$255.00 is kept as Northside's credit."]
    assert str(CreditBalance.objects.get().amount) == "255.00"
    assert "Give money back" not in led.links
    assert "there is nothing to give back" in seen(mona, order, "refund/").text


def test_something_else_than_what_was_looked_at_is_not_done(
    mona: Client, order: Order
) -> None:
    _, fields = checked(mona, order, line_0="1")
    before = checksum()
    for other in (
        {"line_0": "3"},
        {"method": "credit"},
        {"seen": ""},
        {"seen": "\x00" * 9},
    ):
        answer = mona.post(desk(order, "refund/"), fields | other)
        assert answer.status_code == 409
        assert Page.of(answer).problems == [
            "This is not what you checked. Look at it again, then give it back."
        ]
    assert checksum() == before


def test_what_is_in_use_is_refused_with_the_reason(
    mona: Client, cast: Cast, order: Order
) -> None:
    _, early = checked(mona, order, line_0="3")
    assign(
        actor=TESTER,
        practice=cast.northside,
        product=cast.renewals,
        picks=[Pick(cast.bob.pk)],
        form_key="assigned",
        today=TODAY,
        now=NOW,
    )
    sentence = (
        "3 renewals can't be taken back: Northside has 2 to assign, the rest is in "
        "use. Give fewer back."
    )
    page = Page.of(mona.post(desk(order, "refund/"), refund(mona, order, line_0="3")))
    assert sentence in page.text
    assert "Give $255.00 back" not in page.text
    before = checksum()
    answer = mona.post(desk(order, "refund/"), early)
    assert answer.status_code == 409
    assert Page.of(answer).problems == [sentence]
    assert checksum() == before
    followed(mona, give_back(mona, order, line_0="2"))
    assert available(cast.northside) == 0


@pytest.mark.parametrize(
    "count", ["-1", "4", "1.5", "1e1", "NaN", "two", "9" * 5000, "1\x00"]
)
def test_a_number_out_of_reach_is_refused_at_its_field(
    mona: Client, order: Order, count: str
) -> None:
    fields = refund(mona, order, line_0=count)
    before = checksum()
    answer = mona.post(desk(order, "refund/"), fields)
    assert answer.status_code == 422
    assert Page.of(answer).problems == [
        "Enter a number from 0 to 3 for Renewal, one year."
    ]
    assert checksum() == before


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("line_0", "", "Enter how many go back of at least one line that cost"),
        ("line_0", "0", "Enter how many go back of at least one line that cost"),
        ("method", "", "Choose how the money goes back."),
        ("method", "card", "Choose how the money goes back."),
        ("method", "phone", "Choose how the money goes back."),
        ("reason", " ", "Write why the money goes back."),
        ("reason", "x" * 401, "Use at most 400 characters."),
    ],
)
def test_what_else_is_wrong_is_said(
    mona: Client, order: Order, field: str, value: str, sentence: str
) -> None:
    answer = mona.post(desk(order, "refund/"), refund(mona, order, **{field: value}))
    assert answer.status_code == 422
    (problem,) = Page.of(answer).problems
    assert problem.startswith(sentence)


def test_of_an_order_that_nobody_paid_nothing_goes_back(
    mona: Client, cast: Cast
) -> None:
    made = an_order(cast.northside)
    page = seen(mona, made, "refund/")
    assert "This order is awaiting payment: there is nothing to give back." in page.text
    fields = {"method": "transfer", "reason": "why", "line_0": "1", "form_key": "k"}
    answer = mona.post(desk(made, "refund/"), fields | {"outcome": "give"})
    assert answer.status_code == 409
    assert not Refund.objects.exists()
