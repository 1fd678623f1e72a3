"""Issuing, ending and printing certificates."""

from certificates.services.ending import revoke, supersede
from certificates.services.issuing import Draft, issue
from certificates.services.papers import (
    claim_paper,
    give_back,
    keep_paper,
    oldest_waiting,
    print_paper,
    waiting_ids,
)

__all__ = [
    "Draft",
    "claim_paper",
    "give_back",
    "issue",
    "keep_paper",
    "oldest_waiting",
    "print_paper",
    "revoke",
    "supersede",
    "waiting_ids",
]
