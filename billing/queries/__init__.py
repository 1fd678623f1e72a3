"""What is read of prices, orders and payments."""

from billing.queries.faults import MoneyFault, balances, money_faults
from billing.queries.orders import (
    Catalogue,
    catalogue_of,
    catalogue_on,
    credit_of,
    money_counts_on,
    payer_fields,
    payer_of,
    settled_alone,
    stored_card_of,
    why_not_cancelled,
)

__all__ = [
    "Catalogue",
    "MoneyFault",
    "balances",
    "catalogue_of",
    "catalogue_on",
    "credit_of",
    "money_counts_on",
    "money_faults",
    "payer_fields",
    "payer_of",
    "settled_alone",
    "stored_card_of",
    "why_not_cancelled",
]
