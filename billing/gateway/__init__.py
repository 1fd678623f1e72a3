"""Stripe, as we need it: pages to pay on, refunds, and what its events say."""

from billing.gateway.calls import close_page, give_back, look_at_page, open_page
from billing.gateway.told import read_event
from billing.gateway.values import (
    Away,
    CardProblem,
    Checkout,
    Declined,
    Forged,
    Page,
    Returned,
    Told,
    provider_origin,
)

__all__ = [
    "Away",
    "CardProblem",
    "Checkout",
    "Declined",
    "Forged",
    "Page",
    "Returned",
    "Told",
    "close_page",
    "give_back",
    "look_at_page",
    "open_page",
    "provider_origin",
    "read_event",
]
