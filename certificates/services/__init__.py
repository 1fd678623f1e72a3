"""Issuing, ending and printing certificates."""

from certificates.services.badges import share_badge, withdraw_badge
from certificates.services.ending import revoke, supersede
from certificates.services.issuing import (
    COURSE_LAYOUT,
    CREDENTIAL_LAYOUT,
    TERM_LAYOUT,
    Draft,
    issue,
)
from certificates.services.opening import bar_papers, open_paper, open_papers
from certificates.services.papers import (
    claim_paper,
    give_back,
    keep_paper,
    oldest_waiting,
    print_paper,
    waiting_ids,
)
from certificates.services.retrying import restore_paper, retry_paper

__all__ = [
    "COURSE_LAYOUT",
    "CREDENTIAL_LAYOUT",
    "TERM_LAYOUT",
    "Draft",
    "bar_papers",
    "claim_paper",
    "give_back",
    "issue",
    "keep_paper",
    "oldest_waiting",
    "open_paper",
    "open_papers",
    "print_paper",
    "restore_paper",
    "retry_paper",
    "revoke",
    "share_badge",
    "supersede",
    "waiting_ids",
    "withdraw_badge",
]
