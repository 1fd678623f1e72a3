"""Who reacts to which event, in order. The one exception to the import order."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from billing.events import OrderPaid, RefundAsked
from ce_credits.events import CreditChanged
from credentials.events import CertificationEarned, ProductAssigned
from credentials.services import on_order_paid, on_refund_asked
from renewals.services import (
    on_certification_earned,
    on_credit_changed,
    on_own_refund_asked,
    on_own_renewal_paid,
    on_product_assigned,
)

REACTIONS: Mapping[type, Sequence[Callable[[Any], None]]] = {
    ProductAssigned: (on_product_assigned,),
    CertificationEarned: (on_certification_earned,),
    CreditChanged: (on_credit_changed,),
    OrderPaid: (on_order_paid, on_own_renewal_paid),
    RefundAsked: (on_refund_asked, on_own_refund_asked),
}
