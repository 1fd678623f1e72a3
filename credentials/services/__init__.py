"""What changes seats, assignments and certifications."""

from credentials.services.assigning import (
    MOST_AT_ONCE,
    Pick,
    PoolExhausted,
    assign,
)
from credentials.services.catalogue import install_products
from credentials.services.certifying import record_certification
from credentials.services.seats import grant_seats, take_back_seats

__all__ = [
    "MOST_AT_ONCE",
    "Pick",
    "PoolExhausted",
    "assign",
    "grant_seats",
    "install_products",
    "record_certification",
    "take_back_seats",
]
