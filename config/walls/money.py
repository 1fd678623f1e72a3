"""The walls of orders, payments and all else about money."""

from collections.abc import Mapping, Sequence

from config.walls.conditions import (
    ALL,
    BODY,
    MEMBERS,
    OUR_PRACTICE,
    below,
    entry,
    own,
    practice,
    staff,
    sweep,
)
from core.walls import May, Rule

OF_ORDER = below("order_id", "billing_order")
OF_REFUND = below("refund_id", "billing_refund")

BILLING: Mapping[str, Sequence[Rule]] = {
    "billing_order": (
        practice(OUR_PRACTICE),
        own(MEMBERS),
        staff(BODY),
        *sweep(),
    ),
    **{
        table: (practice(OF_ORDER), own(OF_ORDER), staff(OF_ORDER), *sweep())
        for table in (
            "billing_invoice",
            "billing_orderline",
            "billing_orderstep",
            "billing_payment",
            "billing_refund",
            "billing_cardsession",
        )
    },
    # Kept by the page that has checked the signature, which reads none of them.
    "billing_providerevent": (entry(ALL, May.ADD), staff(BODY, May.SEE), *sweep()),
    # No member has one. What is charged to a practice's card, staff read on its orders.
    "billing_cardcharge": (practice(OF_ORDER), staff(OF_ORDER), *sweep()),
    "billing_storedcard": (practice(OUR_PRACTICE), *sweep()),
    "billing_refundline": (
        practice(OF_REFUND),
        own(OF_REFUND),
        staff(OF_REFUND),
        *sweep(),
    ),
    **{
        table: (practice(OUR_PRACTICE), own(MEMBERS), staff(BODY), *sweep())
        for table in ("billing_creditbalance", "billing_journalrow")
    },
}
