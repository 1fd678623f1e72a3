"""Orders that addresses name, each with its invoice and what was paid."""

from accounts.models import Practice
from billing.models import Order
from tests.billing.money import an_order, paid
from tests.cast import Cast
from tests.db.money_rows import a_fee, a_refused_charge
from tests.matrix.things import Thing


def money_things(cast: Cast) -> dict[str, Thing]:
    """Make a paid order and one that waits for both practices, and one of Bob's own."""
    ours, theirs = (_paid(each) for each in (cast.northside, cast.lakeview))
    # What a member bought for themselves is nothing to their practice.
    return {"order": Thing.rows(ours, theirs, "", a_fee(cast.bob))}


def _paid(practice: Practice) -> Order:
    order = an_order(practice)
    paid(order, "200.00")
    waits = an_order(practice)
    a_refused_charge(waits)
    paid(waits, "10.00")
    return order
