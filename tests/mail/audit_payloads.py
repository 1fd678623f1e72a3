"""What letters about audits are queued with."""

from typing import Any

AUDIT: dict[str, Any] = {
    "practice": "Northside",
    "name": "Bob",
    "items": ["Webinar, Oct 2, 2025"],
    "due_text": "Dec 17, 2025",
    "url": "http://localhost:8000/me/audits/00000000-0000-0000-0000-000000000001/",
}
AUDITS: dict[str, dict[str, Any]] = {
    "audit_selected": AUDIT,
    "audit_due": AUDIT,
    "audit_closed": {**AUDIT, "items": ["Webinar: Verified"]},
}
