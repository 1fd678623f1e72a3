"""The pages on which a member without a practice renews and pays, in every state."""

from tests.browser.look import Look
from tests.browser.showing import Show, at, following, pressing
from tests.browser.visitor import Visitor
from tests.browser.world import World

TOM, MAYA = "tom", "maya"
RENEW, ORDERS = "/me/renew/", "/me/orders/"
SPONSORED = (
    "UPDATE accounts_sponsorship SET until_on = {} WHERE member_id IN "
    "(SELECT id FROM accounts_member WHERE first_name = 'Tom' AND last_name = 'Bell')"
)


def alone(show: Show) -> Show:
    """Let nobody sponsor Tom while a page is shown."""

    def shown(visitor: Visitor, world: World) -> None:
        world.stage.rows.change(SPONSORED.format("'2025-11-17'"))
        show(visitor, world)
        world.stage.rows.change(SPONSORED.format("NULL"))

    return shown


ORDERED = following("Order ORD-", at(ORDERS))
OWN_ORDERS = (
    Look("me alone", "me", alone(at("/me/")), TOM),
    Look("renewal", "my_renewal", alone(at(RENEW)), TOM),
    Look("renewal by a practice", "my_renewal", at(RENEW), MAYA),
    Look("own orders none", "my_orders", at(ORDERS), MAYA),
    Look(
        "own order",
        "my_order",
        alone(pressing("Order your renewal, $85.00", at(RENEW))),
        TOM,
    ),
    Look("renewal ordered", "my_renewal", alone(at(RENEW)), TOM),
    Look("own orders", "my_orders", at(ORDERS), TOM),
    Look("own order again", "my_order", ORDERED, TOM),
    Look(
        "own order cancelling",
        "my_order_cancel",
        following("Cancel this order", ORDERED),
        TOM,
    ),
    Look(
        "own order cancelling empty",
        "my_order_cancel",
        pressing("Cancel the order", following("Cancel this order", ORDERED)),
        TOM,
        422,
    ),
)
# What a browser is shown by no page of ours, with the reason.
NO_PAGES_OF_OWN_ORDERS = {
    "my_order_credit": "acts, then leads back",
    "my_order_invoice": "a file to be saved",
    "my_order_receipt": "a file to be saved",
    "my_paid_by_card": "the practice's page of the same words",
    "my_pay_by_card": "leads on to the card provider",
}
