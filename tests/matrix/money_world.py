"""Orders that addresses name, each with its invoice and what was paid."""

from accounts.models import Member, Practice
from billing.models import Order
from tests.billing.money import an_order, paid
from tests.cast import Cast
from tests.db.money_rows import a_fee, a_refused_charge
from tests.matrix.things import Thing


def money_things(cast: Cast) -> dict[str, Thing]:
    """Make a paid order and one that waits for both practices, and one of Bob's own."""
    ours, theirs = (_paid(each) for each in (cast.northside, cast.lakeview))
    mine, others = (_waiting_of_their_own(each) for each in (cast.bob, cast.charlie))
    # What a member bought for themselves is nothing to their practice.
    return {
        "order": Thing.rows(ours, theirs, "", mine),
        "own order": Thing.rows(mine, others, "", ours),
        "own invoice": Thing.rows(mine.invoices.get(), others.invoices.get()),
        "own payment": Thing.rows(mine.payments.get(), others.payments.get()),
    }


def _waiting_of_their_own(member: Member) -> Order:
    # What was too much for the first is the member's credit.
    paid(a_fee(member), "60.00")
    order = a_fee(member)
    paid(order, "10.00")
    return order


def _paid(practice: Practice) -> Order:
    order = an_order(practice)
    paid(order, "200.00")
    waits = an_order(practice)
    a_refused_charge(waits)
    paid(waits, "10.00")
    return order
