"""Renewing: terms, their certificates, and the standing that follows."""

from renewals.services.applying import on_product_assigned
from renewals.services.holding import (
    on_certification_earned,
    on_credit_changed,
    waive,
)

__all__ = [
    "on_certification_earned",
    "on_credit_changed",
    "on_product_assigned",
    "waive",
]
