"""A manager records what came in: right once, and clear about what it can't be."""

from datetime import date

import pytest
from django.test import Client

from billing.models import CreditBalance, Order, Payment
from billing.queries import balances, money_faults
from billing.rules import Account
from core.models import AuditEntry, OutboxMessage
from tests.billing.money import an_order, available, paid
from tests.cast import BODY, Cast
from tests.matrix.asking import checksum
from tests.portal.money_desk import PHONE, desk, pay, payment, seen
from tests.portal.pressing import followed
from tests.portal.reading import Page

pytestmark = pytest.mark.db
AMOUNT = "Enter an amount such as 85.00: above zero, a point before cents, no commas."
RANGE = "Enter an amount from 0.01 to 1,000,000, with whole cents."
NO_DAY = "There is no such day. Enter one such as 2025-11-17."


def test_a_cheque_pays_the_order_and_the_seats_are_there(
    mona: Client, cast: Cast
) -> None:
    order = an_order(cast.northside)
    page = followed(mona, pay(mona, order))
    (notice,) = page.notices
    assert notice.startswith(f"$170.00 by cheque recorded. Order {order.number} is")
    assert notice.endswith("is paid, and what was bought is there.")
    made = Payment.objects.get(order=order)
    assert (made.reference, made.counts_on) == ("1042", date(2025, 11, 12))
    assert (made.by, made.received_on) == ("Mona Moss", date(2025, 11, 17))
    order.refresh_from_db()
    assert (order.state, order.paid_on) == ("fulfilled", date(2025, 11, 12))
    assert available(cast.northside) == 2
    assert money_faults() == []
    entry = AuditEntry.objects.get(action="payment.settled")
    assert entry.actor == "Mona Moss"
    assert OutboxMessage.objects.filter(kind="order_receipt").count() == 1


def test_a_part_leaves_the_rest_to_pay(mona: Client, cast: Cast) -> None:
    order = an_order(cast.northside)
    page = followed(mona, pay(mona, order, **PHONE | {"amount": "100"}))
    assert page.notices == ["$100.00 by phone recorded. $70.00 is still to pay."]
    assert available(cast.northside) == 0


def test_what_is_too_much_is_said_and_kept_as_credit(mona: Client, cast: Cast) -> None:
    order = an_order(cast.northside)
    assert (
        "$170.00 is still to pay. What is more is kept as Northside's credit."
        in seen(mona, order).text
    )
    page = followed(mona, pay(mona, order, amount="185.50"))
    assert "$15.50 of it is more than was owed: kept as credit." in page.notices[0]
    assert "$15.50 of it is kept as credit." in page.one("main").text
    assert str(CreditBalance.objects.get().amount) == "15.50"


def test_credit_pays_for_the_next_order(mona: Client, cast: Cast) -> None:
    paid(an_order(cast.northside), "200.00")
    order = an_order(cast.northside)
    page = seen(mona, order)
    assert "Use $30.00 of credit" in [each.text for each in page.all("button")]
    fields = page.form_at(desk(order, "credit/"))
    for _ in range(2):
        led = followed(mona, mona.post(desk(order, "credit/"), fields))
        assert led.notices == ["$30.00 by credit recorded. $140.00 is still to pay."]
    assert str(CreditBalance.objects.get().amount) == "0.00"
    assert "of credit" not in seen(mona, order).text
    assert money_faults() == []


def test_without_credit_there_is_nothing_to_use(mona: Client, cast: Cast) -> None:
    order = an_order(cast.northside)
    before = checksum()
    answer = mona.post(desk(order, "credit/"), {"form_key": "k"})
    assert answer.status_code == 409
    assert Page.of(answer).problems == ["There is no credit to use. Nothing was paid."]
    answer = mona.post(desk(order, "credit/"), {})
    assert answer.status_code == 422
    assert Page.of(answer).problems == ["Reload the page, then send the form again."]
    assert checksum() == before


