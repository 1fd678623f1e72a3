"""The rows of what is bought: estimates for anybody, orders of whoever pays."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from credentials.models import Window
from portal.queries.lowering import seen_words
from tests.cast import BODY
from tests.matrix.expectations import Row, Word, get, sends, shows, works_out, write
from tests.matrix.world import World

READ, WRITE = "orders:read", "orders:write"


def _lines(world: World) -> Mapping[str, Any]:
    return {"lines": [{"offer": "renewals", "quantity": 2}]}


def _fewer(world: World) -> Mapping[str, Any]:
    """Leave one of the two people in use out, as the page's last button does."""
    bob = world.cast.bob
    return {
        "form_key": uuid4().hex,
        "outcome": "lower",
        "to": "1",
        "leave_out": str(bob.pk),
        "seen": "0",
        "checked": seen_words(1, Window.objects.newest().filter(member=bob)),
    }


def _fewer_over_rest(world: World) -> Mapping[str, Any]:
    person = world.things["person over REST"].own
    return {"program": BODY, "to": 1, "leave_out": [person]}


LIST = {"GET": get(scope=READ)}
WAITS = {"order_id": "order that waits"}

OWN_ORDER = {"order_id": "own order"}

SHOP = {
    "card_done": shows(Word.PRACTICE),
    "card_remove": Row(Word.PRACTICE, {"GET": get(), "POST": write(302, sends())}),
    "estimate": shows(Word.PUBLIC),
    "estimate_pdf": shows(Word.PUBLIC, signed="estimate"),
    "estimate_shown": shows(Word.PUBLIC, signed="estimate"),
    # Northside renews Bob, and nobody else here has a term to renew.
    "my_renewal": Row(Word.OWN, {"GET": get(), "POST": works_out(409, sends())}),
    "my_orders": shows(Word.OWN),
    "my_order": Row(Word.OWN, {"GET": get()}, OWN_ORDER, own_things=True),
    "my_order_cancel": Row(
        Word.OWN,
        {"GET": get(), "POST": write(302, sends(reason="No need"))},
        OWN_ORDER,
        own_things=True,
    ),
    "my_order_credit": Row(
        Word.OWN, {"POST": write(302, sends())}, OWN_ORDER, own_things=True
    ),
    "my_order_invoice": Row(
        Word.OWN,
        {"GET": get()},
        {**OWN_ORDER, "invoice_id": "own invoice"},
        own_things=True,
    ),
    "my_order_receipt": Row(
        Word.OWN,
        {"GET": get()},
        {**OWN_ORDER, "payment_id": "own payment"},
        own_things=True,
    ),
    "my_paid_by_card": Row(Word.OWN, {"GET": get()}, OWN_ORDER, own_things=True),
    "my_pay_by_card": Row(
        Word.OWN, {"POST": works_out(409, sends())}, OWN_ORDER, own_things=True
    ),
    "order_cancel": Row(
        Word.PRACTICE,
        {"GET": get(), "POST": write(302, sends(reason="No need"))},
        WAITS,
    ),
    "order_credit": Row(Word.PRACTICE, {"POST": write(302, sends())}, WAITS),
    "order_estimate": Row(
        Word.PRACTICE,
        {"GET": get(), "POST": write(302, sends())},
        {"signed": "estimate"},
    ),
    "order_invoice": shows(Word.PRACTICE, invoice_id="invoice", **WAITS),
    "order_receipt": shows(Word.PRACTICE, payment_id="payment", **WAITS),
    "seats": shows(Word.PRACTICE),
    "seats_lower": Row(Word.PRACTICE, {"GET": get(), "POST": write(302, _fewer)}),
    "stored_card": shows(Word.PRACTICE),
    # Without keys of a provider none is stored (tests/billing has it with them).
    "store_card": Row(Word.PRACTICE, {"GET": get(), "POST": works_out(409, sends())}),
    "api_estimate": Row(Word.PRACTICE, LIST),
    "api_estimates": Row(Word.PRACTICE, {"POST": works_out(200, _lines, READ)}),
    "api_offers": Row(Word.PRACTICE, LIST),
    "api_order": Row(Word.PRACTICE, LIST, {"order_id": "order over REST"}),
    "api_orders": Row(Word.PRACTICE, {**LIST, "POST": write(201, _lines, WRITE)}),
    "api_seat_changes": Row(
        Word.PRACTICE,
        {
            **LIST,
            "POST": write(201, _fewer_over_rest, WRITE, ("person over REST",)),
        },
    ),
    "api_payments": Row(Word.PRACTICE, LIST),
}
