"""What letters about two accounts are queued with."""

from typing import Any

MERGE: dict[str, Any] = {
    "name": "Bob Baker",
    "closed": True,
    "reason": "Two people of one name.",
    "url": "http://localhost:8000/me/duplicate/",
}
MERGING: dict[str, dict[str, Any]] = {
    "account_proof": {
        "url": "http://localhost:8000/me/duplicate/signed/",
        "date_text": "Nov 18, 2025, 6:00 p.m. UTC",
    },
    "accounts_merged": MERGE,
    "accounts_parted": MERGE,
    "accounts_not_merged": MERGE,
}