@pytest.mark.parametrize(
    ("amount", "sentence"),
    [
        ("", AMOUNT),
        ("1,5", AMOUNT),
        ("1,700.00", AMOUNT),
        ("NaN", AMOUNT),
        ("sNaN", AMOUNT),
        ("Infinity", AMOUNT),
        ("1e3", AMOUNT),
        ("-170", AMOUNT),
        ("+170", AMOUNT),
        ("$170", AMOUNT),
        ("170.001", AMOUNT),
        ("170.", AMOUNT),
        ("1_000", AMOUNT),
        ("\N{ARABIC-INDIC DIGIT ONE}\N{ARABIC-INDIC DIGIT SEVEN}", AMOUNT),
        ("9" * 5000, AMOUNT),
        ("170\x00", AMOUNT),
        ("0", RANGE),
        ("0.00", RANGE),
        ("1000000.01", RANGE),
        ("999999999", RANGE),
    ],
)
def test_an_amount_that_is_none_is_refused_at_its_field(
    mona: Client, cast: Cast, amount: str, sentence: str
) -> None:
    order = an_order(cast.northside)
    fields = payment(mona, order, amount=amount)
    before = checksum()
    answer = mona.post(desk(order, "payments/"), fields)
    page = Page.of(answer)
    assert answer.status_code == 422
    assert page.title.startswith("Error:")
    assert page.problems == [sentence]
    assert sentence in page.one("div", "", id="id_amount_error").text
    assert checksum() == before


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("dated_on", "2025-02-30", NO_DAY),
        ("dated_on", "30.02.2025", NO_DAY),
        ("dated_on", "11/12/25", NO_DAY),
        (
            "dated_on",
            "",
            "Enter the date on the cheque: it decides the day that counts.",
        ),
        ("dated_on", "2025-11-18", "The cheque's date is yet to come. Record it then."),
        ("dated_on", "2015-11-12", "Check the year: this is more than a year ago."),
        ("dated_on", "0001-01-01", "Check the year: this is more than a year ago."),
        ("received_on", "2025-02-29", NO_DAY),
        ("received_on", "", "Enter the day it came in."),
        ("received_on", "2025-11-18", "Enter the day it came in: today or earlier."),
        ("received_on", "2024-11-01", "Check the year: this is more than a year ago."),
        ("method", "", "Choose how it was paid."),
        ("method", "card", "Choose how it was paid."),
        ("method", "credit", "Choose how it was paid."),
        ("reference", "", "Enter the cheque's number."),
        ("reference", "x" * 81, "Use at most 80 characters."),
    ],
)
def test_what_else_is_wrong_is_said_at_its_field(
    mona: Client, cast: Cast, field: str, value: str, sentence: str
) -> None:
    order = an_order(cast.northside)
    fields = payment(mona, order, **{field: value})
    before = checksum()
    answer = mona.post(desk(order, "payments/"), fields)
    page = Page.of(answer)
    assert answer.status_code == 422
    assert page.problems == [sentence]
    assert sentence in page.one("div", "", id=f"id_{field}_error").text
    assert checksum() == before


def test_only_a_cheque_carries_a_date(mona: Client, cast: Cast) -> None:
    order = an_order(cast.northside)
    answer = pay(mona, order, **PHONE | {"dated_on": "2025-11-12"})
    assert answer.status_code == 422
    assert Page.of(answer).problems == [
        "Only a cheque carries a date of its own. Leave this empty."
    ]


def test_what_was_typed_stays(mona: Client, cast: Cast) -> None:
    page = Page.of(pay(mona, an_order(cast.northside), amount="1,5", reference="<b>7"))
    assert page.value("amount") == "1,5"
    assert page.value("reference") == "<b>7"


def test_a_form_sent_twice_records_once(mona: Client, cast: Cast) -> None:
    order = an_order(cast.northside)
    fields = payment(mona, order, amount="85.00")
    for _ in range(2):
        followed(mona, mona.post(desk(order, "payments/"), fields))
    assert Payment.objects.count() == 1
    before = checksum()
    answer = mona.post(desk(order, "payments/"), fields | {"amount": "80.00"})
    assert answer.status_code == 409
    assert Page.of(answer).problems == [
        "This form was used for another payment. Nothing was recorded."
    ]
    assert checksum() == before


def test_a_paid_order_takes_no_second_payment(mona: Client, cast: Cast) -> None:
    order = an_order(cast.northside)
    first, second = payment(mona, order), payment(mona, order, reference="1043")
    followed(mona, mona.post(desk(order, "payments/"), first))
    before = checksum()
    answer = mona.post(desk(order, "payments/"), second)
    assert answer.status_code == 409
    assert Page.of(answer).problems == [
        f"Order {order.number} is paid already. Nothing was recorded."
    ]
    assert checksum() == before
    assert Order.objects.get().settled == balances(BODY)[Account.CASH]


@pytest.mark.parametrize("tail", ["payments/", "credit/", "refund/", "cancel/"])
def test_a_reviewer_records_nothing(erin: Client, cast: Cast, tail: str) -> None:
    order = an_order(cast.northside)
    before = checksum()
    assert erin.post(desk(order, tail), {"form_key": "k"}).status_code == 403
    assert checksum() == before
