"""Renewing: terms, their certificates, the standing that follows, and who is told."""

from renewals.services.applying import on_product_assigned
from renewals.services.card_endings import on_charge_failed, on_order_paid
from renewals.services.card_rounds import next_charge_on
from renewals.services.days import pass_day
from renewals.services.digests import compose_auto_digest, compose_digest
from renewals.services.holding import (
    on_certification_earned,
    on_credit_changed,
    waive,
)
from renewals.services.letters import (
    compose_notice,
    compose_received,
    compose_renewed,
)
from renewals.services.own_renewals import (
    check_payable,
    on_own_refund_asked,
    on_own_renewal_paid,
    order_own_renewal,
)
from renewals.services.reminding import NOTICE, tell_auto_renewals, tell_due
from renewals.services.renewing import terms_to_renew, try_renewal

__all__ = [
    "NOTICE",
    "check_payable",
    "compose_auto_digest",
    "compose_digest",
    "compose_notice",
    "compose_received",
    "compose_renewed",
    "next_charge_on",
    "on_certification_earned",
    "on_charge_failed",
    "on_credit_changed",
    "on_order_paid",
    "on_own_refund_asked",
    "on_own_renewal_paid",
    "on_product_assigned",
    "order_own_renewal",
    "pass_day",
    "tell_auto_renewals",
    "tell_due",
    "terms_to_renew",
    "try_renewal",
    "waive",
]
