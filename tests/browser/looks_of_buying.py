"""Pages of what is bought: estimates for anybody, a practice's seats and orders."""

from tests.browser.fewer import leaving_one_out
from tests.browser.look import DANA, PRIYA, STAFF, Look
from tests.browser.showing import (
    at,
    following,
    pressing,
)
from tests.browser.showing_cards import a_stored_card, back_from_paying
from tests.browser.visitor import HARBOR

ASKED = at(f"{STAFF}seats/?lower={HARBOR}")
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
    Look("fewer renewals", "seats_lower", at(f"{SEATS}lower/"), DANA),
    Look(
        "fewer renewals below what is in use",
        "seats_lower",
        at(f"{SEATS}lower/?to=18"),
        DANA,
        422,
    ),
    Look(
        "fewer renewals checked",
        "seats_lower",
        leaving_one_out(at(f"{SEATS}lower/")),
        DANA,
        before=422,
    ),
    Look(
        "staff fewer renewals",
        "staff_seats_lower",
        ASKED,
        PRIYA,
    ),
    Look(
        "staff fewer renewals checked",
        "staff_seats_lower",
        leaving_one_out(ASKED, reason="Dana asked by phone."),
        PRIYA,
        before=422,
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
