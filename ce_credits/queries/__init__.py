"""Activities, credit and the catalogue, read from the rows."""

from ce_credits.queries.appearing import Due, due_of
from ce_credits.queries.catalogue import (
    DEADLINE,
    CatalogueChange,
    catalogue_change,
    catalogue_values,
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
    Elsewhere,
    duplicates_of,
    marked,
    same_files,
    same_title,
    twins,
)

__all__ = [
    "DEADLINE",
    "CatalogueChange",
    "Due",
    "Elsewhere",
    "catalogue_change",
    "catalogue_values",
    "chain_of",
    "chains_by_member",
    "credited",
    "credits_by_member",
    "due_of",
    "duplicates_of",
    "input_of",
    "inputs_with",
    "marked",
    "newest_awards",
    "same_files",
    "same_title",
    "twins",
]
