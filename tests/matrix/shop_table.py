"""The rows of what is bought: estimates for anybody, orders of whoever pays."""

from collections.abc import Mapping
from typing import Any

from tests.matrix.expectations import Row, Word, get, sends, shows, works_out, write
from tests.matrix.world import World

READ, WRITE = "orders:read", "orders:write"


def _lines(world: World) -> Mapping[str, Any]:
    return {"lines": [{"offer": "renewals", "quantity": 2}]}


LIST = {"GET": get(scope=READ)}
WAITS = {"order_id": "order that waits"}

OWN_ORDER = {"order_id": "own order"}

SHOP = {
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
    "api_estimate": Row(Word.PRACTICE, LIST),
    "api_estimates": Row(Word.PRACTICE, {"POST": works_out(200, _lines, READ)}),
    "api_offers": Row(Word.PRACTICE, LIST),
    "api_order": Row(Word.PRACTICE, LIST, {"order_id": "order over REST"}),
    "api_orders": Row(Word.PRACTICE, {**LIST, "POST": write(201, _lines, WRITE)}),
    "api_payments": Row(Word.PRACTICE, LIST),
}
