"""What addresses name when something is bought: estimates, orders, their papers."""

from accounts.models import Practice
from billing.models import Order
from billing.rules import Asked
from portal.queries.estimating import estimate_for
from tests.billing.money import an_order, paid, prices
from tests.cast import TODAY, Cast
from tests.matrix.things import Thing


def shop_things(cast: Cast) -> dict[str, Thing]:
    """Make an order that waits for both practices, with something paid of it."""
    # The address is the estimate: there is none of somebody else's.
    signed = estimate_for(prices(), [Asked("renewals", 2)], TODAY).signed
    ours, theirs = (_waiting(each) for each in (cast.northside, cast.lakeview))
    return {
        "estimate": Thing(signed, f"{signed}A", "no-estimate"),
        "order that waits": Thing.rows(ours, theirs),
        "order over REST": Thing.rows(ours, theirs, "ord"),
        "invoice": Thing.rows(ours.invoices.get(), theirs.invoices.get()),
        "payment": Thing.rows(ours.payments.get(), theirs.payments.get()),
    }


def _waiting(practice: Practice) -> Order:
    # What was too much for the first is the practice's credit.
    paid(an_order(practice), "200.00")
    order = an_order(practice)
    paid(order, "10.00")
    return order
