"""Which kinds of mail are put together only when they leave, and by whom."""

from collections.abc import Mapping

from accounts.services import compose_reset
from core.letters import Composer
from renewals.services import (
    compose_auto_digest,
    compose_digest,
    compose_notice,
    compose_received,
    compose_renewed,
)

COMPOSERS: Mapping[str, Composer] = {
    "auto_renewal_administrator": compose_auto_digest,
    "ce_received": compose_received,
    "renewal_due": compose_notice,
    "renewal_due_administrator": compose_digest,
    "renewed": compose_renewed,
    "reset": compose_reset,
}
