"""Activities, credit and the catalogue, read from the rows."""

from ce_credits.queries.catalogue import CatalogueChange, catalogue_change
from ce_credits.queries.credit import chain_of, chains_by_member, credits_by_member
from ce_credits.queries.given import input_of, inputs_with
from ce_credits.queries.reported import (
    Elsewhere,
    duplicates_of,
    marked,
    same_files,
    same_title,
    twins,
)

__all__ = [
    "CatalogueChange",
    "Elsewhere",
    "catalogue_change",
    "chain_of",
    "chains_by_member",
    "credits_by_member",
    "duplicates_of",
    "input_of",
    "inputs_with",
    "marked",
    "same_files",
    "same_title",
    "twins",
]
