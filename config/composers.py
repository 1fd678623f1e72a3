"""Which kinds of mail are put together only when they leave, and by whom."""

from collections.abc import Mapping

from accounts.services import compose_proof, compose_reset
from ce_credits.services import compose_audit, compose_sponsor
from core.letters import Composer
from courses.services import compose_course_reminder, compose_live_code
from credentials.services import compose_published
from portal.queries.weekly import compose_weekly
from renewals.services import (
    compose_auto_digest,
    compose_cycle,
    compose_digest,
    compose_notice,
    compose_ready,
    compose_received,
    compose_renewed,
    compose_renewed_administrator,
    compose_undone,
)

COMPOSERS: Mapping[str, Composer] = {
    "account_proof": compose_proof,
    "audit_closed_administrator": compose_sponsor,
    "audit_due": compose_audit,
    "audit_due_administrator": compose_sponsor,
    "audit_selected": compose_audit,
    "audit_selected_administrator": compose_sponsor,
    "auto_renewal_administrator": compose_auto_digest,
    "ce_received": compose_received,
    "course_reminder": compose_course_reminder,
    "cycle_notice": compose_cycle,
    "cycle_reminder": compose_cycle,
    "document_published": compose_published,
    "certificate_ready": compose_ready,
    "live_code": compose_live_code,
    "renewal_due": compose_notice,
    "renewal_due_administrator": compose_digest,
    "renewal_undone": compose_undone,
    "renewed": compose_renewed,
    "renewed_administrator": compose_renewed_administrator,
    "reset": compose_reset,
    "weekly_summary": compose_weekly,
}
