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
OF_A_PERSON = {
    "practice": "Northside",
    "name": "Alice",
    "member": "Bob Baker",
    "body": "ACMSS",
    "date_text": "Nov 17, 2025",
    "due_text": "Dec 17, 2025",
    "url": "http://localhost:8000/p/northside/members/"
    "00000000-0000-0000-0000-000000000001/",
}
AUDITS |= {
    f"audit_{of}_administrator": OF_A_PERSON for of in ("selected", "due", "closed")
}
AUDITS["missing_credit"] = {
    "practice": "Northside",
    "name": "Bob",
    "title": "Ethics for all",
    "date_text": "Oct 2, 2025",
    "there": False,
    "reason": "The academy has no record.",
    "url": "http://localhost:8000/me/ce/missing/?program=namss",
}
