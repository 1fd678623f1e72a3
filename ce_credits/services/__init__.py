"""What changes activities, their proofs and their credit."""

from ce_credits.services.allowing import on_own_document_filed
from ce_credits.services.audit_cases import (
    audit_of,
    keep_answer,
    open_case,
    send_answer,
)
from ce_credits.services.audit_decisions import Finding, close_case, decide_item
from ce_credits.services.audit_letters import (
    compose_audit,
    on_audit_closed,
    remind_audits,
    words_of,
)
from ce_credits.services.auditing import (
    DRAWABLE,
    Preview,
    Sample,
    draw_audit,
    drawn_again,
    preview_draw,
)
from ce_credits.services.catalogue import apply_file, check_file, offer_item
from ce_credits.services.deciding import Ruling, decide
from ce_credits.services.drafts import save_draft, start_draft, withdraw
from ce_credits.services.feed_files import check_feed_file
from ce_credits.services.feed_judging import Judged, Register
from ce_credits.services.feed_taking import (
    rows_to_take,
    set_row_aside,
    settle_row,
    take_row,
)
from ce_credits.services.feeding import receive_feed, receive_file
from ce_credits.services.proofs import (
    add_audit_proof,
    add_proof,
    remove_audit_proof,
    remove_proof,
)
from ce_credits.services.recording import record_accepted_activity
from ce_credits.services.reports import Report, problems_of
from ce_credits.services.settling import problem_of
from ce_credits.services.submitting import submit

__all__ = [
    "DRAWABLE",
    "Finding",
    "Judged",
    "Preview",
    "Register",
    "Report",
    "Ruling",
    "Sample",
    "add_audit_proof",
    "add_proof",
    "apply_file",
    "audit_of",
    "check_feed_file",
    "check_file",
    "close_case",
    "compose_audit",
    "decide",
    "decide_item",
    "draw_audit",
    "drawn_again",
    "keep_answer",
    "offer_item",
    "on_audit_closed",
    "on_own_document_filed",
    "open_case",
    "preview_draw",
    "problem_of",
    "problems_of",
    "receive_feed",
    "receive_file",
    "record_accepted_activity",
    "remind_audits",
    "remove_audit_proof",
    "remove_proof",
    "rows_to_take",
    "save_draft",
    "send_answer",
    "set_row_aside",
    "settle_row",
    "start_draft",
    "submit",
    "take_row",
    "withdraw",
    "words_of",
]
