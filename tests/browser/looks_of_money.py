"""The pages on which a body's staff keep its money, in every state."""

from tests.browser.look import PRIYA, STAFF, Look
from tests.browser.showing import at, following, pressing
from tests.browser.visitor import Visitor
from tests.browser.world import World

ORDERS = f"{STAFF}orders/"
OVERDUE = following("ORD-", at(f"{ORDERS}?state=overdue"))
PAID = following("ORD-", at(f"{ORDERS}?state=paid"))
WAITS = following("ORD-", at(f"{ORDERS}?state=to_confirm"))
REFUND = following("Give money back", PAID)
CANCEL = following("Cancel the order", OVERDUE)
DECIDE = following("by transfer", WAITS)


def checked(visitor: Visitor, world: World) -> None:
    """Say that one renewal goes back, and look at what follows."""
    REFUND(visitor, world)
    page = visitor.page
    page.get_by_label("Renewal, one year").fill("1")
    page.get_by_label("How the money goes back").select_option(label="Transfer")
    page.get_by_label("Why it goes back").fill("One person left")
    with page.expect_navigation():
        visitor.button("Check what follows").click()


def failed(visitor: Visitor, world: World) -> None:
    """Give one renewal back, and look at it as if its card had not taken it."""
    visitor.go(f"{ORDERS}?state=refunded")
    given = visitor.main.get_by_role("link", name="ORD-")
    if given.count():
        given.first.click()
    else:
        checked(visitor, world)
        with visitor.page.expect_navigation():
            visitor.button("Give $85.00 back").click()
    world.stage.rows.change(
        "UPDATE billing_refund SET state = 'failed', error = 'lost_or_stolen_card'"
    )
    visitor.page.reload()
    visitor.main.get_by_role("link", name="$85.00 by transfer").click()


MONEY = (
    Look("staff orders", "staff_orders", at(ORDERS), PRIYA),
    Look("staff orders searched", "staff_orders", at(f"{ORDERS}?q=zzz"), PRIYA),
    Look("staff orders none", "staff_orders", at(f"{ORDERS}?state=refunded"), PRIYA),
    Look("staff order overdue", "staff_order", OVERDUE, PRIYA),
    Look("staff order paid", "staff_order", PAID, PRIYA),
    Look("staff order waits", "staff_order", WAITS, PRIYA),
    Look(
        "staff payment empty",
        "staff_order_payment",
        pressing("Record payment", OVERDUE, amount="1,5", dated_on=""),
        PRIYA,
        422,
    ),
    Look("second person", "staff_payment", DECIDE, PRIYA),
    Look(
        "second person no reason",
        "staff_payment",
        pressing("Refuse payment", DECIDE),
        PRIYA,
        422,
    ),
    Look("cancel order", "staff_order_cancel", CANCEL, PRIYA),
    Look(
        "cancel order empty",
        "staff_order_cancel",
        pressing("Cancel the order", CANCEL),
        PRIYA,
        422,
    ),
    Look("refund", "staff_order_refund", REFUND, PRIYA),
    Look("refund checked", "staff_order_refund", checked, PRIYA),
    Look(
        "refund empty",
        "staff_order_refund",
        pressing("Check what follows", REFUND),
        PRIYA,
        422,
    ),
    Look("refund failed", "staff_refund", failed, PRIYA),
    Look("refund failed empty", "staff_refund", pressing("Save", failed), PRIYA, 422),
)
