"""Papers that join several subjects, made in a limited child process."""

from portal.layouts.bill import BillFacts, BillLine
from portal.layouts.bill import render as render_bill
from portal.layouts.binder import (
    CoverFacts,
    CrosswalkFacts,
    CrosswalkRow,
    IndexFacts,
    IndexLine,
    IndexPart,
    NoteFacts,
    RecordActivity,
    RecordFacts,
    RecordTerm,
    StripFacts,
)
from portal.layouts.binder import render as render_binder
from portal.layouts.document import DocumentPart, DocumentText
from portal.layouts.document import render as render_document
from portal.layouts.good_standing import ReportFacts, ReportRow
from portal.layouts.good_standing import render as render_report
from portal.layouts.transcript import TranscriptFacts, TranscriptRow, TranscriptTerm
from portal.layouts.transcript import render as render_transcript

__all__ = [
    "BillFacts",
    "BillLine",
    "CoverFacts",
    "CrosswalkFacts",
    "CrosswalkRow",
    "DocumentPart",
    "DocumentText",
    "IndexFacts",
    "IndexLine",
    "IndexPart",
    "NoteFacts",
    "RecordActivity",
    "RecordFacts",
    "RecordTerm",
    "ReportFacts",
    "ReportRow",
    "StripFacts",
    "TranscriptFacts",
    "TranscriptRow",
    "TranscriptTerm",
    "render_bill",
    "render_binder",
    "render_document",
    "render_report",
    "render_transcript",
]
