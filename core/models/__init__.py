"""Rows that belong to no subject: the trail, outbox, exports, clock, used keys."""

from core.models.base import BaseModel, PlainRow
from core.models.clock import DomainDate
from core.models.exports import ExportJob
from core.models.keys import UsedKey
from core.models.outbox import OutboxMessage
from core.models.trail import AuditEntry, AuditHead

__all__ = [
    "AuditEntry",
    "AuditHead",
    "BaseModel",
    "DomainDate",
    "ExportJob",
    "OutboxMessage",
    "PlainRow",
    "UsedKey",
]
