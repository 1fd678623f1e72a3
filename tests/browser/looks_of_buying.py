"""What a practice sees of what it bought."""

from tests.browser.look import DANA, Look
from tests.browser.showing import at, following
from tests.browser.visitor import HARBOR

ORDERS = f"/p/{HARBOR}/orders/"

BUYING = (
    Look("orders", "orders", at(ORDERS), DANA),
    Look("order", "order", following("Order ORD-", at(ORDERS)), DANA),
)
