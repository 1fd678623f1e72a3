"""Learning that counts: what was done, its proof, and the credit it was given."""

from ce_credits.models.activities import Activity, ActivityStep, CreditAward
from ce_credits.models.allowances import PracticeAllowance, ProofAllowance
from ce_credits.models.approvals import (
    ApprovalApplication,
    ApprovalStep,
    AttendanceList,
)
from ce_credits.models.audits import AuditCase, AuditDraw, AuditItem
from ce_credits.models.catalogue import CatalogueFile, CatalogueItem
from ce_credits.models.feed import FeedDelivery, FeedRow
from ce_credits.models.missing import MissingCredit
from ce_credits.models.proofs import Proof

__all__ = [
    "Activity",
    "ActivityStep",
    "ApprovalApplication",
    "ApprovalStep",
    "AttendanceList",
    "AuditCase",
    "AuditDraw",
    "AuditItem",
    "CatalogueFile",
    "CatalogueItem",
    "CreditAward",
    "FeedDelivery",
    "FeedRow",
    "MissingCredit",
    "PracticeAllowance",
    "Proof",
    "ProofAllowance",
]
