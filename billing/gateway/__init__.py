"""Stripe, as we need it: pages, stored cards, refunds, and what its events say."""

from billing.gateway.calls import close_page, give_back, look_at_page, open_page
from billing.gateway.stored import (
    debit,
    find_debit,
    forget_method,
    look_at_setup,
    open_setup,
)
from billing.gateway.told import read_event
from billing.gateway.values import (
    Away,
    CardProblem,
    Checkout,
    Debit,
    Debited,
    Declined,
    Forged,
    Method,
    Page,
    Returned,
    SetUp,
    Stored,
    Told,
    provider_origin,
)

__all__ = [
    "Away",
    "CardProblem",
    "Checkout",
    "Debit",
    "Debited",
    "Declined",
    "Forged",
    "Method",
    "Page",
    "Returned",
    "SetUp",
    "Stored",
    "Told",
    "close_page",
    "debit",
    "find_debit",
    "forget_method",
    "give_back",
    "look_at_page",
    "look_at_setup",
    "open_page",
    "open_setup",
    "provider_origin",
    "read_event",
]
