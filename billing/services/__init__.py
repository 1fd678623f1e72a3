"""What changes prices, orders, payments and refunds."""

from billing.services.charging import ask_charge, hold_card
from billing.services.confirming import confirm_payment, refuse_payment
from billing.services.crediting import use_credit
from billing.services.ordering import Sale, cancel_order, place_order
from billing.services.overdue import tell_overdue
from billing.services.paying import MOST_AT_ONCE, PaymentFacts, record_payment
from billing.services.publishing import ListFacts, publish_price_list
from billing.services.refunding import RefundPart, refund_order, refund_parts
from billing.services.refunds_again import (
    OTHER_WAYS,
    send_refund_again,
    settle_refund_otherwise,
)
from billing.services.replacing import pay_replacement, replace_order
from billing.services.stored_cards import remove_card

__all__ = [
    "MOST_AT_ONCE",
    "OTHER_WAYS",
    "ListFacts",
    "PaymentFacts",
    "RefundPart",
    "Sale",
    "ask_charge",
    "cancel_order",
    "confirm_payment",
    "hold_card",
    "pay_replacement",
    "place_order",
    "publish_price_list",
    "record_payment",
    "refund_order",
    "refund_parts",
    "refuse_payment",
    "remove_card",
    "replace_order",
    "send_refund_again",
    "settle_refund_otherwise",
    "tell_overdue",
    "use_credit",
]
