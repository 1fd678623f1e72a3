"""What changes seats, assignments and certifications."""

from credentials.services.assigning import (
    MOST_AT_ONCE,
    Choice,
    Pick,
    PoolExhausted,
    assign,
)
from credentials.services.catalogue import install_products
from credentials.services.certifying import record_certification
from credentials.services.enrolling import enrol
from credentials.services.leaving_out import on_mode_switched, on_renewal_assigned
from credentials.services.lowering import Decrease, lower_seats
from credentials.services.lowering_checks import check_named, check_number
from credentials.services.seats import grant_seats, take_back_seats
from credentials.services.selling import (
    on_order_paid,
    on_refund_asked,
    publish_prices,
)
from credentials.services.undoing import undo

__all__ = [
    "MOST_AT_ONCE",
    "Choice",
    "Decrease",
    "Pick",
    "PoolExhausted",
    "assign",
    "check_named",
    "check_number",
    "enrol",
    "grant_seats",
    "install_products",
    "lower_seats",
    "on_mode_switched",
    "on_order_paid",
    "on_refund_asked",
    "on_renewal_assigned",
    "publish_prices",
    "record_certification",
    "take_back_seats",
    "undo",
]
