"""Activities, credit and the catalogue, read from the rows."""

from ce_credits.queries.appearing import Due, due_of
from ce_credits.queries.approvals import (
    approval_policy,
    attended,
    credit_stated,
    ended_codes,
)
from ce_credits.queries.catalogue import (
    DEADLINE,
    TOPICS,
    CatalogueChange,
    catalogue_change,
    catalogue_values,
    seen_of,
    topics_of_item,
)
from ce_credits.queries.credit import (
    chain_of,
    chains_by_member,
    credits_by_member,
    newest_awards,
)
from ce_credits.queries.given import input_of, inputs_with
from ce_credits.queries.missing import credited
from ce_credits.queries.reported import (
    REPORTED,
    Alike,
    Elsewhere,
    Twins,
    duplicates_of,
    marked,
    same_files,
    same_title,
    told_of,
    twins,
)

__all__ = [
    "DEADLINE",
    "REPORTED",
    "TOPICS",
    "Alike",
    "CatalogueChange",
    "Due",
    "Elsewhere",
    "Twins",
    "approval_policy",
    "attended",
    "catalogue_change",
    "catalogue_values",
    "chain_of",
    "chains_by_member",
    "credit_stated",
    "credited",
    "credits_by_member",
    "due_of",
    "duplicates_of",
    "ended_codes",
    "input_of",
    "inputs_with",
    "marked",
    "newest_awards",
    "same_files",
    "same_title",
    "seen_of",
    "told_of",
    "topics_of_item",
    "twins",
]
