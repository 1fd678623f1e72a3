"""Renewing: terms, their certificates, the standing that follows, and who is told."""

from renewals.services.answers_telling import tell_answers
from renewals.services.applying import on_product_assigned
from renewals.services.auditing_applications import (
    audit_application,
    draw_applications,
    on_applicants_audit_closed,
    on_audit_closing,
    preview_applications,
)
from renewals.services.card_endings import on_charge_failed, on_order_paid
from renewals.services.card_rounds import next_charge_on
from renewals.services.certifying_existing import certify_all
from renewals.services.cycle_letters import compose_cycle
from renewals.services.days import pass_day
from renewals.services.decreeing import NewDecree, decree_more_time, preview_decree
from renewals.services.decrees_giving import give_line
from renewals.services.digests import compose_auto_digest, compose_digest
from renewals.services.holding import (
    on_certification_earned,
    on_credit_changed,
    waive,
)
from renewals.services.joining_records import check_joinable
from renewals.services.letters import (
    compose_notice,
    compose_received,
    compose_renewed,
)
from renewals.services.licences import (
    LicenceDetails,
    change_licence,
    enter_licence,
    remove_licence,
)
from renewals.services.merging import merge_accounts, refuse_merge
from renewals.services.merging_undoing import undo_merge
from renewals.services.own_renewals import (
    check_payable,
    on_own_refund_asked,
    on_own_renewal_paid,
    order_own_renewal,
)
from renewals.services.recertifying import submit_application
from renewals.services.recertifying_asking import answer_staff, ask_applicant
from renewals.services.recertifying_ends import (
    Verdict,
    decide_application,
    withdraw_application,
)
from renewals.services.recertifying_holding import (
    hold_application,
    release_application,
)
from renewals.services.recertifying_paid import (
    check_application_payable,
    on_application_money,
    on_application_paid,
    on_application_refund_asked,
)
from renewals.services.recertifying_reopened import on_application_credit
from renewals.services.recertifying_writing import (
    Written,
    keep_application,
    rewrite_application,
)
from renewals.services.reminding import NOTICE, tell_auto_renewals, tell_due
from renewals.services.reminding_cycles import CYCLE_NOTICE, tell_cycles
from renewals.services.renewing import terms_to_renew, try_renewal
from renewals.services.setting_aside import on_terms_undone
from renewals.services.tallying import tally, tally_all
from renewals.services.untelling import (
    compose_ready,
    compose_renewed_administrator,
    compose_undone,
)

__all__ = [
    "CYCLE_NOTICE",
    "NOTICE",
    "LicenceDetails",
    "NewDecree",
    "Verdict",
    "Written",
    "answer_staff",
    "ask_applicant",
    "audit_application",
    "certify_all",
    "change_licence",
    "check_application_payable",
    "check_joinable",
    "check_payable",
    "compose_auto_digest",
    "compose_cycle",
    "compose_digest",
    "compose_notice",
    "compose_ready",
    "compose_received",
    "compose_renewed",
    "compose_renewed_administrator",
    "compose_undone",
    "decide_application",
    "decree_more_time",
    "draw_applications",
    "enter_licence",
    "give_line",
    "hold_application",
    "keep_application",
    "merge_accounts",
    "next_charge_on",
    "on_applicants_audit_closed",
    "on_application_credit",
    "on_application_money",
    "on_application_paid",
    "on_application_refund_asked",
    "on_audit_closing",
    "on_certification_earned",
    "on_charge_failed",
    "on_credit_changed",
    "on_order_paid",
    "on_own_refund_asked",
    "on_own_renewal_paid",
    "on_product_assigned",
    "on_terms_undone",
    "order_own_renewal",
    "pass_day",
    "preview_applications",
    "preview_decree",
    "refuse_merge",
    "release_application",
    "remove_licence",
    "rewrite_application",
    "submit_application",
    "tally",
    "tally_all",
    "tell_answers",
    "tell_auto_renewals",
    "tell_cycles",
    "tell_due",
    "terms_to_renew",
    "try_renewal",
    "undo_merge",
    "waive",
    "withdraw_application",
]
