"""What stands about seats, products and who was given what."""

from credentials.queries.agreeing import (
    SeatFault,
    seat_faults,
)
from credentials.queries.documents import (
    OwnDocument,
    SecureDocumentNow,
    current_secure,
    current_versions,
    own_documents,
    standing_with,
    why_not_readable,
)
from credentials.queries.given import (
    UNDO_WITHIN,
    held_by,
    package_codes,
    package_of,
    why_not_again,
    why_not_undone,
)
from credentials.queries.renewing import (
    RenewalSeats,
    effective_on,
    left_out_from,
    renewal_product,
    seats_of,
    terms_in_use,
)
from credentials.queries.reported import Named, Reported, given_report, reported
from credentials.queries.selling import (
    on_list,
    on_sale,
    sold_for_oneself,
)

__all__ = [
    "UNDO_WITHIN",
    "Named",
    "OwnDocument",
    "RenewalSeats",
    "Reported",
    "SeatFault",
    "SecureDocumentNow",
    "current_secure",
    "current_versions",
    "effective_on",
    "given_report",
    "held_by",
    "left_out_from",
    "on_list",
    "on_sale",
    "own_documents",
    "package_codes",
    "package_of",
    "renewal_product",
    "reported",
    "seat_faults",
    "seats_of",
    "sold_for_oneself",
    "standing_with",
    "terms_in_use",
    "why_not_again",
    "why_not_readable",
    "why_not_undone",
]
