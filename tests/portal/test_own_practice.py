"""Staff who administer a practice read its orders; others of the staff act on them."""

from datetime import timedelta

import pytest
from django.test import Client

from accounts.models import Administration, Practice
from billing.models import Order, Payment
from core.models import AuditEntry
from credentials.models import SeatPool
from tests.billing.money import an_order, manager, paid
from tests.cast import NOW, Cast, a_practice
from tests.matrix.asking import checksum
from tests.portal.money_desk import CHEQUE, decision, desk, seen
from tests.portal.reading import Page

pytestmark = pytest.mark.db
HERS = "You administer Eastside. Another member of staff has to do this."
SEATS = "/staff/acmss/seats/"


@pytest.fixture
def eastside(cast: Cast) -> Practice:
    """A practice that Mona administers; the body stands for nobody there yet."""
    practice = a_practice("Eastside")
    Administration.objects.create(
        practice=practice, user=cast.mona, from_at=NOW - timedelta(days=9)
    )
    return practice


@pytest.fixture
def orders(cast: Cast, eastside: Practice) -> dict[str, Order]:
    """An order that awaits payment, one that is paid, one with a large payment."""
    found = {"awaits": an_order(eastside), "done": an_order(eastside)}
    paid(found["done"], "200.00")
    found["waits"] = an_order(eastside, renewals=20)
    paid(found["waits"], "1700.00", actor=manager(cast, "erin"))
    return found


def test_the_pages_say_why_and_offer_nothing(
    mona: Client, orders: dict[str, Order]
) -> None:
    waiting = Payment.objects.get(state="to_confirm")
    pages = [
        seen(mona, orders["awaits"]),
        seen(mona, orders["awaits"], "cancel/"),
        seen(mona, orders["done"]),
        seen(mona, orders["done"], "refund/"),
        Page.of(mona.get(decision(waiting))),
    ]
    for page in pages:
        assert HERS in page.text, page.h1
        assert page.one("main").all("form") == []
        assert not {"Give money back", "Cancel the order"} & set(page.links)


def test_each_act_is_refused_with_the_reason_and_noted_once(
    mona: Client, orders: dict[str, Order]
) -> None:
    waiting, before = Payment.objects.get(state="to_confirm"), checksum()
    (line,) = orders["done"].lines.all()
    back = {"method": "cheque", "reason": "Left", f"line_{line.place}": "1"}
    seen_before = f"cheque|85.00|{line.place}:1"
    acts = [
        (desk(orders["awaits"], "payments/"), CHEQUE),
        (desk(orders["awaits"], "credit/"), {}),
        (desk(orders["awaits"], "cancel/"), {"reason": "Ordered twice"}),
        (
            desk(orders["done"], "refund/"),
            back | {"outcome": "give", "seen": seen_before},
        ),
        (decision(waiting), {"outcome": "confirm"}),
        (decision(waiting), {"outcome": "refuse", "reason": "No such call"}),
    ]
    for number, (address, fields) in enumerate(acts, 1):
        answer = mona.post(address, fields | {"form_key": f"k{number}"})
        assert answer.status_code == 403, address
        assert HERS in Page.of(answer).text, address
        denied = AuditEntry.objects.filter(action="denied")
        assert denied.count() == number, address
    assert checksum() == before


def test_her_practice_s_seats_are_others_to_change(
    mona: Client, cast: Cast, eastside: Practice
) -> None:
    fields = {
        "practice": "eastside",
        "product": "renewals",
        "count": "5",
        "reason": "A gift",
        "form_key": "k",
    }
    for way in ("grant", "back"):
        answer = mona.post(SEATS, fields | {"way": way})
        assert answer.status_code == 403
        assert HERS in Page.of(answer).text
    assert not SeatPool.objects.filter(practice=eastside).exists()
    assert AuditEntry.objects.filter(action="denied").count() == 2
    assert mona.post(SEATS, fields | {"practice": "lakeview"}).status_code == 302


def test_who_stopped_administering_it_is_told_so(
    mona: Client, orders: dict[str, Order]
) -> None:
    Administration.objects.filter(practice__slug="eastside").update(until_at=NOW)
    text = "You administered Eastside when this was open."
    assert text in seen(mona, orders["awaits"]).text
    later = NOW - timedelta(seconds=1)
    Administration.objects.filter(practice__slug="eastside").update(until_at=later)
    assert "Record a payment" in seen(mona, orders["awaits"]).text
