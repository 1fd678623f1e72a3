"""Rows that belong to no subject: the trail, the outbox, the clock, used keys."""

from core.models.base import BaseModel
from core.models.clock import DomainDate
from core.models.keys import UsedKey
from core.models.outbox import OutboxMessage
from core.models.trail import AuditEntry, AuditHead

__all__ = [
    "AuditEntry",
    "AuditHead",
    "BaseModel",
    "DomainDate",
    "OutboxMessage",
    "UsedKey",
]
