"""What one can hold, what a practice bought of it, and from when until when."""

from credentials.models.held import Certification, StandingPeriod, Window
from credentials.models.lowering import LeftOut, SeatChange
from credentials.models.products import Product
from credentials.models.seats import Assignment, AssignmentBatch, SeatEntry, SeatPool

__all__ = [
    "Assignment",
    "AssignmentBatch",
    "Certification",
    "LeftOut",
    "Product",
    "SeatChange",
    "SeatEntry",
    "SeatPool",
    "StandingPeriod",
    "Window",
]
