"""What letters about audits, missing credit and live activities are queued with."""

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
AUDITS["live_code"] = {
    "practice": "Northside",
    "name": "Bob",
    "registered": "Bob Baker",
    "title": "Pain without opioids",
    "held_text": "Nov 6, 2025",
    "code": "ABCD-EFGH-JKLM",
    "until_text": "Jan 5, 2026",
    "url": "http://localhost:8000/me/claim/",
}
AUDITS["course_reminder"] = {
    "practice": "Northside",
    "name": "Bob",
    "title": "Pain without opioids",
    "done_text": "Nov 6, 2025",
    "what": "1.00 AMA PRA Category 1 Credits",
    "evaluated": False,
    "until_text": "Jan 5, 2026",
    "url": "http://localhost:8000/me/learn/c/"
    "00000000-0000-0000-0000-000000000001/evaluation/",
}
AUDITS["live_cancelled"] = {
    "practice": "Northside",
    "name": "Bob",
    "title": "Pain without opioids",
    "sessions": ["Nov 6, 2025, 6:00 PM to 8:00 PM EST"],
    "why": "The speaker is ill.",
    "url": "http://localhost:8000/me/live/00000000-0000-0000-0000-000000000001/",
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
APPROVAL = {
    "practice": "Northside",
    "name": "Bob",
    "title": "Credentialing in a storm",
    "words": "Who pays for it?",
    "url": "http://localhost:8000/approvals/00000000-0000-0000-0000-000000000001/",
}
AUDITS["approval_asked"] = APPROVAL
AUDITS["approval_approved"] = APPROVAL | {
    "code": "NAMSS-AE-0001",
    "credit": "3.0 CE",
    "minutes": 182,
    "date_text": "Oct 2, 2025",
    "former": "NAMSS-AE-0000",
}
AUDITS["approval_ended"] = APPROVAL | {
    "code": "NAMSS-AE-0001",
    "until_text": "Oct 2, 2025",
}
AUDITS["approval_refused"] = APPROVAL | {"ground": "it promotes a product or a company"}
