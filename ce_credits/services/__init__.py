"""What changes activities, their proofs and their credit."""

from ce_credits.services.allowing import on_own_document_filed
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
from ce_credits.services.proofs import add_proof, remove_proof
from ce_credits.services.recording import record_accepted_activity
from ce_credits.services.reports import Report, problems_of
from ce_credits.services.settling import problem_of
from ce_credits.services.submitting import submit

__all__ = [
    "Judged",
    "Register",
    "Report",
    "Ruling",
    "add_proof",
    "apply_file",
    "check_feed_file",
    "check_file",
    "decide",
    "offer_item",
    "on_own_document_filed",
    "problem_of",
    "problems_of",
    "receive_feed",
    "receive_file",
    "record_accepted_activity",
    "remove_proof",
    "rows_to_take",
    "save_draft",
    "set_row_aside",
    "settle_row",
    "start_draft",
    "submit",
    "take_row",
    "withdraw",
]
