"""What changes seats, assignments and certifications."""

from credentials.services.assigning import (
    ALL_ALIKE,
    MOST_AT_ONCE,
    Choice,
    Pick,
    PoolExhausted,
    assign,
)
from credentials.services.catalogue import install_products
from credentials.services.certifying import Earned, record_certification
from credentials.services.document_letters import compose_published
from credentials.services.enrolling import enrol
from credentials.services.filing import (
    Filed,
    Filing,
    file_own_document,
    remove_own_document,
)
from credentials.services.giving import keep_given
from credentials.services.holding_trails import hold_trails
from credentials.services.joining_records import cannot_join, on_records_joined
from credentials.services.leaving_out import on_mode_switched, on_renewal_assigned
from credentials.services.lowering import Decrease, lower_seats
from credentials.services.lowering_checks import check_named, check_number
from credentials.services.progress import hold_assignment, report_progress
from credentials.services.publishing import (
    NewVersion,
    Published,
    publish_version,
    withdraw_version,
)
from credentials.services.reading import (
    acknowledge_version,
    check_readable,
    note_original_opened,
    note_reading,
    reader_of,
)
from credentials.services.registering import register_certificant
from credentials.services.seats import grant_seats, take_back_seats
from credentials.services.selling import (
    on_order_paid,
    on_refund_asked,
    publish_prices,
)
from credentials.services.society import end_society, record_society
from credentials.services.undoing import undo

__all__ = [
    "ALL_ALIKE",
    "MOST_AT_ONCE",
    "Choice",
    "Decrease",
    "Earned",
    "Filed",
    "Filing",
    "NewVersion",
    "Pick",
    "PoolExhausted",
    "Published",
    "acknowledge_version",
    "assign",
    "cannot_join",
    "check_named",
    "check_number",
    "check_readable",
    "compose_published",
    "end_society",
    "enrol",
    "file_own_document",
    "grant_seats",
    "hold_assignment",
    "hold_trails",
    "install_products",
    "keep_given",
    "lower_seats",
    "note_original_opened",
    "note_reading",
    "on_mode_switched",
    "on_order_paid",
    "on_records_joined",
    "on_refund_asked",
    "on_renewal_assigned",
    "publish_prices",
    "publish_version",
    "reader_of",
    "record_certification",
    "record_society",
    "register_certificant",
    "remove_own_document",
    "report_progress",
    "take_back_seats",
    "undo",
    "withdraw_version",
]
