"""Papers that join several subjects, made in a limited child process."""

from portal.layouts.bill import BillFacts, BillLine
from portal.layouts.bill import render as render_bill
from portal.layouts.transcript import TranscriptFacts, TranscriptRow, TranscriptTerm
from portal.layouts.transcript import render as render_transcript

__all__ = [
    "BillFacts",
    "BillLine",
    "TranscriptFacts",
    "TranscriptRow",
    "TranscriptTerm",
    "render_bill",
    "render_transcript",
]
