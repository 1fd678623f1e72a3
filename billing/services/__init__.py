"""What changes prices, orders, payments and refunds."""

from billing.services.confirming import confirm_payment, refuse_payment
from billing.services.crediting import use_credit
from billing.services.ordering import Sale, cancel_order, place_order
from billing.services.paying import MOST_AT_ONCE, PaymentFacts, record_payment
from billing.services.publishing import ListFacts, publish_price_list
from billing.services.refunding import refund_order

__all__ = [
    "MOST_AT_ONCE",
    "ListFacts",
    "PaymentFacts",
    "Sale",
    "cancel_order",
    "confirm_payment",
    "place_order",
    "publish_price_list",
    "record_payment",
    "refund_order",
    "refuse_payment",
    "use_credit",
]
