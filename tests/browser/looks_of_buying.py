"""Pages of what is bought: estimates for anybody, a practice's seats and orders."""

from tests.browser.look import DANA, Look
from tests.browser.showing import (
    a_stored_card,
    at,
    back_from_paying,
    following,
    pressing,
)
from tests.browser.visitor import HARBOR

SEATS, ORDERS = f"/p/{HARBOR}/seats/", f"/p/{HARBOR}/orders/"
CARD = f"{ORDERS}card/"
PRICED = pressing("See the price", at("/estimate/?n-renewals=12"))
WAITING = following("Order ORD-", at(ORDERS))
BUYING = (
    Look("estimate", "estimate", at("/estimate/")),
    Look(
        "estimate empty",
        "estimate",
        pressing("See the price", at("/estimate/")),
        status=422,
    ),
    Look(
        "estimate wrong",
        "estimate",
        at("/estimate/?n-renewals=1,5&do=price"),
        status=422,
    ),
    Look("estimate shown", "estimate_shown", PRICED),
    Look("estimate shown to an administrator", "estimate_shown", PRICED, DANA),
    Look("estimate gone", "estimate_shown", at("/estimate/none/"), status=404),
    Look(
        "estimate ordered",
        "order_estimate",
        following("Order for Harbor", PRICED),
        DANA,
    ),
    Look("orders", "orders", at(ORDERS), DANA),
    Look("order", "order", WAITING, DANA),
    Look("back from the card provider", "paid_by_card", back_from_paying, DANA),
    Look("card for auto-renewal", "stored_card", at(CARD), DANA),
    Look("card stored", "stored_card", a_stored_card, DANA),
    Look("storing a card", "store_card", at(f"{CARD}new/"), DANA),
    Look(
        "storing a card without agreeing",
        "store_card",
        pressing("Agree and enter the card", at(f"{CARD}new/")),
        DANA,
        422,
    ),
    Look("no card stored", "card_done", at(f"{CARD}new/done/"), DANA),
    Look("removing a card", "card_remove", following("Remove", a_stored_card), DANA),
    Look("no card to remove", "card_remove", at(f"{CARD}remove/"), DANA),
    Look("seats", "seats", at(SEATS), DANA),
    Look(
        "seats empty",
        "seats",
        pressing("See the price, then order", at(SEATS)),
        DANA,
        422,
    ),
    Look(
        "order cancelling",
        "order_cancel",
        following("Cancel this order", WAITING),
        DANA,
    ),
    Look(
        "order cancelling empty",
        "order_cancel",
        pressing("Cancel the order", following("Cancel this order", WAITING)),
        DANA,
        422,
    ),
)
# What a browser is shown by no page of ours, with the reason.
NO_PAGES_OF_BUYING = {
    "estimate_pdf": "a file to be saved",
    "order_credit": "acts, then leads back",
    "order_invoice": "a file to be saved",
    "order_receipt": "a file to be saved",
    "pay_by_card": "leads on to the card provider",
    "stripe_events": "for the card provider",
}
