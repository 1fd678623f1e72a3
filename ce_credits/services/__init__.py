"""What changes activities, their proofs and their credit."""

from ce_credits.services.allowing import on_own_document_filed
from ce_credits.services.applying import (
    save_application,
    send_application,
    start_application,
    withdraw_application,
)
from ce_credits.services.approvals_over import change_approved, end_approval
from ce_credits.services.approving import (
    approve_activity,
    ask_sponsor,
    refuse_activity,
)
from ce_credits.services.attendance import (
    check_attendance,
    lists_to_take_in,
    read_attendance,
    send_attendance,
    take_attendance_in,
)
from ce_credits.services.audit_cases import (
    audit_of,
    await_audits,
    due_day,
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
from ce_credits.services.audit_practice_letters import compose_sponsor
from ce_credits.services.auditing import (
    DRAWABLE,
    draw_audit,
    open_cases,
    preview_draw,
)
from ce_credits.services.catalogue import apply_file, check_file
from ce_credits.services.catalogue_items import (
    offer_item,
    set_evaluation_deadline,
    set_topics,
)
from ce_credits.services.counting_once import count_once
from ce_credits.services.deciding import Ruling, decide
from ce_credits.services.drafts import save_draft, start_draft, withdraw
from ce_credits.services.draws import (
    Draw,
    Pool,
    Preview,
    Sample,
    audited,
    begin_draw,
    check_sample,
    drawn_again,
    keep_draw,
    too_many,
)
from ce_credits.services.feed_again import (
    look_again,
    look_for_licensed,
    on_number_given,
    rows_named_otherwise,
    rows_of_licensed,
)
from ce_credits.services.feed_files import check_feed_file
from ce_credits.services.feed_judging import Judged, Register
from ce_credits.services.feed_taking import (
    rows_to_take,
    set_row_aside,
    settle_row,
    take_row,
)
from ce_credits.services.feeding import receive_feed, receive_file
from ce_credits.services.missing import Said, answer_missing, ask_missing, may_be
from ce_credits.services.missing_looking import look_for_missing, missing_to_look_for
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
    "Draw",
    "Finding",
    "Judged",
    "Pool",
    "Preview",
    "Register",
    "Report",
    "Ruling",
    "Said",
    "Sample",
    "add_audit_proof",
    "add_proof",
    "answer_missing",
    "apply_file",
    "approve_activity",
    "ask_missing",
    "ask_sponsor",
    "audit_of",
    "audited",
    "await_audits",
    "begin_draw",
    "change_approved",
    "check_attendance",
    "check_feed_file",
    "check_file",
    "check_sample",
    "close_case",
    "compose_audit",
    "compose_sponsor",
    "count_once",
    "decide",
    "decide_item",
    "draw_audit",
    "drawn_again",
    "due_day",
    "end_approval",
    "keep_answer",
    "keep_draw",
    "lists_to_take_in",
    "look_again",
    "look_for_licensed",
    "look_for_missing",
    "may_be",
    "missing_to_look_for",
    "offer_item",
    "on_audit_closed",
    "on_number_given",
    "on_own_document_filed",
    "open_case",
    "open_cases",
    "preview_draw",
    "problem_of",
    "problems_of",
    "read_attendance",
    "receive_feed",
    "receive_file",
    "record_accepted_activity",
    "refuse_activity",
    "remind_audits",
    "remove_audit_proof",
    "remove_proof",
    "rows_named_otherwise",
    "rows_of_licensed",
    "rows_to_take",
    "save_application",
    "save_draft",
    "send_answer",
    "send_application",
    "send_attendance",
    "set_evaluation_deadline",
    "set_row_aside",
    "set_topics",
    "settle_row",
    "start_application",
    "start_draft",
    "submit",
    "take_attendance_in",
    "take_row",
    "too_many",
    "withdraw",
    "withdraw_application",
    "words_of",
]
