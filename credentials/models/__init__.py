"""What one can hold, what a practice bought of it, and from when until when."""

from credentials.models.documents import (
    DocumentAcknowledgement,
    DocumentReading,
    DocumentVersion,
    SecureDocument,
)
from credentials.models.given import GivenReport
from credentials.models.held import Certification, StandingPeriod, Window
from credentials.models.lowering import LeftOut, SeatChange
from credentials.models.own_documents import OwnDocumentVersion
from credentials.models.products import Product
from credentials.models.seats import Assignment, AssignmentBatch, SeatEntry, SeatPool
from credentials.models.society import SocietyMembership
from credentials.models.tallies import Tally

__all__ = [
    "Assignment",
    "AssignmentBatch",
    "Certification",
    "DocumentAcknowledgement",
    "DocumentReading",
    "DocumentVersion",
    "GivenReport",
    "LeftOut",
    "OwnDocumentVersion",
    "Product",
    "SeatChange",
    "SeatEntry",
    "SeatPool",
    "SecureDocument",
    "SocietyMembership",
    "StandingPeriod",
    "Tally",
    "Window",
]
